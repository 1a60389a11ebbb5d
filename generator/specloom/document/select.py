"""A normalized document into the same with the chosen operations only, and the schemas they reach.

Operations are chosen by tag, path or operationId; with nothing chosen, everything stays.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Rule

from .pointer import from_reference, tokens
from .references import is_reference
from .walk import Node, below, operations_of, path_items, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.config import Selection
    from specloom.settings_place import SettingsPlace

    from .load import Document

NOTHING_CHOSEN = Rule(
    "DOC030",
    "nothing-chosen",
    "a choice of operations matches none",
    "Each entry of `tags`, `paths` and `ids` under `[operations]` must match an operation, so that "
    "a misspelt or removed one is noticed. `paths` takes `*` for any text.",
)

RULES = (NOTHING_CHOSEN,)


def select(
    document: Document, chosen: Selection, place: SettingsPlace, collector: Collector
) -> None:
    """Take out, in place, every operation that is not chosen and what only those reach.

    `place` tells where the choice was written. Raises HaltedError if an entry matches nothing.
    """
    if not chosen.chooses:
        return
    declared = [node for item in path_items(document.tree) for node in operations_of(item)]
    _check(chosen, declared, place, collector)
    for node in declared:
        if not _is_chosen(node, chosen):
            del node.parent[node.key]
    for item in path_items(document.tree):
        if not list(operations_of(item)):
            del item.parent[item.key]
    _drop_unreached(document.tree)


def _path(node: Node) -> str:
    return tokens(node.pointer)[1]


def _is_chosen(node: Node, chosen: Selection) -> bool:
    return (
        bool(set(chosen.tags) & set(node.value.get("tags", ())))
        or any(fnmatchcase(_path(node), pattern) for pattern in chosen.paths)
        or node.value.get("operationId") in chosen.ids
    )


def _check(
    chosen: Selection, declared: list[Node], place: SettingsPlace, collector: Collector
) -> None:
    tags = {tag for node in declared for tag in node.value.get("tags", ())}
    ids = {node.value.get("operationId") for node in declared}
    unknown = [("tags", tag) for tag in set(chosen.tags) - tags]
    unknown += [("ids", name) for name in set(chosen.ids) - ids]
    unknown += [
        ("paths", pattern)
        for pattern in chosen.paths
        if not any(fnmatchcase(_path(node), pattern) for node in declared)
    ]
    for key, entry in sorted(unknown):
        message = f"{entry!r} matches no operation"
        collector.add(NOTHING_CHOSEN, message, place.of_value("operations", key, entry))
    collector.halt_on_errors()


def _drop_unreached(tree: dict[str, Any]) -> None:
    schemas = tree.get("components", {}).get("schemas", {})
    rest = {**tree, "components": {**tree.get("components", {}), "schemas": {}}}
    reached: set[str] = set()
    pending = list(_named(walk(rest)))
    while pending:
        name = pending.pop()
        if name in schemas and name not in reached:
            reached.add(name)
            pending += _named(below(Node("schema", "", schemas[name])))
    for name in schemas.keys() - reached:
        del schemas[name]


def _named(nodes: Iterable[Node]) -> Iterator[str]:
    """The components that objects refer to, by `$ref` or by a discriminator's mapping."""
    for node in nodes:
        if is_reference(node.value):
            yield from _component(node.value["$ref"])
        if node.kind == "schema" and isinstance(node.value, dict):
            # A mapping's value is a reference or a component's name (OAS 3.2 §4.25).
            for target in node.value.get("discriminator", {}).get("mapping", {}).values():
                yield target
                yield from _component(target)


def _component(reference: str) -> list[str]:
    """The schema among the components that a reference leads to or into, if it does."""
    match tokens(from_reference(reference)):
        case ["components", "schemas", name, *_] if reference.startswith("#"):
            return [name]
    return []
