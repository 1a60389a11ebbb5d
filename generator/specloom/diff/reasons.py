"""Changes of the client and those on the wire into which come from which, by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from specloom.document.pointer import step, tokens

from .client.calls import METHOD_ADDED, METHOD_DEPRECATED, METHOD_REMOVED
from .client.package import (
    BASE_URL_CHANGED,
    CREDENTIAL_ADDED,
    CREDENTIAL_CHANGED,
    CREDENTIAL_REMOVED,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .change import Change
    from .client.change import ClientChange

_WHOLE = {METHOD_ADDED: 3, METHOD_REMOVED: 3, METHOD_DEPRECATED: 4}
"""How long the pointers are to what is about the whole of an operation."""
_SENT = {"parameters", "requestBody", "requestBodies"}
_ANSWERED = "responses"
_PARTS = {*_SENT, _ANSWERED, "security", "servers"}


class Place(NamedTuple):
    """What a change on the wire is about, as its pointer tells."""

    tokens: tuple[str, ...]
    part: str
    """The part of an operation or of the document, or the section of components."""
    component: str
    """The component schema."""
    name: str
    """The parameter, or the outermost property."""


class Reasons:
    """The changes on the wire, found by the operation or the component that they are about."""

    def __init__(
        self, wire: Iterable[Change], old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        """Put each where a change of the client would look for it."""
        self.wire = tuple(wire)
        self._trees = (old, new)
        self.places = {
            found: _place(new, found.new) if found.new is not None else _place(old, found.old or "")
            for found in self.wire
        }
        self._by_operation = _grouped((name, one) for one in self.wire for name in one.operations)
        self._by_component = _grouped((self.places[one].component, one) for one in self.wire)

    def has_component(self, name: str) -> bool:
        """Whether one of the documents has a component schema of this name."""
        found = (tree.get("components", {}).get("schemas", {}) for tree in self._trees)
        return any(name in schemas for schemas in found)

    def of(self, change: ClientChange) -> list[Change]:
        """What a change of the client comes from, as far as places tell."""
        if change.because:
            return [change.because]
        if change.rule == BASE_URL_CHANGED:
            return [one for one in self.wire if self.places[one].part == "servers"]
        if change.rule == CREDENTIAL_ADDED and change.breaking:
            return [one for one in self.wire if self.places[one].part == "security"]
        if change.rule in {CREDENTIAL_CHANGED, CREDENTIAL_REMOVED}:
            scheme = ("securitySchemes", change.wire)
            return [one for one in self.wire if self.places[one].tokens[1:3] == scheme]
        found = self._by_component.get(change.component, ()) if change.component else ()
        found = found or self._by_operation.get(change.operation, ())
        return [one for one in found if self._is_about(one, change)]

    def _is_about(self, found: Change, change: ClientChange) -> bool:
        """Whether a change is about the same argument or field, or the same whole."""
        place = self.places[found]
        if change.rule in _WHOLE:
            return len(place.tokens) == _WHOLE[change.rule]
        if change.component:
            return not change.wire or change.wire == place.name
        if change.wire:
            is_argument = change.where.startswith("client.")
            is_sent = found.sent or place.part in _SENT
            return change.wire == place.name and (is_sent or not is_argument)
        return not place.name and place.part == _ANSWERED


def _grouped(pairs: Iterable[tuple[str, Change]]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def _place(tree: Mapping[str, Any], pointer: str) -> Place:
    parts = tuple(tokens(pointer))
    part, component = "".join(parts[:1]), ""
    if parts[:1] == ("components",):
        part = "".join(parts[1:2])
        component = "".join(parts[2:3]) if part == "schemas" else ""
    elif parts[:1] == ("paths",):
        # The parameters of a path stand beside its methods.
        part = next((one for one in parts[2:4] if one in _PARTS), "")
    return Place(parts, part, component, next(_names(tree, parts), ""))


def _names(tree: Any, parts: Sequence[str]) -> Iterator[str]:
    """The names that lead to a place, from the outermost: of a parameter, of properties."""
    before = ""
    for part in parts:
        try:
            tree = step(tree, part)
        except KeyError:
            tree = None
        if before == "properties":
            yield part
        is_parameter = before == "parameters" and isinstance(tree, dict) and "in" in tree
        if is_parameter and "name" in tree:
            yield str(tree["name"])
        # A name may be that of a keyword.
        before = "" if before in {"properties", "schemas"} else part
