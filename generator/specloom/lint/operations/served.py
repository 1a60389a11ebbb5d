"""The operations that the API serves: those of `paths`, through the references of path items.

The operations of webhooks and callbacks are answered by the API's users, so other rules hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from specloom.document.pointer import join
from specloom.document.references import is_reference
from specloom.document.walk import Node, operations_of, path_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.lint.scope import Scope


class Path(NamedTuple):
    """One entry of `paths`: its path item, and behind it the one that it refers to."""

    name: str
    items: tuple[Node, ...]

    @property
    def pointer(self) -> str:
        """Where the entry stands."""
        return self.items[0].pointer

    def operations(self) -> Iterator[Node]:
        """Its operations, with those of the path item that it refers to."""
        for item in self.items:
            for operation in operations_of(item):
                if isinstance(operation.value, dict):
                    yield operation


class Declared(NamedTuple):
    """A parameter where an operation, or its path, lists it."""

    pointer: str
    value: dict[str, Any]


def paths(scope: Scope) -> Iterator[Path]:
    """Every path that the API serves, in the document's order."""
    for item in path_items(scope.tree):
        items: tuple[Node, ...] = (item,)
        if is_reference(item.value):
            pointer, value = scope.target(item.pointer, item.value)
            items = (item, Node("path-item", pointer, value))
        yield Path(str(item.key), tuple(part for part in items if isinstance(part.value, dict)))


def operations(scope: Scope) -> Iterator[Node]:
    """Every operation that the API serves."""
    for path in paths(scope):
        yield from path.operations()


def listed(owner: Node, scope: Scope) -> Iterator[Declared]:
    """The parameters that a path item or an operation lists."""
    for index, entry in enumerate(owner.value.get("parameters", ())):
        parameter = scope.follow(entry)
        if isinstance(parameter, dict) and parameter:
            yield Declared(join(owner.pointer, "parameters", index), parameter)


def identity(parameter: dict[str, Any]) -> tuple[str, str]:
    """What tells a parameter from others: where it is and its name, of which HTTP folds headers."""
    place, name = str(parameter.get("in")), str(parameter.get("name"))
    return place, name.lower() if place == "header" else name


def parameters(path: Path, operation: Node, scope: Scope) -> dict[tuple[str, str], Declared]:
    """What an operation is given: the parameters of its path, and over them its own."""
    owners = (*path.items, operation)
    return {identity(found.value): found for owner in owners for found in listed(owner, scope)}
