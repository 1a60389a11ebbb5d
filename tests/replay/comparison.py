"""Says how our answer differs from the recorded one: in status, media type, or shape of the body.

Texts may differ, but not the `code` and `status` of an error. Pings are left out of the order of
events, for where they fall is a matter of time: they are in both streams, or in neither, unless
ours took so long that one was due.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from tests.replay.event_stream import PING, Event, read_events
from tests.replay.exchange import EVENT_STREAM, JSON
from tests.replay.shape import shape_difference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.replay.exchange import Answer

ERROR_EVENT = "error"
PING_INTERVAL = 10.0  # seconds
NO_EVENT: Event = ("the end", None)


def difference(recorded: Answer, ours: Answer) -> str | None:
    """Say the first difference, or None."""
    if recorded.status != ours.status:
        return f"recorded {recorded.status}, answered {ours.status}{_code(ours)}"
    if bool(recorded.body) != bool(ours.body):
        return "recorded an empty body" if ours.body else "answered an empty body"
    # The type of nothing is not worth comparing.
    if recorded.body and recorded.media_type != ours.media_type:
        return f"recorded {recorded.media_type}, answered {ours.media_type or 'no media type'}"
    if recorded.media_type == EVENT_STREAM:
        events = read_events(recorded.body), read_events(ours.body)
        return _stream_difference(*events, may_ping=ours.seconds >= PING_INTERVAL)
    if recorded.media_type == JSON and recorded.body:
        return _json_difference(recorded.json, ours.json, is_error=recorded.status >= 400)
    return None


def _code(answer: Answer) -> str:
    value = answer.json
    return f" {value['code']}" if isinstance(value, dict) and "code" in value else ""


def _json_difference(recorded: Any, ours: Any, *, is_error: bool) -> str | None:
    return shape_difference(recorded, ours) or (
        _error_difference(recorded, ours) if is_error and isinstance(recorded, dict) else None
    )


def _error_difference(recorded: dict[str, Any], ours: dict[str, Any]) -> str | None:
    for name in ("code", "status"):
        if recorded.get(name) != ours.get(name):
            return f"/{name}: recorded {recorded[name]}, answered {ours[name]}"
    return None


def _stream_difference(recorded: list[Event], ours: list[Event], *, may_ping: bool) -> str | None:
    if (PING, None) in recorded and (PING, None) not in ours:
        return "no ping"
    if (PING, None) in ours and (PING, None) not in recorded and not may_ping:
        return "a ping, and none was recorded"
    pairs = zip_longest(_runs(recorded), _runs(ours), fillvalue=NO_EVENT)
    for (name, data), (our_name, our_data) in pairs:
        if name != our_name:
            return f"event {name} expected, {our_name} came"
        found = _json_difference(data, our_data, is_error=name == ERROR_EVENT)
        if found:
            return f"event {name}: {found}"
    return None


def _runs(events: Iterable[Event]) -> list[Event]:
    """Leave out pings, and events that repeat the name and the shape of the one before."""
    runs: list[Event] = []
    for name, data in events:
        repeats = runs and runs[-1][0] == name and not shape_difference(runs[-1][1], data)
        if name != PING and not repeats:
            runs.append((name, data))
    return runs
