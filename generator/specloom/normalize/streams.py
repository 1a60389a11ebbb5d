"""A stream says in one place what its events carry: `itemSchema`, and in it `data.contentSchema`.

A schema of one event's JSON is written so, and one of the event itself is reduced to it (OAS 3.2
§4.14.3); a list is that of all events. A stream of text, or of which that can't be said, stays as
it is.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from specloom.document.kinds import allows_no_text, kinds, options
from specloom.document.objects import parts, properties
from specloom.document.pointer import join
from specloom.document.references import follow
from specloom.document.walk import walk_around_schemas
from specloom.event_stream import EVENT_STREAM, sequential_kind
from specloom.media_types import is_json

if TYPE_CHECKING:
    from specloom.document.load import Document

# The fields of an event (WHATWG HTML §9.2.6); an object with others is what an event carries.
_ENVELOPE: Final = {"data", "event", "id", "retry"}
# What some servers end a stream of JSON with.
_DONE: Final = "[DONE]"


def run(document: Document) -> None:
    """Rewrite such media types in place."""
    for node in walk_around_schemas(document.tree):
        kind = sequential_kind(str(node.key)) if node.kind == "media-type" else None
        if kind and "itemSchema" not in node.value:
            _write_item(document, node.value, node.pointer, kind)
        if kind == EVENT_STREAM and "itemSchema" in node.value:
            _reduce(document, node.value, node.pointer)


def _write_item(document: Document, media: dict[str, Any], pointer: str, kind: str) -> None:
    schema, place = media.get("schema"), join(pointer, "itemSchema")
    whole = follow(document.tree, schema)
    if isinstance(whole, dict) and whole.get("type") == "array" and "items" in whole:
        # A copy: what is inline in a component stays there, too.
        media["itemSchema"] = copy.deepcopy(whole["items"])
    elif not _is_json(document.tree, schema):
        return
    elif kind == EVENT_STREAM:
        media["itemSchema"] = _event_of(schema)
        place = join(place, "properties", "data", "contentSchema")
    else:
        media["itemSchema"] = schema
    del media["schema"]
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
    if not _may_be_event(tree, schema):
        return [item]
    wanted = [option for option in options(schema) if _has_data(tree, option)]
    found = [_contents(tree, option, (*seen, id(schema))) for option in wanted]
    if found == [[option] for option in wanted]:
        # All say it of themselves: the union is what an event carries.
        return [item] if wanted else []
    return [content for one in found for content in one] if all(found) else []


def _has_data(tree: dict[str, Any], option: Any) -> bool:
    """Whether an event may carry anything; neither a keep-alive does, nor a mere end."""
    fields = properties(tree, option)
    if _is_done(tree, fields.get("data")):
        return False
    return not fields or bool(fields.keys() - _ENVELOPE | fields.keys() & {"data"})


def _is_done(tree: dict[str, Any], schema: Any) -> bool:
    schema = follow(tree, schema)
    return isinstance(schema, dict) and schema.get("enum", [schema.get("const")]) == [_DONE]


def _carried(tree: dict[str, Any], declared: Any) -> list[Any]:
    data = follow(tree, declared)
    if _is_content(data):
        return [data["contentSchema"]]
    # Data is text always: anything else can only be meant to be its JSON.
    return [declared] if _is_json(tree, data) else []


def _may_be_event(tree: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether a schema may be of an event rather than of its data, as no list or number is."""
    said = {kind for part in parts(tree, schema) for kind in kinds(part)}
    return not said or not said.isdisjoint({"object", "string"})


def _is_json(tree: dict[str, Any], schema: Any) -> bool:
    """Whether a schema is of JSON, and of no text but the end of a stream."""
    target = follow(tree, schema)
    wanted = options(target) if isinstance(target, dict) else []
    rest = [option for option in wanted if not _is_done(tree, option)]
    whole = rest and len(rest) < len(wanted)
    return all(allows_no_text(tree, one) for one in (rest if whole else [schema]))


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
