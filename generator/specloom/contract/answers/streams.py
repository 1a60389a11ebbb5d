"""A whole event stream into what is wrong with its events and with their order.

Knows nothing of the operation that it answers. (`itemSchema`: OAS 3.2 §4.14; `x-event-stream` is
described in the README.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.contract.exchanges.exchange import read_json
from specloom.document.pointer import join
from specloom.event_stream import order_faults, parse_events
from specloom.media_types import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .schemas import Schemas


def event_errors(schemas: Schemas, pointer: str, text: str) -> Iterator[tuple[str, str]]:
    """How events break what the Media Type Object at a pointer says: messages, and places."""
    media = schemas.follow(pointer)[1]
    if "itemSchema" not in media:
        return
    rules = media.get("x-event-stream", {})
    events, rest = parse_events(text)
    if rest:
        yield "the stream stops within an event", ""
    for index, event in enumerate(events):
        place = join("", index)
        yield from schemas.errors(join(pointer, "itemSchema"), event, place)
        if "data" in event:
            yield from _data_errors(schemas, pointer, event["data"], join(place, "data"))
        elif "keep-alive" in rules and event.get("event") != rules["keep-alive"]:
            yield "an event without data is no keep-alive", place


def order_errors(media: Mapping[str, Any], text: str) -> Iterator[str]:
    """How events follow one another wrongly, by the `x-event-stream` of a Media Type Object."""
    events, _ = parse_events(text)
    values = [_value(event) for event in events if "data" in event]
    yield from order_faults(values, media.get("x-event-stream", {}))


def data_schema(schemas: Schemas, media: str) -> tuple[str, dict[str, Any]] | None:
    """The schema of an event's data, and its pointer, if the data is said to be JSON."""
    if "itemSchema" not in schemas.follow(media)[1]:
        return None
    item, described = schemas.follow(join(media, "itemSchema"))
    if not isinstance(described, dict) or "data" not in described.get("properties", {}):
        return None
    pointer, schema = schemas.follow(join(item, "properties", "data"))
    is_said = isinstance(schema, dict) and is_json(schema.get("contentMediaType", ""))
    return (pointer, schema) if is_said else None


def _data_errors(schemas: Schemas, media: str, data: str, place: str) -> Iterator[tuple[str, str]]:
    described = data_schema(schemas, media)
    if described is None:
        return
    pointer, schema = described
    try:
        value = read_json(data)
    except ValueError as error:
        yield f"the data is no JSON: {error}", place
        return
    if "contentSchema" in schema:
        yield from schemas.errors(join(pointer, "contentSchema"), value, place)


def _value(event: Mapping[str, Any]) -> Any:
    """An event's data as a value, or as the text that it is."""
    try:
        return read_json(event["data"])
    except ValueError:
        return event["data"]
