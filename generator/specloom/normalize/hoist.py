"""Inline object schemas become components, named from where they stood.

So every object has a name of its own, and later stages meet only references to it. A schema whose
combinators merely constrain its own properties is left whole.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document import components
from specloom.document.walk import Node, children, operations_of
from specloom.event_stream import EVENT_STREAM
from specloom.names import component_name, free_component

from .nullable import or_null, split_null, stands_alone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.load import Document

# What a schema within another adds to its name; what has several is numbered.
_ADDED: Final = {
    "items": "item",
    "additionalProperties": "value",
    "patternProperties": "value",
    "unevaluatedProperties": "value",
    "contentSchema": "content",
}
_NUMBERED: Final = {"prefixItems": "item", "oneOf": "option", "anyOf": "option"}
_HOLDING: Final = {"properties", "allOf", *_ADDED, *_NUMBERED}


def run(document: Document) -> None:
    """Move them in place, outermost first, until none is left."""
    schemas = document.tree.setdefault("components", {}).setdefault("schemas", {})
    hoisting = _Hoisting(document, schemas, deque(schemas))
    for node, name in list(_roots(document.tree)):
        hoisting.hoist(node, name)
    while hoisting.pending:
        component = hoisting.pending.popleft()
        node = Node("schema", components.place(component), schemas[component])
        hoisting.hoist_within(node, component)


@dataclass(frozen=True, slots=True)
class _Hoisting:
    document: Document
    schemas: dict[str, Any]
    pending: deque[str]
    """The components whose insides are still to be looked at."""

    def hoist(self, node: Node, name: str) -> None:
        """Move a schema if it is an inline object; else look for such within it."""
        if not stands_alone(node.value) or "$ref" in node.value:
            self.hoist_within(node, name)
            return
        component = free_component(name, self.schemas)
        reference = {"$ref": components.reference(component)}
        may_be_null = split_null(node.value)
        self.schemas[component] = node.value
        self.pending.append(component)
        node.parent[node.key] = or_null(reference) if may_be_null else reference
        self.document.origins[components.place(component)] = self.document.origin(node.pointer)

    def hoist_within(self, node: Node, name: str) -> None:
        """Look for inline objects among the schemas directly within one."""
        for child, added in _nested(node):
            if isinstance(child.value, dict) and not _HOLDING.isdisjoint(child.value):
                self.hoist(child, component_name(name, added))


def _nested(node: Node) -> Iterator[tuple[Node, str]]:
    """The schemas directly within one that could stand alone, with what they add to its name."""
    if not isinstance(node.value, dict) or "$ref" in node.value:
        return
    constrains_itself = "properties" in node.value
    for child in children(node):
        field = child.pointer[len(node.pointer) + 1 :].partition("/")[0]
        if field == "properties":
            yield child, str(child.key)
        elif field in _ADDED:
            yield child, _ADDED[field]
        elif field == "prefixItems" or (field in _NUMBERED and not constrains_itself):
            yield child, f"{_NUMBERED[field]}{int(child.key) + 1}"
        elif field == "allOf":
            # A part of the whole: what is inline in it belongs to the whole.
            yield from _nested(child)


def _roots(tree: dict[str, Any]) -> Iterator[tuple[Node, str]]:
    """The schemas of messages and parameters, with the names they would take."""
    top = {section: tree.get(section, {}) for section in ("paths", "webhooks")}
    for path_item in children(Node("openapi", "", top)):
        yield from _in_path_item(path_item)


def _in_path_item(path_item: Node, around: tuple[str, ...] = ()) -> Iterator[tuple[Node, str]]:
    for operation in operations_of(path_item):
        given = operation.value.get("operationId")
        words = (given,) if given else (*around, f"{operation.key} {path_item.key}")
        base = component_name(*words)
        for node in children(operation):
            if node.kind == "callback":
                for callee in children(node):
                    yield from _in_path_item(callee, (base, str(node.key)))
        for node, part in _messages(operation):
            yield node, component_name(base, part)


def _messages(operation: Node) -> Iterator[tuple[Node, str]]:
    """The schemas of an operation's messages, with what they add to its name."""
    success = _first_success(operation.value)
    for node in children(operation):
        if node.kind == "request-body":
            yield from ((schema, "request") for schema in _schemas(node))
        elif node.kind == "parameter":
            yield from ((schema, node.value["name"]) for schema in _schemas(node))
        elif node.kind == "response":
            whole = "response" if node.key == success else f"{node.key} response"
            for schema in _schemas(node):
                yield schema, whole if schema.key == "schema" else "event"


def _schemas(message: Node) -> Iterator[Node]:
    """The schemas that stand directly in a message or parameter, whatever its media type."""
    for node in children(message):
        if node.kind == "schema":
            yield node
        elif node.kind == "media-type":
            for schema in _schemas(node):
                # The envelope of an event is the transport's; its data is what has a name.
                enveloped = schema.key == "itemSchema" and str(node.key).startswith(EVENT_STREAM)
                yield from _data(schema) if enveloped else (schema,)


def _data(event: Node) -> Iterator[Node]:
    fields = [node for node in children(event) if node.key == "data"]
    return (node for field in fields for node in children(field) if node.key == "contentSchema")


def _first_success(operation: dict[str, Any]) -> str | None:
    statuses = operation.get("responses", ())
    return next((status for status in statuses if status.startswith("2")), None)
