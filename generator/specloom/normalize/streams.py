"""A stream whose `schema` is that of one event is written as 3.2's `itemSchema` (OAS 3.2 §4.14.3).

A stream that is only called a string says nothing of its events, and stays so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.document.references import follow
from specloom.document.walk import walk
from specloom.event_stream import EVENT_STREAM, sequential_kind

if TYPE_CHECKING:
    from specloom.document.load import Document


def run(document: Document) -> None:
    """Rewrite such media types in place."""
    for node in walk(document.tree):
        kind = sequential_kind(str(node.key)) if node.kind == "media-type" else None
        if kind:
            _rewrite(document, node.value, node.pointer, kind)


def _rewrite(document: Document, media: dict[str, Any], pointer: str, kind: str) -> None:
    schema = media.get("schema")
    if "itemSchema" in media or not _is_event(follow(document.tree, schema)):
        return
    del media["schema"]
    place = join(pointer, "itemSchema")
    if kind == EVENT_STREAM:
        media["itemSchema"] = _event_of(schema)
        place = join(place, "properties", "data", "contentSchema")
    else:
        media["itemSchema"] = schema
    document.origins[place] = document.origin(join(pointer, "schema"))


def _is_event(schema: Any) -> bool:
    """Whether a schema could be one event's: not text, and not the list of all events."""
    return isinstance(schema, dict) and schema.get("type") not in ("string", "array")


def _event_of(schema: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": schema,
            }
        },
        "required": ["data"],
    }
