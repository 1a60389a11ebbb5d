"""Changes to event streams: to the frames of one, or to its events; a ping is a frame, no event."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import aclosing
from typing import Any, cast

from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import change_answer, is_stream
from completion_server.faults.changes.edits import Edit
from completion_server.faults.fault import Wrap

Event = dict[str, Any]
Frames = AsyncIterator[bytes]


def change_frames(change: Callable[[Frames], Frames]) -> Wrap:
    """Change a stream, frame by frame or as a whole."""

    def changed(response: Response) -> Response:
        assert isinstance(response, StreamingResponse)
        frames = cast("AsyncGenerator[bytes]", response.body_iterator)
        response.body_iterator = _closing(frames, change)
        return response

    return change_answer(is_stream, changed)


async def _closing(
    frames: AsyncGenerator[bytes], change: Callable[[Frames], Frames]
) -> AsyncGenerator[bytes]:
    # A change may stop reading early; the generation behind must learn of it.
    async with aclosing(frames):
        async for frame in change(frames):
            yield frame


def each_frame(change: Callable[[bytes], bytes]) -> Wrap:
    """Change every frame on its own."""

    async def changed(frames: Frames) -> Frames:
        async for frame in frames:
            yield change(frame)

    return change_frames(changed)


def each_event(change: Callable[[Event], Iterable[Event]]) -> Wrap:
    """Put any number of events in the place of each."""

    async def changed(frames: Frames) -> Frames:
        async for frame in frames:
            event = event_of(frame)
            if event is None:
                yield frame
            else:
                for each in change(event):
                    yield frame_of(each)

    return change_frames(changed)


def change_event(name: str, edit: Edit) -> Wrap:
    """Edit the events of one name."""
    return each_frame(lambda frame: frame_of(edit(event_of(frame))) if is_a(frame, name) else frame)


def drop_event(name: str) -> Wrap:
    """Leave out the events of one name."""
    return each_frame(lambda frame: b"" if is_a(frame, name) else frame)


def after_event(name: str, make: Callable[[Event], Event]) -> Wrap:
    """Let another event, made from it, follow each of one name."""
    return each_event(lambda event: (event, make(event)) if event["event"] == name else (event,))


def before_event(name: str, make: Callable[[Event], Event]) -> Wrap:
    """Let another event, made from it, go before each of one name."""
    return each_event(lambda event: (make(event), event) if event["event"] == name else (event,))


def from_event(number: int, change: Callable[[bytes], bytes]) -> Wrap:
    """Change the frames from one on, counting events from 1."""

    async def changed(frames: Frames) -> Frames:
        seen = 0
        async for frame in frames:
            seen += event_of(frame) is not None
            yield change(frame) if seen >= number else frame

    return change_frames(changed)


def event_of(frame: bytes) -> Event | None:
    """Read the event of a frame; None for a ping."""
    if not frame.startswith(b"data: "):
        return None
    event: Event = json.loads(frame.removeprefix(b"data: "))
    return event


def is_a(frame: bytes, name: str) -> bool:
    """Tell whether a frame carries an event of this name."""
    event = event_of(frame)
    return event is not None and event["event"] == name


def frame_of(event: Any) -> bytes:
    """Write one event."""
    return f"data: {json.dumps(event, separators=(',', ':'), ensure_ascii=False)}\n\n".encode()
