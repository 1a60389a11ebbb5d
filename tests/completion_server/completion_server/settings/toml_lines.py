"""Turns a TOML text into the line of each of its places; knows nothing of settings.

tomllib tells no positions. But what it reads of one statement alone are the places that start
there.
"""

from collections.abc import Iterator
from typing import Any

from completion_server.settings.places import Place
from completion_server.settings.toml_statements import Statement, element_lines, statements

# No setting lies deeper, so that an odd file takes no longer.
DEEPEST = 16


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
        elements = element_lines(statement)
        array = _key(statement) if elements else ()
        for place in _places(statement.read):
            index = place[len(array)] if elements and len(place) > len(array) else None
            line = elements[index] if isinstance(index, int) else statement.line
            yield self._current + place, line


def _key(statement: Statement) -> Place:
    """Give all parts of a statement's key, whose value is an array."""
    key: Place = ()
    inner: Any = statement.read
    while isinstance(inner, dict):
        ((step, inner),) = inner.items()
        key = (*key, step)
    return key


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
