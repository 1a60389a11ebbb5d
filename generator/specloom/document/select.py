"""The operations chosen by tag, path or operationId, and the components that they reach.

What is not chosen goes; with nothing chosen, everything stays.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Location, Rule

from .pointer import from_reference, join, resolve, tokens
from .references import is_reference
from .walk import METHODS, Node, below, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.config import Selection

    from .load import Document

NOTHING_CHOSEN = Rule(
    "DOC030",
    "nothing-chosen",
    "a choice of operations matches none",
    "Each entry of `tags`, `paths` and `ids` under `[operations]` must match an operation, so that "
    "a misspelt or removed one is noticed. `paths` takes `*` for any text.",
)

RULES = (NOTHING_CHOSEN,)


def select(document: Document, chosen: Selection, place: Location, collector: Collector) -> None:
    """Take out, in place, every operation that is not chosen and what only those reach.

    `place` is where the choice was written. Raises HaltedError if an entry matches nothing.
    """
    if not chosen.chooses:
        return
    operations = list(_operations(document.tree))
    _check(chosen, operations, place, collector)
    for node in operations:
        if not _is_chosen(node, chosen):
            del node.parent[node.key]
    _drop_empty_paths(document.tree)
    _drop_unreached(document.tree)


def _operations(tree: dict[str, Any]) -> Iterator[Node]:
    for node in walk(tree):
        if node.kind == "operation" and tokens(node.pointer)[0] == "paths":
            yield node


def _path(node: Node) -> str:
    return tokens(node.pointer)[1]


def _is_chosen(node: Node, chosen: Selection) -> bool:
    return (
        bool(set(chosen.tags) & set(node.value.get("tags", ())))
        or any(fnmatchcase(_path(node), pattern) for pattern in chosen.paths)
        or node.value.get("operationId") in chosen.ids
    )


def _check(
    chosen: Selection, operations: list[Node], place: Location, collector: Collector
) -> None:
    tags = {tag for node in operations for tag in node.value.get("tags", ())}
    ids = {node.value.get("operationId") for node in operations}
    unknown = [*(set(chosen.tags) - tags), *(set(chosen.ids) - ids)]
    unknown += [
        pattern
        for pattern in chosen.paths
        if not any(fnmatchcase(_path(node), pattern) for node in operations)
    ]
    for entry in sorted(unknown):
        collector.add(NOTHING_CHOSEN, f"{entry!r} matches no operation", place)
    collector.halt_on_errors()


def _drop_empty_paths(tree: dict[str, Any]) -> None:
    for path, item in list(tree["paths"].items()):
        if not any(method in item for method in (*METHODS, "additionalOperations")):
            del tree["paths"][path]


def _drop_unreached(tree: dict[str, Any]) -> None:
    reached: set[str] = set()
    pending = [Node("openapi", "", {"paths": tree["paths"], "webhooks": tree.get("webhooks", {})})]
    heirs = _heirs(tree)
    while pending:
        for node in below(pending.pop()):
            for pointer in (*_leads_to(node.value, tree), *heirs.get(node.pointer, ())):
                if pointer not in reached:
                    reached.add(pointer)
                    kind = _COMPONENT_KINDS.get(tokens(pointer)[1], "schema")
                    pending.append(Node(kind, pointer, resolve(tree, pointer)))
    for section, components in tree.get("components", {}).items():
        if section in _COMPONENT_KINDS:
            for name in list(components):
                if join("/components", section, name) not in reached:
                    del components[name]


_COMPONENT_KINDS = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "requestBodies": "request-body",
    "headers": "header",
    "callbacks": "callback",
    "pathItems": "path-item",
    "mediaTypes": "media-type",
    "examples": "example",
    "links": "link",
}


def _heirs(tree: dict[str, Any]) -> dict[str, list[str]]:
    """For each component with a discriminator, those that inherit it, directly or not."""
    schemas = tree.get("components", {}).get("schemas", {})
    direct: dict[str, list[str]] = {}
    for name, schema in schemas.items():
        for part in schema.get("allOf", ()) if isinstance(schema, dict) else ():
            if is_reference(part):
                heir = join("/components/schemas", name)
                direct.setdefault(from_reference(part["$ref"]), []).append(heir)
    parents = (name for name, schema in schemas.items() if _has_discriminator(schema))
    places = (join("/components/schemas", name) for name in parents)
    return {place: _descendants(place, direct) for place in places}


def _has_discriminator(schema: Any) -> bool:
    """Whether a schema tells its heirs or alternatives apart by a property (OAS 3.2 §4.25)."""
    return isinstance(schema, dict) and isinstance(schema.get("discriminator"), dict)


def _descendants(place: str, direct: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    pending = [place]
    while pending:
        heirs = [heir for heir in direct.get(pending.pop(), ()) if heir not in found]
        found += heirs
        pending += heirs
    return found


def _leads_to(value: Any, tree: dict[str, Any]) -> Iterator[str]:
    """The components that an object refers to, by `$ref` or by a discriminator's mapping."""
    if is_reference(value):
        yield "/".join(from_reference(value["$ref"]).split("/")[:4])
    if _has_discriminator(value):
        schemas = tree.get("components", {}).get("schemas", {})
        for target in value["discriminator"].get("mapping", {}).values():
            name = tokens(from_reference(target))[-1] if target.startswith("#") else target
            if name in schemas:
                yield join("/components/schemas", name)
