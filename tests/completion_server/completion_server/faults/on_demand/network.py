"""Trouble on the way: slowness, silence, connections that break, proxies that answer instead."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import cast

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import (
    answer_with,
    change_bytes,
    content,
    is_stream,
    json_success,
)
from completion_server.faults.changes.connections import BrokenOffResponse
from completion_server.faults.changes.streams import Frames, change_frames, event_of
from completion_server.faults.changes.waits import trickle, wait_before
from completion_server.faults.fault import Endpoint, Fault, Wrap
from completion_server.faults.operation_ids import ANSWERING_JSON, COMPLETION, EVERY
from completion_server.operations.service import Service

SLOW_SECONDS = 3.0
EVENT_SECONDS = 1.0
STALL_SECONDS = 30.0
SEEN_EVENTS = 2

PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


def _proxy_answers(status: int, title: str) -> Wrap:
    page = PAGE.format(f"{status} {title}")
    return answer_with(lambda: Response(page, status, media_type="text/html"))


def _break_off(change: Callable[[Response], Awaitable[Response]]) -> Wrap:
    def wrap(endpoint: Endpoint) -> Endpoint:
        async def broken(request: Request, service: Service) -> Response:
            return await change(await endpoint(request, service))

        return broken

    return wrap


async def _cut_body(response: Response) -> Response:
    if is_stream(response):
        return response
    body = await content(response)
    return BrokenOffResponse(response, _pieces(body[: len(body) // 2]))


async def _wrong_length(response: Response) -> Response:
    if is_stream(response):
        return response
    body = await content(response)
    return BrokenOffResponse(response, _pieces(body), len(body) + 100)


def _cut_stream(beyond: int) -> Wrap:
    """Break a stream off after some events and so many bytes of the next."""

    async def cut(response: Response) -> Response:
        if not isinstance(response, StreamingResponse) or not is_stream(response):
            return response
        seen = _first_events(response, beyond)
        return BrokenOffResponse(response, seen)

    return _break_off(cut)


async def _first_events(response: StreamingResponse, beyond: int) -> AsyncGenerator[bytes]:
    seen = 0
    async with aclosing(cast("AsyncGenerator[bytes]", response.body_iterator)) as frames:
        async for frame in frames:
            if seen == SEEN_EVENTS:
                yield frame[:beyond]
                return
            seen += event_of(frame) is not None
            yield frame


async def _pieces(body: bytes) -> AsyncGenerator[bytes]:
    yield body


async def _slow(frames: Frames) -> Frames:
    async for frame in frames:
        yield frame
        await asyncio.sleep(EVENT_SECONDS)


async def _stalled(frames: Frames) -> Frames:
    seen = 0
    async for frame in frames:
        seen += event_of(frame) is not None
        yield frame
        if seen == SEEN_EVENTS:
            await asyncio.sleep(STALL_SECONDS)


FAULTS = (
    Fault("slow-first-byte", "Nothing comes for 3 s.", EVERY, wait_before(SLOW_SECONDS)),
    Fault("slow-body", "The body comes byte by byte for 3 s.", EVERY, trickle(SLOW_SECONDS)),
    Fault("slow-stream", "A second passes between events.", COMPLETION, change_frames(_slow)),
    Fault(
        "stalled-stream",
        "A stream is silent for 30 s after two events.",
        COMPLETION,
        change_frames(_stalled),
    ),
    Fault("cut-body", "The connection ends in mid-body.", EVERY, _break_off(_cut_body)),
    Fault("cut-stream", "The connection ends after two events.", COMPLETION, _cut_stream(0)),
    Fault("cut-event", "The connection ends in the third event.", COMPLETION, _cut_stream(40)),
    Fault(
        "empty-answer",
        "The body is empty.",
        EVERY,
        change_bytes(lambda _: True, lambda _: b""),
    ),
    Fault("bad-gateway", "502, a proxy's page.", EVERY, _proxy_answers(502, "Bad Gateway")),
    Fault(
        "gateway-timeout", "504, a proxy's page.", EVERY, _proxy_answers(504, "Gateway Time-out")
    ),
    Fault(
        "truncated-json",
        "JSON stops half way, in a complete answer.",
        ANSWERING_JSON,
        change_bytes(json_success, lambda body: body[: len(body) // 2]),
    ),
    Fault(
        "wrong-length",
        "`Content-Length` promises 100 bytes more than come.",
        EVERY,
        _break_off(_wrong_length),
    ),
)
