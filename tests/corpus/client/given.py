"""What a method gives into a value that has been read whole."""

from __future__ import annotations

from typing import Any


def read_whole(value: Any) -> Any:
    """The events of a stream, the bytes of a download; anything else as it is."""
    if hasattr(value, "collect") and hasattr(value, "__iter__"):
        with value:
            return [_event(each) for each in value]
    if hasattr(value, "read") and not isinstance(value, bytes):
        with value:
            return value.read()
    return value


def _event(value: Any) -> Any:
    return value.data if type(value).__name__ == "ServerSentEvent" else value
