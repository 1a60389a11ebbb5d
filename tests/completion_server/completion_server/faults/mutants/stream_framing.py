"""Streams whose bytes don't make the events that they should, or not in time."""

from completion_server.faults.changes.streams import (
    Frames,
    change_frames,
    each_frame,
    from_event,
    numbered,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION

SPLIT = "é".encode()
ANSWER = b'"answer":"'
ANSWER_SPACED = b'"answer": "'


def _insert(frame: bytes, text: bytes) -> bytes:
    """Put bytes at the start of a frame's answer, in either version's way of writing."""
    for start in (ANSWER, ANSWER_SPACED):
        frame = frame.replace(start, start + text)
    return frame


async def _split_character(frames: Frames) -> Frames:
    async for number, frame in numbered(frames):
        yield _insert(frame, SPLIT[number - 1 : number])


async def _joined(frames: Frames) -> Frames:
    yield b"".join([frame async for frame in frames])


async def _done(frames: Frames) -> Frames:
    async for frame in frames:
        yield frame
    yield b"data: [DONE]\n\n"


async def _unfinished(frames: Frames) -> Frames:
    """Leave out the blank line of the last frame, which makes it an event."""
    last = b""
    async for frame in frames:
        yield last
        last = frame
    yield last.rstrip(b"\n") + b"\n"


def _without_data(frame: bytes) -> bytes:
    return b"event: message\n\n" if ANSWER in frame or ANSWER_SPACED in frame else frame


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, COMPLETION, wrap)


FAULTS = (
    _fault(
        "blank-line-missing",
        "In a stream, no blank line ends an event.",
        each_frame(lambda frame: frame.rstrip(b"\n") + b"\n"),
    ),
    _fault(
        "last-blank-line-missing",
        "No blank line ends the last event of a stream.",
        change_frames(_unfinished),
    ),
    _fault(
        "line-break-in-data",
        "In a stream, a raw line break stands within an event's JSON.",
        from_event(2, lambda frame: _insert(frame, b"\n")),
    ),
    _fault(
        "split-utf-8",
        "In a stream, half of a character's bytes stands in each of two events.",
        change_frames(_split_character),
    ),
    _fault(
        "invalid-utf-8",
        "A stream holds bytes that are no UTF-8.",
        each_frame(lambda frame: _insert(frame, b"\xff\xfe")),
    ),
    _fault(
        "bom-in-mid-stream",
        "A byte order mark stands before the third event of a stream and all after it.",
        from_event(3, lambda frame: b"\xef\xbb\xbf" + frame),
    ),
    _fault(
        "event-without-data",
        "In a stream, pieces of the answer have no data.",
        each_frame(_without_data),
    ),
    _fault(
        "data-no-json",
        "In a stream, an event's JSON is cut short.",
        from_event(2, lambda frame: frame[: len(frame) // 2] + b"\n\n"),
    ),
    _fault(
        "field-unknown",
        "The events of a stream stand in a field `payload`, which readers skip.",
        each_frame(lambda frame: frame.replace(b"data: ", b"payload: ", 1)),
    ),
    _fault(
        "event-misnamed",
        "In a stream, a line `event: error` stands above the data of messages.",
        each_frame(
            lambda frame: b"event: error\n" + frame if frame.startswith(b"data: ") else frame
        ),
    ),
    _fault("done-marker", "`[DONE]` ends a stream, as OpenAI has it.", change_frames(_done)),
    _fault(
        "buffered-stream",
        "A stream comes in one piece, when the answer is complete.",
        change_frames(_joined),
    ),
)
