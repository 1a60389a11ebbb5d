"""Turns a TOML text into the line of each of its places; knows nothing of settings.

tomllib tells no positions. But a statement is the shortest run of whole lines that it can read
by itself, and what it reads of one statement are the places that start there.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from completion_server.settings.places import Place

# Bounds on the time that an odd file may take: no setting lies deeper, no array of them is longer.
DEEPEST = 16
LONGEST_ARRAY = 500
VALUE_ENDS = {
    opening: re.compile(rf"{closing}[ \t]*(#.*)?$")
    for opening, closing in {'"""': '"""', "'''": "'''", "[": r"\]", "{": "}"}.items()
}
"""How the last line of a long value ends, by what is in its first."""


@dataclass(frozen=True)
class Statement:
    """A key with its value, or a table's header; `line` counts from 1.

    `read` is what tomllib makes of it alone, empty if it can't be read.
    """

    line: int
    lines: list[str]
    read: dict[str, Any]

    @property
    def is_header(self) -> bool:
        """Whether a table, or an element of an array of tables, starts here."""
        return self.lines[0].lstrip(" \t").startswith("[")


def lines_of_places(text: str) -> dict[Place, int]:
    """Give the line where each place of a TOML text starts; the root starts in line 1.

    An element of an array that spans lines starts in its own; of what lies deeper in an array,
    the line of the element is given.
    """
    lines: dict[Place, int] = {(): 1}
    tables = _Tables()
    for statement in statements(text):
        found = tables.enter(statement) if statement.is_header else tables.fill(statement)
        for place, line in found:
            lines.setdefault(place, line)
    return lines


def statements(text: str) -> Iterator[Statement]:
    """Split a text into its statements; the first that can't be read takes the rest with it."""
    start = 1
    gathered: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        gathered.append(line)
        # Reading a long value anew at each of its lines would take long.
        read = _read(gathered) if _may_end(gathered[0], line) else None
        if read is None:
            continue
        if read:
            yield Statement(start, gathered, read)
        start, gathered = number + 1, []
    if gathered:
        yield Statement(start, gathered, {})


def _may_end(first: str, line: str) -> bool:
    ends = (end for opening, end in VALUE_ENDS.items() if opening in first)
    return line is first or any(end.search(line) for end in ends)


class _Tables:
    """Follows the headers of a text: which table is being filled."""

    def __init__(self) -> None:
        self._current: Place = ()
        self._elements: dict[Place, int] = {}

    def enter(self, header: Statement) -> Iterator[tuple[Place, int]]:
        """Go to a header's table; gives the places on the way to it, which may start there."""
        place: Place = ()
        read = header.read
        while read and len(place) < DEEPEST:
            ((key, inner),) = read.items()
            place = (*place, key)
            yield place, header.line
            if isinstance(inner, list):
                self._elements[place] = self._elements.get(place, 0) + 1
                inner = {}
            if place in self._elements:
                place = (*place, self._elements[place] - 1)
                yield place, header.line
            read = inner
        self._current = place

    def fill(self, statement: Statement) -> Iterator[tuple[Place, int]]:
        """Give the places that a key and its value make in the current table."""
        start = statement.line
        for end, read in _readings(statement):
            for place in _places(read):
                yield self._current + place, start
            start = end + 1


def _readings(statement: Statement) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read a statement as far as each of its lines, an open array closed; gives those lines."""
    first, lines = statement.line, statement.lines
    if "[" in lines[0] and len(lines) <= LONGEST_ARRAY:
        for count in range(1, len(lines)):
            read = _read([*lines[:count], "]"])
            if read is not None:
                yield first + count - 1, read
    yield first + len(lines) - 1, statement.read


def _read(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines) + "\n")
    except (ValueError, RecursionError):
        return None


def _places(value: Any, around: Place = ()) -> Iterator[Place]:
    """Give every place within a value, but not the value's own."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for step, content in inner:
        place = (*around, step)
        yield place
        if len(place) < DEEPEST:
            yield from _places(content, place)
