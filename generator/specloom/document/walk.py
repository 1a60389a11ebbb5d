"""An OpenAPI tree into its objects, each with its kind and its place.

The table below is the one place that knows where OpenAPI 3.x puts which object (OAS 3.2 §4).
References are not followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .pointer import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS: Final = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
)  # fmt: skip

_ONE, _LIST, _MAP = "one", "list", "map"
_Fields = dict[str, tuple[str, str]]

_MESSAGE: _Fields = {
    "schema": ("schema", _ONE),
    "content": ("media-type", _MAP),
    "examples": ("example", _MAP),
}
_PATH_ITEM: _Fields = {
    **dict.fromkeys(METHODS, ("operation", _ONE)),
    "additionalOperations": ("operation", _MAP),
    "parameters": ("parameter", _LIST),
}
_SCHEMA: _Fields = {
    **dict.fromkeys(
        (
            "items", "additionalProperties", "not", "if", "then", "else", "contains",
            "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema",
        ),
        ("schema", _ONE),
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("schema", _LIST)),
    **dict.fromkeys(
        ("properties", "patternProperties", "$defs", "dependentSchemas"), ("schema", _MAP)
    ),
}  # fmt: skip

FIELDS: Final[dict[str, _Fields]] = {
    "openapi": {
        "paths": ("path-item", _MAP),
        "webhooks": ("path-item", _MAP),
        "components": ("components", _ONE),
    },
    "components": {
        "schemas": ("schema", _MAP),
        "responses": ("response", _MAP),
        "parameters": ("parameter", _MAP),
        "examples": ("example", _MAP),
        "requestBodies": ("request-body", _MAP),
        "headers": ("header", _MAP),
        "securitySchemes": ("security-scheme", _MAP),
        "links": ("link", _MAP),
        "callbacks": ("callback", _MAP),
        "pathItems": ("path-item", _MAP),
        "mediaTypes": ("media-type", _MAP),
    },
    "path-item": _PATH_ITEM,
    "operation": {
        "parameters": ("parameter", _LIST),
        "requestBody": ("request-body", _ONE),
        "responses": ("response", _MAP),
        "callbacks": ("callback", _MAP),
    },
    "parameter": _MESSAGE,
    "header": _MESSAGE,
    "request-body": {"content": ("media-type", _MAP)},
    "response": {
        "headers": ("header", _MAP),
        "content": ("media-type", _MAP),
        "links": ("link", _MAP),
    },
    "media-type": {
        "schema": ("schema", _ONE),
        "itemSchema": ("schema", _ONE),
        "examples": ("example", _MAP),
        "encoding": ("encoding", _MAP),
    },
    "encoding": {"headers": ("header", _MAP)},
    "schema": _SCHEMA,
}

SECTIONS: Final = {kind: section for section, (kind, _) in FIELDS["components"].items()}
"""By the kind of an object, the section of components that it may stand in."""


class Node(NamedTuple):
    """One object of the document; `parent[key]` is its `value`."""

    kind: str
    pointer: str
    value: Any
    parent: Any = None
    key: str | int = ""


def walk(tree: dict[str, Any]) -> Iterator[Node]:
    """Every object that OpenAPI defines, parents first, in the document's order."""
    return below(Node("openapi", "", tree))


def walk_around_schemas(tree: dict[str, Any]) -> Iterator[Node]:
    """Every object but those within schemas, which are most of a document."""
    pending = [Node("openapi", "", tree)]
    while pending:
        node = pending.pop()
        yield node
        if node.kind != "schema":
            pending += reversed(children(node))


def path_items(tree: dict[str, Any]) -> list[Node]:
    """The path items under `paths`, without those of webhooks and callbacks."""
    return children(Node("openapi", "", {"paths": tree.get("paths", {})}))


def operations_of(path_item: Node) -> Iterator[Node]:
    """The operations of a path item, the fixed methods first, without those of their callbacks."""
    found = {node.pointer: node for node in children(path_item) if node.kind == "operation"}
    for method in METHODS:
        operation = found.pop(f"{path_item.pointer}/{method}", None)
        if operation:
            yield operation
    yield from found.values()


def below(top: Node) -> Iterator[Node]:
    """One object and all within it, parents first; no recursion, so depth is no danger."""
    pending = [top]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(children(node))


def children(node: Node) -> list[Node]:
    """The objects directly within one."""
    found: list[Node] = []
    kind, top, holder = node.kind, node.pointer, node.value
    if not isinstance(holder, dict):
        return found
    if kind == "callback":
        return list(_in_map(kind, "path-item", holder, top))
    fields = FIELDS.get(kind, {})
    for field, value in holder.items():
        known = fields.get(field)
        if known is None:
            continue
        inner, shape = known
        pointer = f"{top}/{field}"
        if shape == _ONE:
            found.append(Node(inner, pointer, value, holder, field))
        elif shape == _LIST and isinstance(value, list):
            found += [
                Node(inner, f"{pointer}/{at}", item, value, at) for at, item in enumerate(value)
            ]
        elif shape == _MAP and isinstance(value, dict):
            found += _in_map(kind, inner, value, pointer)
    return found


def _in_map(holder: str, kind: str, value: dict[str, Any], pointer: str) -> Iterator[Node]:
    # The Paths, Responses and Callback Objects may hold extensions between their entries.
    extensible = kind in {"path-item", "response"} and holder != "components"
    for name, item in value.items():
        if not (extensible and name.startswith("x-")):
            yield Node(kind, f"{pointer}/{escape(name)}", item, value, name)
