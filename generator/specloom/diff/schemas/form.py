"""What a schema comes to: for each JSON type that it allows, what is asked of its values.

In this form spelling is gone: `$ref`, `allOf`, null as a type or as an alternative, a list of
types or a union of them, an `enum` of one or a `const` all come to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Child = tuple[str, ...]
"""A schema within another, as the pointers of those that must all hold; none allows anything."""

TYPES: Final = ("null", "boolean", "number", "string", "array", "object")


class Fact(NamedTuple):
    """What is asked of a value, and where that was written."""

    value: Any
    pointer: str


Slot = dict[str, Fact]
"""What is asked of the values of one type; nothing if all of them will do."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One schema; a type that is not listed is not allowed."""

    pointer: str
    types: dict[str, Slot]
    notes: Slot = field(default_factory=dict)
    """Annotations, and a discriminator."""


class Union(NamedTuple):
    """Alternatives that allow the same type, of which one or more must hold."""

    pointer: str
    alternatives: tuple[Form, ...]
    is_one_of: bool
    tag: str | None
    """The property by which the document tells them apart."""


class Options(NamedTuple):
    """The ways to fit a form."""

    forms: tuple[Form, ...]
    may_overlap: bool = False
    """Whether a value that fits two of them, which nothing rules out, is refused."""


OptionsOf: TypeAlias = "Callable[[Form, str], Options]"
"""What gives the ways to fit a form of one type."""


class Opaque(NamedTuple):
    """Keywords whose schemas can be told to be the same or not, and no more."""

    plain: str
    schemas: tuple[str, ...]


def anything(pointer: str) -> Form:
    """What a schema without keywords allows."""
    return Form(pointer, {name: {} for name in TYPES})


def nothing(pointer: str) -> Form:
    """What `false` allows."""
    return Form(pointer, {})
