"""Recorded answers of a real server, turned into the bodies that a measurement needs, any size."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_RECORDINGS = Path(__file__).parents[1] / "recordings/recordings-1.14.2.jsonl"


@cache
def answer(name: str) -> bytes:
    """The body of a recorded answer, by the recording's name."""
    with _RECORDINGS.open(encoding="utf-8") as lines:
        found: Any = next(each for each in map(json.loads, lines) if each["name"] == name)
    text: str = found["response"]["body"]["text"]
    return text.encode()


def events() -> tuple[bytes, bytes]:
    """One message event and the ending event of a recorded stream, each with its blank line."""
    blocks = answer("cm_streaming").split(b"\n\n")
    message = next(block for block in blocks if b'"event":"message"' in block)
    end = next(block for block in blocks if b'"event":"message_end"' in block)
    return message + b"\n\n", end + b"\n\n"


def feedbacks(count: int) -> bytes:
    """A page of so many feedback items."""
    (item,) = json.loads(answer("app_feedbacks"))["data"]
    return json.dumps({"data": [item] * count}, separators=(",", ":")).encode()
