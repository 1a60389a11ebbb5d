"""A rule's code into the documents that show it: bad and good, old and new.

They are what the rules are tested with. Knows nothing of what is in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

_ORDER = ("bad", "good", "old", "new")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A document of a few lines, and what it shows."""

    title: str
    text: str


def fragments_of(code: str) -> list[Fragment]:
    """The documents that show what a rule is about; none where none can."""
    if not re.fullmatch(r"[A-Z]{3}\d{3}", code):
        return []
    paths = (_folder() / ("diff" if code.startswith("DIF") else "lint") / code).glob("*.yaml")
    return [_fragment(path) for path in sorted(paths, key=_place)]


def _folder() -> Path:
    """The folder in the wheel, or the tests of a checkout."""
    packed = Path(str(files("specloom"))) / "_fragments"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "tests"


def _place(path: Path) -> tuple[str, int]:
    """By subject, and the bad before the good: `renamed.old.yaml` before `renamed.new.yaml`."""
    subject, _, kind = path.stem.rpartition(".")
    return subject, _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _fragment(path: Path) -> Fragment:
    subject, _, kind = path.stem.rpartition(".")
    title = f"{subject}, {kind}" if subject else kind
    return Fragment(title.replace("-", " "), path.read_text(encoding="utf-8").strip())
