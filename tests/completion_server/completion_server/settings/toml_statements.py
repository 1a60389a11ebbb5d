"""Turns a TOML text into its statements, each read once by itself; knows nothing of settings."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from completion_server.settings.toml_tokens import tokens

LONGEST_KEY = 16
DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True)
class Statement:
    """A key with its value, or a table's header; `line` counts from 1.

    `read` is what tomllib makes of it alone, empty if it can't be read.
    """

    line: int
    text: str
    read: dict[str, Any]

    @property
    def is_header(self) -> bool:
        """Whether a table, or an element of an array of tables, starts here."""
        return self.text.lstrip(" \t").startswith("[")


def statements(text: str) -> Iterator[Statement]:
    """Split a text into its statements, as far as the first that can't be read."""
    line = 1
    for part in _parts(text.replace("\r\n", "\n")):
        read = _read(part)
        if read != {}:
            yield Statement(line, part, read or {})
        if read is None:
            return
        line += part.count("\n")


def element_lines(statement: Statement) -> list[int]:
    """Give the line where each element of a statement's array starts; none if it has no array."""
    lines: list[int] = []
    depth, awaited = 0, False
    for token in tokens(statement.text):
        if depth == 0 and token.text == "{":
            return []
        if awaited and token.text not in {"\n", ",", "]"} and token.text[0] != "#":
            lines.append(statement.line + token.line - 1)
            awaited = False
        depth += DEPTH.get(token.text, 0)
        awaited = awaited or (depth == 1 and token.text in {"[", ","})
    return lines


def line_of_long_key(text: str) -> int | None:
    """Give the line of the first key with more than `LONGEST_KEY` parts, if there is any.

    The time and memory that tomllib takes for a key grow with the square of its parts.
    """
    dots = 0
    for token in tokens(text):
        if token.text[0] in "[]{},=\n":
            dots = 0
        elif token.text[0] not in "\"'#":
            dots += token.text.count(".")
        if dots >= LONGEST_KEY:
            return token.line
    return None


def _parts(text: str) -> Iterator[str]:
    """Split a text at each line's end that is in no bracket and no string."""
    start = depth = 0
    for token in tokens(text):
        depth += DEPTH.get(token.text, 0)
        if token.text == "\n" and depth <= 0:
            yield text[start : token.end]
            start, depth = token.end, 0
    yield text[start:]


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
