"""The text of a sequential media type into its items: server-sent events, or JSON line by line.

Knows nothing of schemas.
"""

from __future__ import annotations

import json
from typing import Any

from specloom.event_stream import EVENT_STREAM, parse_events


def items(text: str, kind: str) -> tuple[list[Any], list[int]]:
    """The items of a text, and the numbers of the lines that must be JSON and are not."""
    if kind == EVENT_STREAM:
        return events(text), []
    found, wrong = [], []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += [json.loads(each)] if (each := line.strip("\x1e \t\r")) else []
        except (ValueError, RecursionError):
            wrong.append(number)
    return found, wrong


def events(text: str) -> list[dict[str, Any]]:
    """The events that a reader would see; one without data is none.

    Unlike on the wire, an example's last event may lack the blank line behind it.
    """
    return [event for event in parse_events(text + "\n\n")[0] if "data" in event]
