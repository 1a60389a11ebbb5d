"""Turns the response of an endpoint, streamed or at once, into pieces of text and token counts.

It reads no more than it must: events, bodies and what follows the end are bounded.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import httpx2

from completion_server.models.chat_completions import counts_of, read_json, text_of
from completion_server.models.endpoint_errors import malformed, unreached
from completion_server.models.model import TokenCounts
from completion_server.models.pieces import pieces

DRAIN_SECONDS = 0.2
LONGEST_EVENT = 1024 * 1024
LONGEST_JSON = 4 * 1024 * 1024


async def streamed(response: httpx2.Response, key: str | None) -> AsyncGenerator[str | TokenCounts]:
    """Read the answer from an event stream, which ends with `[DONE]` or is incomplete."""
    counts = None
    async with aclosing(_data(response)) as events:
        async for data in events:
            if data == "[DONE]":
                break
            chunk = read_json(data, key)
            counts = counts_of(chunk) or counts
            yield text_of(chunk)
        else:
            raise unreached("The endpoint's answer ended too early.")
        if counts:
            yield counts
        await _drain(events)


async def _data(response: httpx2.Response) -> AsyncGenerator[str]:
    """Give the data of each event that has any."""
    source = httpx2.EventSource(response, max_event_size=LONGEST_EVENT)
    async for event in source:
        if data := event.data.strip():
            yield data


async def _drain(events: AsyncGenerator[str]) -> None:
    """Read what may follow `[DONE]`: a connection can only be used again if nothing is left."""
    with suppress(TimeoutError, httpx2.HTTPError):
        async with asyncio.timeout(DRAIN_SECONDS):
            async for _ in events:
                pass


async def whole(response: httpx2.Response, key: str | None) -> AsyncGenerator[str | TokenCounts]:
    """Read an answer that came at once; it is given in pieces nonetheless."""
    body = await beginning(response, LONGEST_JSON + 1)
    if len(body) > LONGEST_JSON:
        raise malformed("The endpoint's answer is too large.")
    answer = read_json(body, key)
    for piece in pieces(text_of(answer)):
        yield piece
    if counts := counts_of(answer):
        yield counts


async def beginning(response: httpx2.Response, most: int) -> bytes:
    """Read at most so many bytes of a body."""
    body = bytearray()
    async with aclosing(response.aiter_bytes()) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) >= most:
                break
    return bytes(body[:most])
