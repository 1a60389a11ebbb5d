"""The text of a sequential media type into its items: server-sent events, or JSON line by line.

Source: WHATWG HTML §9.2.6 (event streams); OAS 3.2 §4.14.3. Knows nothing of schemas.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

EVENT_STREAM: Final = "text/event-stream"
JSON_LINES: Final = ("application/jsonl", "application/x-ndjson", "application/json-seq")

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def sequential_kind(media_type: str) -> str | None:
    """The plain name of a sequential media type; None for any other."""
    plain = media_type.partition(";")[0].strip().lower()
    return plain if plain == EVENT_STREAM or plain in JSON_LINES else None


def items(text: str, kind: str) -> list[Any]:
    """The items of a text. Raises ValueError if a line that must be JSON is not."""
    if kind == EVENT_STREAM:
        return events(text)
    lines = (line.strip("\x1e \t\r") for line in text.split("\n"))
    return [json.loads(line) for line in lines if line]


def events(text: str) -> list[dict[str, Any]]:
    """The events that a reader would see; one without data is none (WHATWG HTML §9.2.6).

    Unlike on the wire, an example's last event may lack the blank line behind it.
    """
    found = []
    fields: dict[str, Any] = {}
    for line in [*_LINE_END.split(text.removeprefix("\ufeff")), ""]:
        if line:
            _read(line, fields)
            continue
        if "data" in fields:
            found.append(fields)
        fields = {}
    return found


def _read(line: str, fields: dict[str, Any]) -> None:
    name, _, value = line.partition(":")
    value = value.removeprefix(" ")
    if name == "data":
        fields["data"] = f"{fields['data']}\n{value}" if "data" in fields else value
    elif name in {"event", "id"}:
        fields[name] = value
    elif name == "retry" and value.isdecimal():
        fields[name] = int(value)
