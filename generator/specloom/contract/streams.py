"""A whole event stream into what is wrong with its events and with their order.

Knows nothing of the operation that it answers. (`itemSchema`: OAS 3.2 §4.14; `x-event-stream` is
described in the README.)
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.event_stream import order_faults, parse_events
from specloom.media_types import is_json

from .violations import EVENT_ORDER, INVALID_EVENT, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .schemas import Schemas


def check_stream(schemas: Schemas, pointer: str, text: str) -> Iterator[Violation]:
    """All that is wrong with a stream, by the Media Type Object at a pointer."""
    rules = schemas.follow(pointer)[1].get("x-event-stream", {})
    events, rest = parse_events(text)
    if rest:
        yield Violation(INVALID_EVENT, "the stream stops within an event")
    for index, event in enumerate(events):
        place = join("", index)
        for message, inner in schemas.errors(join(pointer, "itemSchema"), event, place):
            yield Violation(INVALID_EVENT, message, inner)
        if "data" in event:
            yield from _check_data(schemas, pointer, event["data"], join(place, "data"))
        elif "keep-alive" in rules and event.get("event") != rules["keep-alive"]:
            yield Violation(INVALID_EVENT, "an event without data is no keep-alive", place)
    for message in order_faults([_value(event) for event in events if "data" in event], rules):
        yield Violation(EVENT_ORDER, message)


def _check_data(schemas: Schemas, media: str, data: str, place: str) -> Iterator[Violation]:
    """Hold an event's data to `contentSchema`, if it is said to be JSON."""
    item, described = schemas.follow(join(media, "itemSchema"))
    if "data" not in described.get("properties", {}):
        return
    pointer, schema = schemas.follow(join(item, "properties", "data"))
    if not is_json(schema.get("contentMediaType", "")):
        return
    try:
        value = json.loads(data)
    except ValueError as error:
        yield Violation(INVALID_EVENT, f"the data is no JSON: {error}", place)
        return
    if "contentSchema" in schema:
        for message, inner in schemas.errors(join(pointer, "contentSchema"), value, place):
            yield Violation(INVALID_EVENT, message, inner)


def _value(event: Mapping[str, Any]) -> Any:
    """An event's data as a value, or as the text that it is."""
    try:
        return json.loads(event["data"])
    except ValueError:
        return event["data"]
