"""A body into the members that the document knows: its own, and those of the objects in it.

Knows nothing of how they are changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .simple_values import kind_of, property_pointers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.schemas import Schemas


@dataclass(frozen=True, slots=True)
class Member:
    """A member that the document knows: its place in the body, and its schema."""

    place: tuple[str, ...]
    pointer: str
    kind: str

    @property
    def name(self) -> str:
        """How it is spoken of."""
        return "/" + "/".join(self.place)


def known_members(schemas: Schemas, pointer: str, value: Any) -> list[Member]:
    """The members of a body of the schema at a pointer, and those one level down."""
    found = list(_below(schemas, (), pointer))
    for member in list(found):
        inner = value.get(member.place[0]) if isinstance(value, dict) else None
        if member.kind == "object" and isinstance(inner, dict):
            found += _below(schemas, member.place, member.pointer)
    return found


def _below(schemas: Schemas, place: tuple[str, ...], pointer: str) -> Iterator[Member]:
    for name, schema in property_pointers(schemas, pointer).items():
        yield Member((*place, name), schema, kind_of(schemas, schema))
