"""Streams whose bytes don't make the events that they should, or not in time."""

from completion_server.faults.changes.streams import Frames, change_frames, each_frame, from_event
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
    seen = 0
    async for frame in frames:
        yield _insert(frame, SPLIT[seen : seen + 1]) if seen < len(SPLIT) else frame
        seen += 1


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


def _lines(frame: bytes) -> bytes:
    return frame.removeprefix(b"data: ").rstrip(b"\n") + b"\n"


def _fault(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, COMPLETION, wrap)


FAULTS = (
    _fault(
        "blank-line-missing",
        "No blank line ends an event.",
        each_frame(lambda frame: frame.rstrip(b"\n") + b"\n"),
    ),
    _fault(
        "carriage-return",
        "One carriage return ends an event, where a blank line should.",
        each_frame(lambda frame: frame.rstrip(b"\n") + b"\r"),
    ),
    _fault(
        "last-blank-line-missing",
        "No blank line ends the last event.",
        change_frames(_unfinished),
    ),
    _fault(
        "line-break-in-data",
        "A raw line break stands within an event's JSON.",
        from_event(2, lambda frame: _insert(frame, b"\n")),
    ),
    _fault(
        "split-utf-8",
        "A character's bytes are torn apart, half of it in each of two events.",
        change_frames(_split_character),
    ),
    _fault(
        "invalid-utf-8",
        "Answers hold bytes that are no UTF-8.",
        each_frame(lambda frame: _insert(frame, b"\xff\xfe")),
    ),
    _fault(
        "bom-in-mid-stream",
        "A byte order mark stands before the third event and all after it.",
        from_event(3, lambda frame: b"\xef\xbb\xbf" + frame),
    ),
    _fault("event-without-data", "Pieces of the answer have no data.", each_frame(_without_data)),
    _fault(
        "data-no-json",
        "An event's JSON is cut short.",
        from_event(2, lambda frame: frame[: len(frame) // 2] + b"\n\n"),
    ),
    _fault(
        "data-list",
        "An event is a list.",
        each_frame(
            lambda frame: frame.replace(b"data: {", b"data: [{").replace(b"}\n\n", b"}]\n\n")
        ),
    ),
    _fault(
        "field-unknown",
        "Events stand in a field `payload`, which readers skip.",
        each_frame(lambda frame: frame.replace(b"data: ", b"payload: ", 1)),
    ),
    _fault(
        "event-misnamed",
        "A line `event: error` stands above the data of messages.",
        each_frame(
            lambda frame: b"event: error\n" + frame if frame.startswith(b"data: ") else frame
        ),
    ),
    _fault("done-marker", "`[DONE]` ends a stream, as OpenAI has it.", change_frames(_done)),
    _fault("json-lines", "A stream is lines of JSON, without `data:`.", each_frame(_lines)),
    _fault(
        "buffered-stream",
        "A stream comes in one piece, when the answer is complete.",
        change_frames(_joined),
    ),
)
