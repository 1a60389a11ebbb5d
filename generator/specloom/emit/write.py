"""Texts into files, whole or not at all, with a manifest of their hashes.

Only files that the manifest names are ever replaced or deleted; nothing outside the folder is.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Collector, Location, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST: Final = "manifest.json"

UNWRITABLE = Rule(
    "OUT001",
    "unwritable-output",
    "the output can't be written",
    "The output folder can't be made or written to, or is full. Nothing in it was changed.",
    exit_status=2,
)
FOREIGN_FILE = Rule(
    "OUT002",
    "foreign-file",
    "a file that specloom did not write is in the way",
    "A file to be written exists, and no manifest says that specloom wrote it. Move it away, or "
    "choose another output folder.",
    exit_status=2,
)

RULES = (UNWRITABLE, FOREIGN_FILE)


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing changes, by paths within the folder."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.written or self.deleted)


def with_manifest(texts: dict[str, str]) -> dict[str, str]:
    """The texts and the manifest that names them, each with its SHA-256."""
    hashes = {path: _hash(text.encode()) for path, text in sorted(texts.items())}
    return texts | {MANIFEST: json.dumps({"files": hashes}, indent=2) + "\n"}


def changes(folder: Path, texts: dict[str, str]) -> Changes:
    """What would change in the folder if the texts were written; a file's bytes count."""
    written = [path for path, text in texts.items() if _read(folder / path) != text.encode()]
    stale = [path for path in known_files(folder) - texts.keys() if (folder / path).is_file()]
    return Changes(tuple(sorted(written)), tuple(sorted(stale)))


def known_files(folder: Path) -> set[str]:
    """The files that the folder's manifest says were generated."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        paths = {MANIFEST, *dict(manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {path for path in paths if _is_within(folder, path)}


def write(folder: Path, texts: dict[str, str], collector: Collector) -> Changes:
    """Bring the folder to the texts; delete generated files that are no longer made.

    Everything is written beside the folder first and moved in file by file, so that a failure on
    the way (a full disk, no permission) leaves the old output. Raises HaltedError.
    """
    change = changes(folder, texts)
    if not change:
        return change
    _refuse_foreign(folder, change.written, collector)
    try:
        _replace(folder, texts, change)
    except OSError as error:
        place = Location(str(error.filename or folder))
        collector.halt(UNWRITABLE, f"can't be written: {error.strerror}", place)
    return change


def _refuse_foreign(folder: Path, paths: Iterable[str], collector: Collector) -> None:
    known = known_files(folder)
    for path in paths:
        place = Location(str(folder / path))
        if not _is_within(folder, path):
            collector.add(UNWRITABLE, "leads out of the output folder", place)
        elif path not in known and (folder / path).exists():
            collector.add(FOREIGN_FILE, "exists, and was not generated", place)
    collector.halt_on_errors()


def _replace(folder: Path, texts: dict[str, str], change: Changes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".specloom-", dir=folder))
    try:
        for path in change.written:
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_bytes(texts[path].encode())
        _swap(folder, staging, change)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(folder: Path, staging: Path, change: Changes) -> None:
    """Move the new files in and the old ones out; on a failure, put the old ones back."""
    kept = staging / ".old"
    moved: list[str] = []
    try:
        for path in (*change.written, *change.deleted):
            _set_aside(folder / path, kept / path)
            moved.append(path)
            if path in change.written:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (staging / path).replace(folder / path)
    except BaseException:  # an interrupt, too, must leave the old output
        for path in moved:
            _put_back(folder / path, kept / path)
        raise
    for path in change.deleted:
        _drop_empty_folders((folder / path).parent, folder)


def _set_aside(file: Path, kept: Path) -> None:
    if file.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        file.replace(kept)


def _put_back(file: Path, kept: Path) -> None:
    if kept.is_file():
        kept.replace(file)
    else:
        file.unlink(missing_ok=True)


def _drop_empty_folders(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _is_within(folder: Path, path: str) -> bool:
    """Whether a path stays in the folder, also where a link is on the way."""
    return (folder / path).parent.resolve().is_relative_to(folder.resolve())


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
