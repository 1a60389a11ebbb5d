"""A resource as an answer shows it: with its id in its place, and with what was sent for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .instances import declared

if TYPE_CHECKING:
    from .document import Document
    from .resources import Item
    from .routes import Operation


def success_schema(document: Document, operation: Operation) -> Any:
    """The schema of the JSON that an operation answers with when it succeeds, or None."""
    for status, response in operation.value["responses"].items():
        if status.startswith("2"):
            content = document.follow(response).get("content", {})
            return content.get("application/json", {}).get("schema")
    return None


def id_field(document: Document, schema: Any, name: str) -> str | None:
    """The property that holds what a path parameter takes."""
    properties = document.flat(schema).get("properties", {})
    return next((one for one in (name, "id") if one in properties), None)


def with_id(document: Document, schema: Any, value: Any, item: Item) -> Any:
    """The value with the id of a resource in it, where it has a place for one."""
    place = id_field(document, schema, item.name)
    changed = value | {place: item.id} if place and isinstance(value, dict) else value
    return changed if document.is_valid(schema, changed) else value


def with_sent(document: Document, schema: Any, value: Any, sent: Any) -> Any:
    """The value with what was sent in the place of its own, where the schema lets it be."""
    if not isinstance(value, dict) or not isinstance(sent, dict):
        return value
    changed = declared(document, schema, value | sent)
    return changed if document.is_valid(schema, changed) else value
