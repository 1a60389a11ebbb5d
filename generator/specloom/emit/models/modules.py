"""Classes into the modules that they stand in.

A module holds those whose names begin alike, so that one that is added moves few others; what is
inherited stands in modules of its own, which no heir's imports lead back to.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from specloom.names import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .text import Statement

# A program waits for what it imports beside what it needs, and people for what they look through.
_AT_MOST: Final = 24
_AT_LEAST: Final = 8
# Letters: file systems end a name at 255 bytes.
_LONGEST: Final = 58


def modules_of(statements: dict[str, Statement]) -> dict[str, str]:
    """The module of each statement."""
    bases = {base for found in statements.values() for base in found.bases()}
    found = _split([name for name in statements if name not in bases], "_")
    for height, names in enumerate(_by_height(bases, statements)):
        found |= _split(names, f"__bases{height or ''}_")
    return found


def _by_height(bases: set[str], statements: dict[str, Statement]) -> Iterator[list[str]]:
    """Bases that inherit nothing, those that inherit only such, and so on."""
    rest = bases
    while rest:
        lowest = {name for name in rest if not statements[name].bases() & rest}
        yield [name for name in statements if name in lowest]
        rest -= lowest


def _split(names: list[str], start: str) -> dict[str, str]:
    """The modules of models by the first letters of their names, as many as set few apart."""
    found, rest = _placed(names, start, 0)
    return found | dict.fromkeys(rest, f"{start}_other")


def _placed(names: list[str], start: str, depth: int) -> tuple[dict[str, str], list[str]]:
    """The modules of models that have so many letters in common, and those too few for one."""
    if len(names) < _AT_LEAST:
        return {}, names
    beginning = start + _spelling(names[0])[:depth]
    if len(names) <= _AT_MOST or depth == _LONGEST:
        return dict.fromkeys(names, beginning), []
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_spelling(name)[depth : depth + 1]].append(name)
    found: dict[str, str] = {}
    rest = groups.pop("", [])
    for group in groups.values():
        placed, left = _placed(group, start, depth + 1)
        found |= placed
        rest += left
    if len(rest) < _AT_LEAST:
        return found, rest
    return found | dict.fromkeys(rest, f"{beginning}__other"), []


@cache
def _spelling(name: str) -> str:
    spelt = "_".join(word.lower() for word in words(name))
    return "".join(char if char.isascii() else f"{ord(char):x}" for char in spelt)
