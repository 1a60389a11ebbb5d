"""Speech that can't be played, or isn't speech."""

from starlette.responses import Response

from completion_server.faults.changes.answers import (
    change_answer,
    change_bytes,
    change_header,
    succeeded,
)
from completion_server.faults.changes.requests import change_body
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import SPEAK

JSON = '{"audio":"SUQzBAAAAAAAAA=="}'
FEW = 3


def _json(text: str, media_type: str) -> Wrap:
    return change_answer(succeeded, lambda _: Response(text, media_type=media_type))


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, SPEAK, wrap)


FAULTS = (
    _fault("audio-empty", "The audio is empty.", change_bytes(succeeded, lambda _: b"")),
    _fault("audio-json", "JSON is said to be audio.", _json(JSON, "audio/mpeg")),
    _fault("audio-text", "The text is said to be audio.", _json("Hello World!", "audio/mpeg")),
    _fault("audio-null", "The answer is JSON, `null`.", _json("null", "application/json")),
    _fault("audio-in-json", "The audio is base64 in JSON.", _json(JSON, "application/json")),
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
        "audio-zeros",
        "The audio is zeros.",
        change_bytes(succeeded, lambda audio: b"\0" * len(audio)),
    ),
    _fault(
        "audio-as-bytes",
        "The audio is said to be `application/octet-stream`.",
        change_header(succeeded, "content-type", "application/octet-stream"),
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
