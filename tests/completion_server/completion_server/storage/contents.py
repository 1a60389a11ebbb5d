"""Keeps the contents of files in a folder, by id; no name that a user chose gets there.

A content is written under `incoming`, and moved to its place once its file is kept elsewhere.
What a crash or a failure leaves under `incoming` is settled when the folder is opened next.
"""

import errno
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from completion_server.storage.errors import StoreFullError, UncertainCommitError
from completion_server.storage.records import StoredFile

FILE_ID = re.compile(r"[0-9A-Za-z-]{3,64}")
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class Contents:
    """The folder of contents: `<aa>/<id>`, where aa is how the id begins."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def writing(self, file: StoredFile, content: BinaryIO) -> Iterator[None]:
        """Write a content to the disk; keep it if the block ends well, else drop it.

        After UncertainCommitError it is left for `settle`, which can ask whether to keep it.
        Raises StoreFullError if the disk is full, ValueError if the content isn't `size` long.
        """
        place, incoming = self._place(file.id), self._incoming / file.id
        with self._locked(fcntl.LOCK_SH) as folder:
            try:
                _write(incoming, content, file.size)
                os.fsync(folder)
                place.parent.mkdir(exist_ok=True)
                yield
            except UncertainCommitError:
                raise
            except BaseException:
                incoming.unlink(missing_ok=True)
                raise
            # If this fails the content is read, and settled, from where it lies.
            incoming.rename(place)

    def read(self, file: StoredFile) -> bytes:
        """Give a content, whole, moved or not."""
        place = self._place(file.id)
        for path in (place, self._incoming / file.id):
            with suppress(FileNotFoundError):
                return path.read_bytes()
        # It was moved between the two looks, or is lost.
        return place.read_bytes()

    def settle(self, is_kept: Callable[[str], bool]) -> None:
        """Move or drop what a crash left, unless a living process is writing just now."""
        try:
            with self._locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
                for left in self._incoming.iterdir():
                    self._settle(left, is_kept)
        except BlockingIOError:
            return

    def _settle(self, left: Path, is_kept: Callable[[str], bool]) -> None:
        if is_kept(left.name):
            left.rename(self._place(left.name))
        else:
            left.unlink()

    def _place(self, file_id: str) -> Path:
        if not FILE_ID.fullmatch(file_id):
            raise ValueError(f"{file_id!r} is no id of a file")
        return self._folder / file_id[:2].lower() / file_id

    @contextmanager
    def _locked(self, kind: int) -> Iterator[int]:
        """Lock `incoming`, which a killed process can't leave locked."""
        folder = os.open(self._incoming, os.O_RDONLY)
        try:
            fcntl.flock(folder, kind)
            yield folder
        finally:
            os.close(folder)


def _write(path: Path, content: BinaryIO, size: int) -> None:
    try:
        with path.open("xb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)
            written = file.tell()
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno in DISK_FULL:
            raise StoreFullError("the disk is full") from error
        raise
    if written != size:
        raise ValueError(f"a content of {written} bytes was said to have {size}")
