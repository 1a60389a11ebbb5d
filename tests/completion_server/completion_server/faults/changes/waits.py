"""Waits before, within and after answers, each bounded."""

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import content, is_stream
from completion_server.faults.changes.streams import Frames
from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.service import Service

PING = b"event: ping\n\n"
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

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def slow(request: Request, service: Service) -> Response:
            response = await endpoint(request, service)
            if is_stream(response):
                return response
            body = await content(response)
            headers = {"content-type": response.headers["content-type"]}
            return StreamingResponse(_bytes(body, seconds), response.status_code, headers)

        return slow

    return wrap


async def _bytes(body: bytes, seconds: float) -> AsyncGenerator[bytes]:
    slow = min(len(body), round(seconds / TRICKLE_SECONDS))
    for index in range(slow):
        yield body[index : index + 1]
        await asyncio.sleep(TRICKLE_SECONDS)
    yield body[slow:]


async def pings(seconds: float) -> Frames:
    """Give a ping a second for so long."""
    for _ in range(round(seconds)):
        await asyncio.sleep(1)
        yield PING
