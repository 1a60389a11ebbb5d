"""The two documents of a comparison, and what stands at a place of one, references followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.change import Direction
from specloom.document.pointer import escape

if TYPE_CHECKING:
    from specloom.diff.schemas import Schemas
    from specloom.diff.side import Side

_OTHER: Final = {
    Direction.REQUEST: Direction.RESPONSE,
    Direction.RESPONSE: Direction.REQUEST,
}


class Both(NamedTuple):
    """The old and the new document, and the operation of them that is looked at."""

    old: Side
    new: Side
    schemas: Schemas
    operation: str
    turned: bool = False
    """Whether the API sends the request, as in a webhook."""

    def types(self, old: Held, new: Held) -> set[str] | None:
        """The types of what two parameters or headers hold; None if any will do."""
        return self.schemas.types(f"{old.pointer}/schema", f"{new.pointer}/schema")

    def compare(self, old: Held, new: Held, field: str, direction: Direction) -> None:
        """Have the schemas in a field of two objects compared; one may have none."""
        places = [f"{held.pointer}/{field}" if field in held.value else None for held in (old, new)]
        if places != [None, None]:
            by = _OTHER[direction] if self.turned else direction
            self.schemas.compare(places[0], places[1], by, self.operation)


class Held(NamedTuple):
    """An object of one document, its references followed: where it is written, and what it says."""

    side: Side
    pointer: str
    value: dict[str, Any]

    def child(self, *tokens: str) -> Held:
        """What stands in a field, or a field of that; an empty object if nothing does."""
        return self.written(*tokens)[0]

    def written(self, *tokens: str) -> tuple[Held, str]:
        """What stands in a field, and where that is written, though it only refers elsewhere."""
        place = self.pointer + "".join(f"/{escape(token)}" for token in tokens)
        return held(self.side, place), place

    @property
    def is_refused(self) -> bool:
        """Whether it is the schema `false`."""
        return self.side.value(self.pointer) is False

    def place(self, field: str) -> str:
        """Where a field is written, or would be."""
        return f"{self.pointer}/{field}" if field in self.value else self.pointer

    def children(self, field: str) -> dict[str, Held]:
        """The entries of a map."""
        entries = self.value.get(field)
        if not isinstance(entries, dict):
            return {}
        return {str(name): self.child(field, str(name)) for name in entries}

    def items(self, field: str) -> list[Held]:
        """The entries of a list."""
        entries = self.value.get(field)
        return [
            self.child(field, str(at))
            for at in range(len(entries) if isinstance(entries, list) else 0)
        ]


def held(side: Side, pointer: str) -> Held:
    """The object that a pointer leads to; an empty one if there is none."""
    pointer = side.follow(pointer)
    value = side.value(pointer)
    return Held(side, pointer, value if isinstance(value, dict) else {})


def places(old: Held, new: Held, field: str) -> tuple[str, str]:
    """Where a field is written in both, or would be."""
    return old.place(field), new.place(field)


def said(value: dict[str, Any], field: str) -> bool:
    """Whether a flag is set; anything but true is no."""
    return value.get(field) is True
