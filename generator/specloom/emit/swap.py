"""Steps into a changed folder: all of them or none, also when interrupted; one run at a time.

Knows nothing of what the files are or whose.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STAGING: Final = ".specloom-"

Step: TypeAlias = tuple[str, str | None]
"""A path within the folder, and the text it gets; None deletes it. A path may come again."""


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make the folder and keep other runs out of it; what was made goes again if left empty."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            yield
    finally:
        with suppress(OSError):
            for place in made:
                place.rmdir()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove what a run that was killed left; whoever is alone in the folder may."""
    for staging in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(staging, ignore_errors=True)


def swap(folder: Path, steps: Sequence[Step]) -> None:
    """Take the steps in order; on a failure on the way, put back what was there.

    All that needs space is first written within the folder, hence on the same disk. Each file is
    then replaced atomically. Raises OSError.
    """
    paths = dict.fromkeys(path for path, _ in steps)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        kept = {path: _copy(folder / path, staging / "old" / path) for path in paths}
        staged = [_stage(staging / f"{number}", text) for number, (_, text) in enumerate(steps)]
        try:
            for (path, _), file in zip(steps, staged, strict=True):
                _put(folder, path, file)
        except BaseException:  # an interrupt, too, must leave the old output
            for path in reversed(paths):
                _put(folder, path, kept[path])
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy(file: Path, kept: Path) -> Path | None:
    if not file.is_file() and not file.is_symlink():
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, kept, follow_symlinks=False)
    return kept


def _stage(file: Path, text: str | None) -> Path | None:
    if text is None:
        return None
    file.write_bytes(text.encode())
    return file


def _put(folder: Path, path: str, new: Path | None) -> None:
    """Bring a file to its new state; None is its absence, and that of folders left empty."""
    file = folder / path
    if new:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.replace(file)
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        file.unlink()
    with suppress(OSError):  # not empty, or gone already
        for parent in Path(path).parents[:-1]:
            (folder / parent).rmdir()
