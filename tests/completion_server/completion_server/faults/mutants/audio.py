"""Speech that can't be played, or isn't speech."""

from completion_server.faults.changes.answers import (
    change_bytes,
    change_header,
    succeeded,
)
from completion_server.faults.changes.requests import change_body
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import SPEAK

JSON = b'{"audio":"SUQzBAAAAAAAAA=="}'
FEW = 3


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, SPEAK, wrap)


FAULTS = (
    _fault("audio-empty", "The audio is empty.", change_bytes(succeeded, lambda _: b"")),
    _fault("audio-json", "JSON is said to be audio.", change_bytes(succeeded, lambda _: JSON)),
    _fault(
        "audio-text",
        "The text is said to be audio.",
        change_bytes(succeeded, lambda _: b"Hello World!"),
    ),
    _fault(
        "audio-truncated",
        "The audio ends within its first frame.",
        change_bytes(succeeded, lambda audio: audio[:FEW]),
    ),
    _fault(
        "audio-without-start",
        "The audio's beginning is lost.",
        change_bytes(succeeded, lambda audio: b"\0" * 64 + audio[64:200]),
    ),
    _fault(
        "audio-as-wav",
        "MP3 is said to be `audio/wav`.",
        change_header(succeeded, "content-type", "audio/wav"),
    ),
    _fault(
        "audio-of-any-message",
        "The text is spoken, whatever message is named.",
        change_body(lambda body: {"text": "Hello", **body, "message_id": None}),
    ),
)
