"""A schema and all its branches into what they say together of one value.

Branches are the parts of `allOf`, `anyOf` and the like, which look at the same value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.references import follow

if TYPE_CHECKING:
    from collections.abc import Iterator

_LISTED: Final = {"allOf", "anyOf", "oneOf"}
_SINGLE: Final = {"not", "if", "then", "else"}
_BRANCHES: Final = (*sorted(_LISTED | _SINGLE), "dependentSchemas")
_NAMED: Final = {"properties", "patternProperties", "$defs", "schemas", "dependentSchemas"}
_ANY: Final = {"items"}
_MOST_PARTS: Final = 300
_OPEN: Final = ("additionalProperties", "patternProperties", "unevaluatedProperties")


@dataclass(slots=True)
class Whole:
    """What a schema and its branches say."""

    names: dict[str, None] = field(default_factory=dict)
    """The properties that any of them defines."""
    keywords: set[str] = field(default_factory=set)
    are_open: bool = False
    """Whether one of them says that there are other properties."""


def whole(tree: dict[str, Any], schema: Any) -> Whole:
    """What a schema and its branches say, references followed."""
    found, seen, pending = Whole(), set[int](), [schema]
    while pending:
        if len(seen) == _MOST_PARTS:
            # What is not looked at may say anything.
            found.are_open, found.keywords = True, found.keywords | _ANY
            break
        part = pending.pop()
        if isinstance(part, dict) and id(part) not in seen:
            seen.add(id(part))
            found.names |= dict.fromkeys(part.get("properties", ()))
            found.keywords |= part.keys()
            found.are_open |= any(part.get(keyword) not in (None, False) for keyword in _OPEN)
            pending += _branches(tree, part)
    return found


def _branches(tree: dict[str, Any], part: dict[str, Any]) -> Iterator[Any]:
    if "$ref" in part:
        yield follow(tree, part)
    for keyword in _BRANCHES:
        branches = part.get(keyword, ())
        if keyword == "dependentSchemas" and branches:
            yield from branches.values()
        else:
            yield from branches if isinstance(branches, list | tuple) else [branches]


def outermost(pointer: str) -> str:
    """The schema that one is a branch of, or of a branch of; its own if it is of none."""
    while (outer := _outer(pointer)) is not None:
        pointer = outer
    return pointer


def _outer(pointer: str) -> str | None:
    around, _, last = pointer.rpartition("/")
    holder, _, keyword = around.rpartition("/")
    if keyword == "dependentSchemas" or (keyword in _LISTED and last.isdigit()):
        return holder
    return around if last in _SINGLE and keyword not in _NAMED else None
