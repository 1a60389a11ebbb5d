"""Turns the body of an event stream into its events, each with the name that its data or it gives.

Lines and fields are those of the HTML standard (§9.2.6); unlike there, an event without data
counts, for such is Dify's ping.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.replay.exchange import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

Event = tuple[str, Any]
PING = "ping"
LINE_END = re.compile(r"\r\n|\r|\n")


def read_events(body: bytes) -> list[Event]:
    """Give name and data of each event; data is None where there is none or it is no JSON."""
    lines = LINE_END.sub("\n", body.decode(errors="replace"))
    blocks = ([*_fields(block)] for block in lines.split("\n\n"))
    return [_event(fields) for fields in blocks if fields]


def _fields(block: str) -> Iterator[tuple[str, str]]:
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        if name in {"event", "data"}:
            yield name, value.removeprefix(" ")


def _event(fields: list[tuple[str, str]]) -> Event:
    data = parsed("\n".join(value for name, value in fields if name == "data").encode())
    tag = data.get("event") if isinstance(data, dict) else None
    return str(tag or dict(fields).get("event", "message")), data
