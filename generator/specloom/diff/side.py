"""One of the two documents: what a pointer names, past references, each looked up once."""

from __future__ import annotations

from typing import Any

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference


class Side:
    """A tree whose references lead to places in it."""

    def __init__(self, tree: dict[str, Any]) -> None:
        """Nothing is looked at before it is asked for."""
        self.tree = tree
        self._values: dict[str, Any] = {}

    def value(self, pointer: str) -> Any:
        """What a pointer names; None if nothing."""
        if pointer not in self._values:
            try:
                self._values[pointer] = resolve(self.tree, pointer)
            except KeyError:
                self._values[pointer] = None
        return self._values[pointer]

    def child(self, pointer: str, *tokens: str | int) -> str:
        """The pointer of a part, found at once when it is asked for."""
        value = self._values.get(pointer)
        part = join(pointer, *tokens)
        if value is not None and part not in self._values:
            for token in tokens:
                value = value[token]
            self._values[part] = value
        return part

    def follow(self, pointer: str) -> str:
        """The pointer of what stands at a pointer once references are followed.

        The pointer itself if they lead nowhere, or only to themselves.
        """
        place, seen = pointer, {pointer}
        while is_reference(value := self.value(place)):
            place = target(value["$ref"])
            if place in seen or self.value(place) is None:
                return pointer
            seen.add(place)
        return place


def target(reference: str) -> str:
    """The pointer that a `$ref` within the file leads to; that of nothing if it leads elsewhere."""
    return from_reference(reference) if reference.startswith("#") else "/ "
