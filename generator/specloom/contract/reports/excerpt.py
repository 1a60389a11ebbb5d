"""A place in the document into the lines around it.

Knows nothing of what is wrong there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from specloom.document.load import Document

_BEFORE: Final = 1
_AFTER: Final = 10
_WIDTH: Final = 160


def excerpt(document: Document, pointer: str) -> dict[str, Any]:
    """`{file, line, pointer, first, lines}` of a part of the document, wherever it was written.

    `first` is the number of the first of the lines. Long lines are cut around the place.
    """
    source, written = document.origin(pointer)
    line, column = source.position(written)
    lines = source.text.split("\n")
    first = max(1, line - _BEFORE)
    shown = [
        _cut(text, column if number == line else 1)
        for number, text in enumerate(lines[first - 1 : line + _AFTER], first)
    ]
    return {
        "file": source.file,
        "line": line,
        "pointer": pointer,
        "first": first,
        "lines": shown,
    }


def _cut(text: str, column: int) -> str:
    """A line that fits; a document may well be a single one."""
    text = text.rstrip("\r")
    start = max(0, column - 1 - _WIDTH // 4) if len(text) > _WIDTH else 0
    return (
        ("…" if start else "") + text[start : start + _WIDTH]
        + ("…" if len(text) > start + _WIDTH else "")
    )  # fmt: skip
