"""A corrected document into the same without the operations that the project leaves out by name.

They go before anything is mended, so that nothing is said of them, whatever is wrong there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule

from .copied import copied
from .pointer import from_reference, resolve
from .references import is_reference
from .walk import operations_of, path_items

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.config import Skip
    from specloom.settings_place import SettingsPlace

    from .load import Document
    from .walk import Node

NOTHING_SKIPPED = Rule(
    "DOC031",
    "nothing-skipped",
    "an operation that is to be left out is not there",
    "`operation` of each `[[operations.skip]]` must name an operation, by its operationId or as "
    "`GET /path`, so that a misspelt or removed one is noticed.",
)

RULES = (NOTHING_SKIPPED,)


def skip(
    document: Document, skipped: Sequence[Skip], place: SettingsPlace, collector: Collector
) -> None:
    """Take one operation out in place for each entry, and take back what was said of it."""
    uses = _uses(document.tree) if skipped else []
    named = _by_name(uses)
    for index, entry in enumerate(skipped):
        left = [operation for operation in named.get(_normal(entry.operation), ()) if operation]
        if left:
            for use in uses:
                use.keep_what_goes_from(left[0].use)
            _take_back(collector, left[0].take_out())
        else:
            message = f"{entry.operation!r} matches no operation"
            collector.add(NOTHING_SKIPPED, message, place.of_entry("operations.skip", index))


@dataclass(slots=True)
class _Use:
    """A path, and its path item: if that is a reference, with what it leads to by these places."""

    item: Node
    whole: Any
    passed: list[str]

    def keep_what_goes_from(self, other: _Use) -> None:
        """Put what it refers to in place of a reference that leads to the other."""
        if other.item.pointer in self.passed:
            self.put()

    def put(self) -> None:
        """Let the path have what it refers to as its own."""
        self.item.parent[self.item.key] = self.whole


@dataclass(slots=True)
class _Operation:
    """An operation of a path item, which is put in place of a reference to it if it was one."""

    use: _Use
    node: Node

    def __bool__(self) -> bool:
        """Whether it is still there."""
        return self.node.key in self.node.parent

    def take_out(self) -> str:
        """Leave the path item without it; where it was."""
        del self.node.parent[self.node.key]
        self.use.put()
        return self.node.pointer


def _uses(tree: dict[str, Any]) -> list[_Use]:
    items = sorted(path_items(tree), key=lambda item: item.pointer)
    return [_Use(item, *_whole(tree, item.value)) for item in items]


def _by_name(uses: list[_Use]) -> dict[str, list[_Operation]]:
    """The operations by all that they may be called, each list in the order of the paths."""
    found: dict[str, list[_Operation]] = {}
    for use in uses:
        for node in operations_of(use.item._replace(value=use.whole)):
            for name in _names(use.item, node):
                found.setdefault(name, []).append(_Operation(use, node))
    return found


def _take_back(collector: Collector, pointer: str) -> None:
    collector.diagnostics[:] = [
        found for found in collector.diagnostics if not _is_within(found.location.pointer, pointer)
    ]


def _normal(name: str) -> str:
    """The name, its method in capitals if it begins with one."""
    method, space, path = name.strip().partition(" ")
    return f"{method.upper()} {path.strip()}" if space else name.strip()


def _whole(tree: dict[str, Any], item: Any) -> tuple[Any, list[str]]:
    """A path item, or a copy of what it refers to and the places that its references name."""
    passed: list[str] = []
    while is_reference(item):
        pointer = from_reference(item["$ref"])
        try:
            target = resolve(tree, pointer)
        except KeyError:
            break
        if pointer in passed or not isinstance(target, dict):
            break
        passed.append(pointer)
        beside = {key: value for key, value in item.items() if key != "$ref"}
        item = {**copied(target), **beside}
    return item, passed


def _names(item: Node, operation: Node) -> set[str]:
    """What an operation may be called in specloom.toml."""
    value = operation.value
    named = value.get("operationId") if isinstance(value, dict) else None
    method = f"{str(operation.key).upper()} {item.key}"
    return {method, named} if isinstance(named, str) else {method}


def _is_within(pointer: str, place: str) -> bool:
    return pointer == place or pointer.startswith(place + "/")
