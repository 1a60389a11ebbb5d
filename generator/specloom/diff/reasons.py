"""Changes of the client and those on the wire into which come from which, by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document.pointer import join, tokens

from .client.calls import METHOD_ADDED, METHOD_REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .change import Change
    from .client.change import ClientChange

_WHOLE = {METHOD_ADDED, METHOD_REMOVED}


class Reasons:
    """The changes on the wire, found by the operation or the component that they are about."""

    def __init__(self, wire: Iterable[Change]) -> None:
        """Put each where a change of the client would look for it."""
        self._of: dict[str, list[Change]] = {}
        for found in wire:
            for key in {*found.operations, *_places(found)}:
                self._of.setdefault(key, []).append(found)

    def of(self, change: ClientChange) -> list[Change]:
        """What a change of the client comes from, as far as places tell."""
        keys = (change.operation, join("/components/schemas", change.component))
        found = [one for key in keys for one in self._of.get(key, ())]
        return [one for one in dict.fromkeys(found) if _is_about(one, change)]


def _places(found: Change) -> Sequence[str]:
    """The component schemas that a change stands in."""
    named = (tokens(pointer) for pointer in (found.old, found.new) if pointer)
    return [join("", *parts[:3]) for parts in named if parts[:2] == ["components", "schemas"]]


def _is_about(found: Change, change: ClientChange) -> bool:
    """Whether a change is about the same argument or field, or the whole of a method."""
    parts = [token for pointer in (found.old, found.new) if pointer for token in tokens(pointer)]
    if change.wire:
        return change.wire in parts or f"`{change.wire}`" in found.message
    if change.rule in _WHOLE:
        pointer = found.new or found.old or ""
        return len(tokens(pointer)) == len(("paths", "path", "method"))
    return bool(change.operation) and "responses" in parts
