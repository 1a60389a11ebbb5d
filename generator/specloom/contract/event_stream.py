"""The text of a `text/event-stream` into its events (WHATWG HTML §9.2.6).

Keeps events without data, which a browser drops, since keep-alives are such. Knows nothing of
schemas.
"""

from __future__ import annotations

import re
from typing import Any, Final

MEDIA_TYPE: Final = "text/event-stream"

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def parse_events(text: str) -> tuple[list[dict[str, Any]], str]:
    """The events, each with the fields that it has, and what is left behind the last blank line."""
    *blocks, rest = re.split(r"(?<=\n)\n+", _LINE_END.sub("\n", text.removeprefix("\ufeff")))
    return [event for block in blocks if (event := _event(block))], rest


def _event(block: str) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            event["data"] = f"{event['data']}\n{value}" if "data" in event else value
        elif name in {"event", "id"}:
            event[name] = value
        elif name == "retry" and value.isdecimal():
            event["retry"] = int(value)
    return event
