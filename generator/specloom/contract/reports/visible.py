"""Hostile text into text that shows what is in it: nothing hides, reorders or rings a bell.

Knows nothing of where it is shown; HTML and terminals escape what is their own.
"""

from __future__ import annotations

import re
from typing import Final

# Lines are kept; what else can't be seen is written as Python would.
_KEPT: Final = frozenset("\n\t")
_ASCII: Final = re.compile(r"[ -~\n\t]*")


def visible(text: str) -> str:
    r"""The text with `\u202e` where a character can't be seen, or moves those around it."""
    if _ASCII.fullmatch(text):
        return text
    return "".join(char if char.isprintable() or char in _KEPT else _code(char) for char in text)


def on_one_line(text: str, length: int | None = None) -> str:
    """The same without line breaks; one that is too long ends in `…`."""
    line = visible(" ".join(text.split()))
    return line if length is None or len(line) <= length else line[: length - 1] + "…"


def _code(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"  # noqa: PLR2004 - a byte
