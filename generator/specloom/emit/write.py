"""Texts into files, whole or not at all, with a manifest of their hashes.

Only files that our manifest names are replaced, and only those that are still as they were
generated are deleted; nothing outside the folder is touched.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Collector, Location, Rule, Severity

from .swap import Step, alone_in, remove_leftovers, swap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MANIFEST: Final = "manifest.json"
_GENERATOR: Final = "specloom"

UNWRITABLE = Rule(
    "OUT001",
    "unwritable-output",
    "the output can't be written",
    "The output folder can't be made, read or written to, or the disk is full, be it the output's "
    "or that of temporary files. Nothing in the folder was changed.",
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
EDITED_FILE = Rule(
    "OUT003",
    "edited-file",
    "a generated file that is no longer made was edited, and is kept",
    "Generated files that are no longer made are deleted, but not one that differs from what was "
    "written: someone's work may be in it. specloom forgets the file and won't touch it again; "
    "move it away or delete it.",
    Severity.WARNING,
)

RULES = (UNWRITABLE, FOREIGN_FILE, EDITED_FILE)


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing changes, by paths within the folder."""

    written: tuple[str, ...]
    deleted: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.written or self.deleted)


def with_manifest(texts: dict[str, str]) -> dict[str, str]:
    """The texts and the manifest that names them, each with its SHA-256."""
    hashes = {path: hash_of(text.encode()) for path, text in sorted(texts.items())}
    return texts | {MANIFEST: _manifest(hashes)}


def _manifest(hashes: dict[str, Any]) -> str:
    return json.dumps({"generator": _GENERATOR, "files": hashes}, indent=2) + "\n"


def known_files(folder: Path) -> dict[str, Any]:
    """The hashes of generated files, by path; none unless the folder's manifest is ours."""
    try:
        manifest = json.loads(read(folder / MANIFEST) or b"")
        ours = manifest["generator"] == _GENERATOR
        hashes = dict(manifest["files"]) if ours else {}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {path: found for path, found in hashes.items() if _is_within(folder, path)}


def changes(folder: Path, texts: dict[str, str], collector: Collector) -> Changes:
    """What would change in the folder if the texts were written; a file's bytes count.

    Raises HaltedError if the folder can't be read.
    """
    with reporting_os_errors(folder, collector):
        written = [path for path, text in texts.items() if read(folder / path) != text.encode()]
        deleted = [
            path
            for path, found in known_files(folder).items()
            if path not in texts and _is_as_generated(folder / path, found, collector)
        ]
    return Changes(tuple(sorted(written)), tuple(sorted(deleted)))


def _is_as_generated(file: Path, known: Any, collector: Collector) -> bool:
    """Whether a file still is what was written; one that was edited is reported."""
    content = read(file)
    if content is None:
        return False
    if hash_of(content) != known:
        collector.add(EDITED_FILE, "no longer generated, but edited: kept", Location(str(file)))
        return False
    return True


def write(folder: Path, texts: dict[str, str], collector: Collector) -> Changes:
    """Bring the folder to the texts; delete generated files that are no longer made.

    A failure on the way (a full disk, no permission) leaves the old output. Raises HaltedError.
    """
    with reporting_os_errors(folder, collector), alone_in(folder):
        remove_leftovers(folder)
        change = changes(folder, texts, collector)
        _refuse_foreign(folder, change.written, collector)
        if change:
            swap(folder, _steps(folder, texts, change))
    return change


@contextmanager
def reporting_os_errors(folder: Path, collector: Collector) -> Iterator[None]:
    """Turn an OSError into a finding about the output folder. Raises HaltedError."""
    try:
        yield
    except OSError as error:
        # The error may name a temporary file, which tells nobody anything.
        place = Location(str(folder))
        collector.halt(UNWRITABLE, f"can't be written: {error.strerror or error}", place)


def _refuse_foreign(folder: Path, paths: Iterable[str], collector: Collector) -> None:
    known = known_files(folder)
    for path in paths:
        file = folder / path
        if not _is_within(folder, path):
            collector.add(UNWRITABLE, "leads out of the output folder", Location(str(file)))
        elif not (known and path in {MANIFEST, *known}) and (file.exists() or file.is_symlink()):
            collector.add(FOREIGN_FILE, "exists, and was not generated", Location(str(file)))
    collector.halt_on_errors()


def _steps(folder: Path, texts: dict[str, str], change: Changes) -> list[Step]:
    """The manifest last; until then one that names old and new files, lest a kill disown any."""
    new = {path: hash_of(texts[path].encode()) for path in texts if path != MANIFEST}
    return [
        (MANIFEST, _manifest(known_files(folder) | new)),
        *((path, None) for path in change.deleted),
        *((path, texts[path]) for path in change.written if path != MANIFEST),
        (MANIFEST, texts[MANIFEST]),
    ]


def _is_within(folder: Path, path: str) -> bool:
    """Whether a path stays in the folder, also where a link is on the way."""
    try:
        return (folder / path).parent.resolve().is_relative_to(folder.resolve())
    except (ValueError, RuntimeError):  # no path at all (a NUL), or links in a circle
        return False


def read(file: Path) -> bytes | None:
    """The bytes of a file; None if there is no such file, or can be none of that name."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError):
        return None


def hash_of(content: bytes) -> str:
    """The hash of a file's bytes, as the manifest has it."""
    return hashlib.sha256(content).hexdigest()
