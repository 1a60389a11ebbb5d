"""Turns a stream of Dify's, as it comes, into its events; knows nothing of what they say."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2

from specloom.event_stream import parse_events

PING = {"event": "ping"}


def events(response: httpx2.Response) -> Iterator[dict[str, Any]]:
    """Give the data of each event as it comes; a ping, which has none, as `PING`.

    AssertionError if another field is there, or if no blank line ends the last event.
    """
    rest = ""
    for text in response.iter_text():
        complete, rest = parse_events(rest + text)
        yield from map(_read, complete)
    assert rest == ""


def _read(event: dict[str, Any]) -> dict[str, Any]:
    if event == PING:
        return event
    assert list(event) == ["data"]
    read: dict[str, Any] = json.loads(event["data"])
    return read
