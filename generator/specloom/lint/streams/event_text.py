"""The text of a sequential media type into its items: server-sent events, or JSON line by line.

Knows nothing of schemas.
"""

from __future__ import annotations

import json
from typing import Any

from specloom.event_stream import EVENT_STREAM, parse_events


def items(text: str, kind: str) -> list[Any]:
    """The items of a text. Raises ValueError if a line that must be JSON is not."""
    if kind == EVENT_STREAM:
        return events(text)
    lines = (line.strip("\x1e \t\r") for line in text.split("\n"))
    return [json.loads(line) for line in lines if line]


def events(text: str) -> list[dict[str, Any]]:
    """The events that a reader would see; one without data is none.

    Unlike on the wire, an example's last event may lack the blank line behind it.
    """
    return [event for event in parse_events(text + "\n\n")[0] if "data" in event]
