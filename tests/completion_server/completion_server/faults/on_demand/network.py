"""Trouble on the way: slowness, silence, connections that break, proxies that answer instead."""

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

from starlette.responses import Response, StreamingResponse

from completion_server.faults.changes.answers import (
    answer_with,
    change_answer,
    change_bytes,
    content,
    is_stream,
    is_whole,
    json_success,
)
from completion_server.faults.changes.connections import BrokenOffResponse
from completion_server.faults.changes.streams import Frames, change_frames, numbered
from completion_server.faults.changes.waits import silent_after, trickle, wait_before
from completion_server.faults.fault import Fault, Wrap, together
from completion_server.faults.operation_ids import ANSWERING_JSON, COMPLETION, EVERY

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


async def _cut_body(response: Response) -> Response:
    body = await content(response)
    return BrokenOffResponse(response, _pieces(body[: len(body) // 2]))


async def _wrong_length(response: Response) -> Response:
    body = await content(response)
    return BrokenOffResponse(response, _pieces(body), len(body) + 100)


async def _pieces(body: bytes) -> AsyncGenerator[bytes]:
    yield body


def _cut_stream(beyond: int) -> Wrap:
    """Break a stream off after some events and so many bytes of the next."""

    async def cut(frames: Frames) -> Frames:
        async for number, frame in numbered(frames):
            if number > SEEN_EVENTS:
                yield frame[:beyond]
                return
            yield frame

    return together(change_frames(cut), change_answer(is_stream, _broken_off))


async def _broken_off(response: Response) -> Response:
    assert isinstance(response, StreamingResponse)
    return BrokenOffResponse(response, cast("AsyncGenerator[bytes]", response.body_iterator))


async def _slow(frames: Frames) -> Frames:
    async for frame in frames:
        yield frame
        await asyncio.sleep(EVENT_SECONDS)


FAULTS = (
    Fault("slow-first-byte", "Nothing comes for 3 s.", EVERY, wait_before(SLOW_SECONDS)),
    Fault(
        "slow-body",
        "A complete answer comes byte by byte for 3 s.",
        EVERY,
        trickle(SLOW_SECONDS),
    ),
    Fault(
        "slow-stream",
        "A second passes between the events of a stream.",
        COMPLETION,
        change_frames(_slow),
    ),
    Fault(
        "stalled-stream",
        "A stream is silent for 30 s after two events.",
        COMPLETION,
        silent_after(SEEN_EVENTS, STALL_SECONDS),
    ),
    Fault(
        "cut-body",
        "The connection ends in the middle of a complete answer.",
        EVERY,
        change_answer(is_whole, _cut_body),
    ),
    Fault(
        "cut-stream",
        "The connection ends after two events of a stream.",
        COMPLETION,
        _cut_stream(0),
    ),
    Fault(
        "cut-event",
        "The connection ends in the third event of a stream.",
        COMPLETION,
        _cut_stream(40),
    ),
    Fault(
        "empty-answer",
        "The body is empty, also where a stream was asked for.",
        EVERY,
        change_bytes(lambda _: True, lambda _: b""),
    ),
    Fault("bad-gateway", "502, a proxy's page.", EVERY, _proxy_answers(502, "Bad Gateway")),
    Fault(
        "gateway-timeout", "504, a proxy's page.", EVERY, _proxy_answers(504, "Gateway Time-out")
    ),
    Fault(
        "truncated-json",
        "The JSON of a complete answer stops half way.",
        ANSWERING_JSON,
        change_bytes(json_success, lambda body: body[: len(body) // 2]),
    ),
    Fault(
        "wrong-length",
        "`Content-Length` of a complete answer promises 100 bytes more than come.",
        EVERY,
        change_answer(is_whole, _wrong_length),
    ),
)
