"""Turns the body of an event stream into its events, each with the name that its data or it gives.

An event without data counts, for such is Dify's ping.
"""

from __future__ import annotations

from typing import Any

from specloom.event_stream import parse_events
from tests.replay.exchange import parsed

Event = tuple[str, Any]
PING = "ping"


def read_events(body: bytes) -> list[Event]:
    """Give name and data of each event; data is None where there is none or it is no JSON."""
    events, _ = parse_events(body.decode(errors="replace"))
    return [_named(event) for event in events]


def _named(event: dict[str, Any]) -> Event:
    data = parsed(event.get("data", "").encode())
    tag = data.get("event") if isinstance(data, dict) else None
    return str(tag or event.get("event", "message")), data
