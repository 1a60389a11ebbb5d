"""A path into an OpenAPI tree into what stands there, and what can be done with it.

What is taken out of a list stays there as a gap until the end of a round, so that the paths to
what is behind it hold. Knows nothing of what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.copied import copied
from specloom.document.object_kinds import Path, kind_of
from specloom.document.pointer import join, step
from specloom.document.weight import weight

from .rules import MENDED

if TYPE_CHECKING:
    from specloom.diagnostics import Collector, Rule
    from specloom.document.load import Document

_GAP: Final = object()
_HEAVIEST: Final = 5_000_000
"""What all copies may weigh together."""


@dataclass(slots=True)
class Mending:
    """The document that is mended, and what is said of it."""

    document: Document
    collector: Collector
    gaps: set[Path] = field(default_factory=set)
    _copied: int = 0

    def place(self, path: Path) -> Place:
        """A place of the document."""
        return Place(self, path)

    def say(self, pointer: str, message: str, rule: Rule = MENDED) -> None:
        """Say what is wrong at a place, and what it was taken for."""
        self.collector.add(rule, _shorten(message), self.document.locate(pointer))

    def copy(self, value: Any) -> Any:
        """A copy. Raises KeyError once references ask for more copies than there is room for."""
        self._copied += weight(value)
        if self._copied > _HEAVIEST:
            raise KeyError
        return copied(value)

    def close_gaps(self) -> None:
        """Close the gaps of all lists; what moves up keeps the place where it was written."""
        for path in sorted(self.gaps, key=len, reverse=True):
            try:
                items = self.place(path).value
            except KeyError:
                continue
            self._close(items, join("", *path))
        self.gaps.clear()

    def _close(self, items: list[Any], pointer: str) -> None:
        origins = [self.document.origin(join(pointer, index)) for index in range(len(items))]
        kept = [index for index, item in enumerate(items) if item is not _GAP]
        items[:] = [items[index] for index in kept]
        for new, old in enumerate(kept):
            if new != old:
                self.document.origins[join(pointer, new)] = origins[old]


def _shorten(message: str, limit: int = 300) -> str:
    text = " ".join(message.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A value of the tree, and what can be done with it."""

    mending: Mending
    path: Path

    @property
    def pointer(self) -> str:
        """Where it is."""
        return join("", *self.path)

    @property
    def key(self) -> str:
        """Its key in what holds it; nothing for the whole document."""
        return self.path[-1] if self.path else ""

    @property
    def kind(self) -> str:
        """Which object of OpenAPI it is; nothing for what is none."""
        kind = kind_of(self.path)
        return kind.name if kind else ""

    @property
    def has_name(self) -> bool:
        """Whether it is an object that stands under a name which the document's author chose."""
        kind = kind_of(self.path)
        return bool(kind and kind.shape == "map")

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list."""
        return isinstance(self.parent.value, list)

    @property
    def parent(self) -> Place:
        """What holds it."""
        return Place(self.mending, self.path[:-1])

    @property
    def value(self) -> Any:
        """What stands there. Raises KeyError if it is gone."""
        value: Any = self.mending.document.tree
        for token in self.path:
            value = _child(value, token)
        return value

    def at(self, *tokens: str | int) -> Place:
        """What stands within it."""
        return Place(self.mending, (*self.path, *map(str, tokens)))

    def around(self) -> Place:
        """The object of OpenAPI that it is, or is a part of."""
        place = self
        while not place.kind:
            place = place.parent
        return place

    def put(self, value: Any) -> None:
        """Let another value stand there."""
        holder = self.parent.value
        holder[int(self.key) if isinstance(holder, list) else self.key] = value

    def take_out(self) -> None:
        """Take it out of what holds it."""
        holder = self.parent.value
        if isinstance(holder, list):
            holder[int(self.key)] = _GAP
            self.mending.gaps.add(self.path[:-1])
        else:
            del holder[self.key]


def _child(value: Any, token: str) -> Any:
    child = step(value, token)
    if child is _GAP:
        raise KeyError(token)
    return child
