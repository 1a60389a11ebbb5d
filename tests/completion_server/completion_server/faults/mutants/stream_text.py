"""Answers whose text differs from what the model said, or that come in the mode not asked for."""

from typing import Any

from completion_server.faults.changes.answers import change_json
from completion_server.faults.changes.edits import at
from completion_server.faults.changes.requests import change_body
from completion_server.faults.changes.streams import (
    Frames,
    WriteFrame,
    change_events,
    change_frames,
    edit_event,
    event_of,
    numbered,
    replace_event,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION

LOST = 3


async def _one_lost(frames: Frames) -> Frames:
    async for number, frame in numbered(frames):
        if number != LOST or event_of(frame) is None:
            yield frame


async def _all_so_far(frames: Frames, write: WriteFrame) -> Frames:
    """Let each piece be all of the answer up to there."""
    said = ""
    async for frame in frames:
        event = event_of(frame)
        if event is None or event["event"] != "message":
            yield frame
            continue
        said += event["answer"]
        yield write({**event, "answer": said})


def _in_mode(asked: tuple[Any, ...], given: str) -> Wrap:
    def edit(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "response_mode": given} if body.get("response_mode") in asked else body

    return change_body(edit)


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, COMPLETION, wrap)


FAULTS = (
    _fault("text-lost", "The third event of a stream is lost.", change_frames(_one_lost)),
    _fault(
        "text-doubled",
        "In a stream, each `message` comes twice.",
        replace_event("message", lambda event: (event, event)),
    ),
    _fault(
        "text-repeated",
        "In a stream, each `message` has all of the answer so far.",
        change_events(_all_so_far),
    ),
    _fault(
        "text-stripped",
        "In a stream, each `message` loses the spaces around its piece.",
        edit_event("message", at("answer", str.strip)),
    ),
    _fault(
        "text-cut",
        "A complete answer is cut after ten characters.",
        change_json(at("answer", lambda text: text[:10])),
    ),
    _fault(
        "json-for-stream",
        "JSON answers who asked for a stream.",
        _in_mode(("streaming",), "blocking"),
    ),
    _fault(
        "stream-for-json",
        "A stream answers who asked for a complete answer.",
        _in_mode(("blocking",), "streaming"),
    ),
    _fault(
        "stream-by-default", "A stream answers who named no mode.", _in_mode((None,), "streaming")
    ),
)
