"""Inline object schemas become components, named from where they stood.

So every object has a name of its own, and later stages meet only references to it. A schema whose
combinators merely constrain its own properties is left whole.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from specloom.document import components
from specloom.document.pointer import tokens
from specloom.document.walk import METHODS, Node, children, walk
from specloom.event_stream import EVENT_STREAM
from specloom.names import component_name, free_component

from .nullable import or_null, split_null, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.load import Document


def run(document: Document) -> None:
    """Move them in place, outermost first, until none is left."""
    schemas = document.tree.setdefault("components", {}).setdefault("schemas", {})
    for node, name in list(_roots(document.tree)):
        _hoist_below(document, schemas, node, name)
    pending = list(schemas)
    while pending:
        component = pending.pop(0)
        known = len(schemas)
        node = Node("schema", components.place(component), schemas[component])
        for child, name in list(_nested(node, component)):
            _hoist_below(document, schemas, child, name)
        pending.extend(islice(schemas, known, None))


def _hoist_below(document: Document, schemas: dict[str, Any], node: Node, name: str) -> None:
    """Move a schema if it is an inline object; else look for such within it."""
    if not isinstance(node.value, dict) or "$ref" in node.value:
        return
    if stands_alone(node.value):
        component = free_component(name, schemas)
        reference = {"$ref": components.reference(component)}
        may_be_null = split_null(node.value)
        schemas[component] = node.value
        node.parent[node.key] = or_null(reference) if may_be_null else reference
        document.origins[components.place(component)] = document.origin(node.pointer)
        return
    for child, inner in list(_nested(node, name)):
        _hoist_below(document, schemas, child, inner)


def _nested(node: Node, name: str) -> Iterator[tuple[Node, str]]:
    """The schemas directly within one that could stand alone, with the names they would take."""
    constrains_itself = isinstance(node.value, dict) and "properties" in node.value
    for child in children(node):
        match tokens(child.pointer)[len(tokens(node.pointer)) :]:
            case ["properties", property_name]:
                yield child, component_name(name, property_name)
            case ["items"]:
                yield child, component_name(name, "item")
            case ["additionalProperties"]:
                yield child, component_name(name, "value")
            case ["contentSchema"]:
                yield child, component_name(name, "content")
            case ["prefixItems", index]:
                yield child, component_name(name, f"item{int(index) + 1}")
            case [("oneOf" | "anyOf"), index] if not constrains_itself:
                yield child, component_name(name, f"option{int(index) + 1}")
            case ["allOf", _]:
                # A part of the whole: what is inline in it belongs to the whole.
                yield from _nested(child, name)


def _roots(tree: dict[str, Any]) -> Iterator[tuple[Node, str]]:
    """The schemas of messages and parameters, with the names they would take."""
    for node in walk(tree):
        match tokens(node.pointer):
            case [("paths" | "webhooks") as section, path, "additionalOperations", method, *part]:
                operation = tree[section][path]["additionalOperations"][method]
            case [("paths" | "webhooks") as section, path, method, *part] if method in METHODS:
                operation = tree[section][path][method]
            case _:
                continue
        parts = _message_parts(operation, part) if node.kind == "schema" else None
        if parts:
            base = component_name(operation.get("operationId") or f"{method} {path}")
            yield node, component_name(base, *parts)


def _message_parts(operation: dict[str, Any], where: list[str]) -> list[str] | None:
    """What a schema that stands directly in a message adds to the operation's name."""
    match where:
        case [*_, media, "itemSchema"] if media.startswith(EVENT_STREAM):
            # The envelope of an event is the transport's; its data is what has a name.
            return None
        case ["requestBody", "content", _, ("schema" | "itemSchema")]:
            return ["request"]
        case ["responses", status, "content", _, "schema"]:
            return ["response"] if status == _first_success(operation) else [status, "response"]
        case ["responses", _, "content", _, "itemSchema", *data]:
            # What stands deeper in an event's envelope than its data is the transport's too.
            return ["event"] if data in ([], ["properties", "data", "contentSchema"]) else None
        case ["parameters", index, "schema"] | ["parameters", index, "content", _, "schema"]:
            return [operation["parameters"][int(index)]["name"]]
    return None


def _first_success(operation: dict[str, Any]) -> str | None:
    return next((status for status in operation["responses"] if status.startswith("2")), None)
