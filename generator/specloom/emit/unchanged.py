"""What the last generation was made from and came to, so that the same need not be made again.

Kept among the user's caches, since it says nothing that belongs to the output. A record counts
only while its inputs are the same and every file that the manifest names is as it was written.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .write import MANIFEST, hash_of, known_files, read


@dataclass(frozen=True, slots=True)
class Summary:
    """What a generation came to."""

    operations: int
    operations_in_document: int
    widened: int
    """How often the client offers less than the document says."""
    warnings: int
    """How many findings it was told with."""


def recall(folder: Path, inputs: str) -> Summary | None:
    """What a generation from these inputs came to, if the folder still holds its output."""
    try:
        record = json.loads(read(_place(folder)) or b"")
        same = record["inputs"] == inputs and record["manifest"] == _hash(folder / MANIFEST)
        return Summary(**record["summary"]) if same and _is_whole(folder) else None
    except (ValueError, KeyError, TypeError, RecursionError, OSError, RuntimeError):
        return None


def remember(folder: Path, inputs: str, summary: Summary, texts: dict[str, str]) -> None:
    """Keep what the folder was brought to; where it can't be kept, the next time takes longer."""
    record = {
        "output": str(folder),
        "inputs": inputs,
        # Not as the folder has it: another run may have written there since.
        "manifest": hash_of(texts[MANIFEST].encode()),
        "summary": asdict(summary),
    }
    with suppress(OSError, RuntimeError):
        place = _place(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, json.dumps(record, indent=2) + "\n")
        _forget_missing(place.parent)


def _replace(place: Path, text: str) -> None:
    """Put a text in the place of another, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=place.parent) as scratch:
        new = Path(scratch) / place.name
        new.write_text(text, encoding="utf-8")
        new.replace(place)


def _place(folder: Path) -> Path:
    """The record of an output folder (XDG Base Directory: a relative path does not count)."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    caches = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    return caches / "specloom" / f"{hash_of(str(folder).encode())}.json"


def _forget_missing(records: Path) -> None:
    """Delete the records of output folders that are gone."""
    for place in records.glob("*.json"):
        with suppress(ValueError, KeyError, TypeError, OSError):
            if not Path(json.loads(place.read_bytes())["output"]).exists():
                place.unlink()


def _is_whole(folder: Path) -> bool:
    files = known_files(folder)
    return all(_hash(folder / path) == known for path, known in files.items())


def _hash(file: Path) -> str | None:
    """None if there is no such file, which is not as an empty one."""
    content = read(file)
    return None if content is None else hash_of(content)
