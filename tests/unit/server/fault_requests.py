"""What the probes of faults send: keys, users and bodies, good ones and bad ones."""

from __future__ import annotations

import json
from typing import Any

OTHER_KEY, CLOSED_KEY = "app-other", "app-closed"
ALICE, BOB = "alice", "bob"
UNKNOWN = "00000000-0000-4000-8000-00000000dead"
FORM_TYPE = "multipart/form-data; boundary=bound"
DEEP = json.loads("[" * 30 + "]" * 30)
LONG = "x" * 4001
UNUSUAL = "e\u0301 😀"
NULL = "a\0b"


def completion(**others: Any) -> dict[str, Any]:
    return {"inputs": {"query": "[[say:one two three four five]]"}, "user": ALICE, **others}


def form(name: str, content: bytes, user: str, media_type: str = "text/plain") -> bytes:
    return (
        (
            f'--bound\r\nContent-Disposition: form-data; name="user"\r\n\r\n{user}\r\n'
            f'--bound\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {media_type}\r\n\r\n"
        ).encode()
        + content
        + b"\r\n--bound--\r\n"
    )


def bad_bodies(good: dict[str, Any]) -> list[dict[str, Any]]:
    """Spoil a JSON body in the ways that are common to all operations."""
    without_user = {name: value for name, value in good.items() if name != "user"}
    return [
        {"body": without_user},
        {"body": {**good, "user": ["alice"]}},
        {"body": {**good, "user": "12345"}},
        {"body": {**good, "user": "al\0ice"}},
        {"body": {**good, "unknown": DEEP}},
        {"body": [good]},
        {"body": b"{"},
        {"body": good, "content_type": "text/plain"},
        {"body": {"user": ALICE}},
    ]
