"""A stream says in one place what its events carry: `itemSchema`, and in it `data.contentSchema`.

A schema of one event's JSON is written so, and one of the event itself is reduced to it (OAS 3.2
§4.14.3). A stream of text, or of which that can't be said, stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import parts, properties
from specloom.document.pointer import join
from specloom.document.references import follow
from specloom.document.walk import walk
from specloom.event_stream import EVENT_STREAM, sequential_kind
from specloom.media_types import is_json

if TYPE_CHECKING:
    from specloom.document.load import Document

# The fields of an event (WHATWG HTML §9.2.6); an object with others is what an event carries.
_ENVELOPE: Final = {"data", "event", "id", "retry"}


def run(document: Document) -> None:
    """Rewrite such media types in place."""
    for node in walk(document.tree):
        kind = sequential_kind(str(node.key)) if node.kind == "media-type" else None
        if kind and "itemSchema" not in node.value:
            _write_item(document, node.value, node.pointer, kind)
        elif kind == EVENT_STREAM:
            _reduce(document, node.value, node.pointer)


def _write_item(document: Document, media: dict[str, Any], pointer: str, kind: str) -> None:
    schema = media.get("schema")
    if not _is_object(document.tree, schema):
        return
    del media["schema"]
    place = join(pointer, "itemSchema")
    if kind == EVENT_STREAM:
        media["itemSchema"] = _event_of(schema)
        place = join(place, "properties", "data", "contentSchema")
    else:
        media["itemSchema"] = schema
    document.origins[place] = document.origin(join(pointer, "schema"))


def _reduce(document: Document, media: dict[str, Any], pointer: str) -> None:
    if _is_normal(media["itemSchema"]):
        return
    contents = _contents(document.tree, media["itemSchema"])
    if contents:
        origin = document.origin(join(pointer, "itemSchema"))
        different = [item for at, item in enumerate(contents) if item not in contents[:at]]
        media["itemSchema"] = _event_of(
            different[0] if len(different) == 1 else {"anyOf": different}
        )
        document.origins[join(pointer, "itemSchema")] = origin


def _is_normal(item: Any) -> bool:
    fields = item.get("properties", {}) if isinstance(item, dict) else {}
    return _is_content(fields.get("data"))


def _is_content(data: Any) -> bool:
    """Whether a schema of an event's data says what JSON is in it."""
    return (
        isinstance(data, dict)
        and "contentSchema" in data
        and is_json(data.get("contentMediaType", "application/json"))
    )


def _contents(tree: dict[str, Any], item: Any, seen: tuple[int, ...] = ()) -> list[Any]:
    """The schemas of the JSON that events carry; none if that can't be said of all of them."""
    schema = follow(tree, item)
    if not isinstance(schema, dict) or id(schema) in seen:
        return []
    fields = properties(tree, schema)
    if fields.keys() - _ENVELOPE:
        return [item]
    if fields:
        return _carried(tree, fields.get("data"))
    options = [option for option in _options(schema) if _has_data(tree, option)]
    found = [_contents(tree, option, (*seen, id(schema))) for option in options]
    if found == [[option] for option in options]:
        # All say it of themselves: the union is what an event carries.
        return [item] if options else []
    return [content for one in found for content in one] if all(found) else []


def _options(schema: dict[str, Any]) -> list[Any]:
    return schema.get("oneOf") or schema.get("anyOf") or []


def _has_data(tree: dict[str, Any], option: Any) -> bool:
    """Whether an event may carry anything; a keep-alive does not."""
    fields = properties(tree, option)
    return not fields or bool(fields.keys() - _ENVELOPE | fields.keys() & {"data"})


def _carried(tree: dict[str, Any], declared: Any) -> list[Any]:
    data = follow(tree, declared)
    if _is_content(data):
        return [data["contentSchema"]]
    # Data is text always: an object can only be meant to be its JSON.
    return [declared] if _is_object(tree, data) else []


def _is_object(tree: dict[str, Any], schema: Any, seen: tuple[int, ...] = ()) -> bool:
    """Whether only objects are valid: neither text nor the list of all events."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    if any(part.get("type") == "object" or "properties" in part for part in parts(tree, schema)):
        return True
    options = _options(schema)
    return bool(options) and all(_is_object(tree, one, (*seen, id(schema))) for one in options)


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
