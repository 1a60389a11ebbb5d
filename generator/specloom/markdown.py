"""A text into Markdown that shows it and does nothing else (CommonMark)."""

from __future__ import annotations

import re
from typing import Final

from .text import printable

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|~&])")
# What begins a heading, a list or a rule if it begins a line.
_LEADING: Final = re.compile(r"^(\d*)([#+=.)-])(?=[\s#=-]|$)")


def line(text: str) -> str:
    """A text in one line, without characters that could hide or reorder what is read."""
    return " ".join(printable(text).split())


def prose(text: str) -> str:
    """A text within Markdown, as plain words in one line."""
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line(text)))


def code(text: str) -> str:
    """A text within Markdown as a code span, its backticks included (CommonMark §6.1)."""
    text = line(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{padding}{text}{padding}{fence}"
