"""Changes to event streams: to the frames of one, or to its events; a ping is a frame, no event."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import aclosing
from typing import cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import change_answer, is_stream
from completion_server.faults.changes.edits import Edit
from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.events import Event
from completion_server.operations.service import Service

Frames = AsyncIterator[bytes]
WriteFrame = Callable[[Event], bytes]


def change_frames(change: Callable[[Frames], Frames]) -> Wrap:
    """Change a stream, frame by frame or as a whole."""

    async def changed(response: Response) -> Response:
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


def change_events(change: Callable[[Frames, WriteFrame], Frames]) -> Wrap:
    """Change a stream; what `change` gets beside the frames writes an event as its version does."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def changed(request: Request, service: Service) -> Response:
            written = change_frames(lambda frames: change(frames, service.dialect.frame))
            return await written(endpoint)(request, service)

        return changed

    return wrap


def each_frame(change: Callable[[bytes], bytes]) -> Wrap:
    """Change every frame on its own."""

    async def changed(frames: Frames) -> Frames:
        async for frame in frames:
            yield change(frame)

    return change_frames(changed)


def from_event(first: int, change: Callable[[bytes], bytes]) -> Wrap:
    """Change the frames from one on, counting events from 1."""

    async def changed(frames: Frames) -> Frames:
        async for number, frame in numbered(frames):
            yield change(frame) if number >= first else frame

    return change_frames(changed)


def replace_event(name: str, change: Callable[[Event], Iterable[Event]]) -> Wrap:
    """Put any number of events in the place of each of one name."""

    async def changed(frames: Frames, write: WriteFrame) -> Frames:
        async for frame in frames:
            event = event_of(frame)
            if event is None or event.get("event") != name:
                yield frame
            else:
                for each in change(event):
                    yield write(each)

    return change_events(changed)


def edit_event(name: str, edit: Edit) -> Wrap:
    """Edit the events of one name."""
    return replace_event(name, lambda event: (edit(event),))


async def numbered(frames: Frames) -> AsyncIterator[tuple[int, bytes]]:
    """Count the events of a stream, from 1; another frame has the number of the event before it."""
    number = 0
    async for frame in frames:
        number += event_of(frame) is not None
        yield number, frame


def event_of(frame: bytes) -> Event | None:
    """Read the event of a frame; None for a ping."""
    if not frame.startswith(b"data: "):
        return None
    event: Event = json.loads(frame.removeprefix(b"data: "))
    return event


def is_a(frame: bytes, name: str) -> bool:
    """Tell whether a frame carries an event of this name."""
    event = event_of(frame)
    return event is not None and event.get("event") == name
