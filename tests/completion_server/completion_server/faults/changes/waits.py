"""Waits before, within and after answers, each bounded."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import (
    change_answer,
    content,
    headers_without_length,
    is_whole,
)
from completion_server.faults.changes.streams import Frames, change_frames, event_of, numbered
from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.service import Service
from completion_server.web.event_stream import PING

TRICKLE_SECONDS = 0.05


def wait_before(seconds: float) -> Wrap:
    """Wait before the operation is asked."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def late(request: Request, service: Service) -> Response:
            await asyncio.sleep(seconds)
            return await endpoint(request, service)

        return late

    return wrap


def trickle(seconds: float) -> Wrap:
    """Send a body that is no stream a byte at a time for so long, then the rest."""

    async def slow(response: Response) -> Response:
        body = await content(response)
        trickled = StreamingResponse(_bytes(body, seconds), response.status_code)
        trickled.raw_headers = headers_without_length(response)
        return trickled

    return change_answer(is_whole, slow)


async def _bytes(body: bytes, seconds: float) -> AsyncGenerator[bytes]:
    slow = min(len(body), round(seconds / TRICKLE_SECONDS))
    for index in range(slow):
        yield body[index : index + 1]
        await asyncio.sleep(TRICKLE_SECONDS)
    yield body[slow:]


def silent_after(events: int, seconds: float) -> Wrap:
    """Send so many events of a stream, wait, and send the rest."""

    async def silent(frames: Frames) -> Frames:
        async for number, frame in numbered(frames):
            yield frame
            if number == events and event_of(frame) is not None:
                await asyncio.sleep(seconds)

    return change_frames(silent)


async def pings(seconds: float) -> Frames:
    """Give a ping a second for so long."""
    for _ in range(round(seconds)):
        await asyncio.sleep(1)
        yield PING
