"""Turns a source of events into the bytes of an event stream, with a ping in every interval."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable

from completion_server.events import Event

PING = b"event: ping\n\n"

Emit = Callable[[Event], None]
EventSource = Callable[[Emit], Awaitable[None]]


async def event_stream(source: EventSource, ping_interval: float) -> AsyncGenerator[bytes]:
    """Run the source and give each event as it is made; leaving early cancels the source.

    `ping_interval` is in seconds. Pings have no data line and don't wait for silence (row 22).
    """
    queue: asyncio.Queue[Event | None] = asyncio.Queue()
    running = asyncio.create_task(_run(source, queue))
    now = asyncio.get_running_loop().time
    ping_at = now() + ping_interval
    try:
        while True:
            try:
                async with asyncio.timeout(ping_at - now()):
                    event = await queue.get()
            except TimeoutError:
                ping_at = now() + ping_interval
                yield PING
                continue
            if event is None:
                return
            yield frame(event)
    finally:
        running.cancel()


async def _run(source: EventSource, queue: asyncio.Queue[Event | None]) -> None:
    try:
        await source(queue.put_nowait)
    finally:
        queue.put_nowait(None)


def frame(event: Event) -> bytes:
    """Write one event: compact JSON in raw UTF-8, U+2028 included (row 30)."""
    return f"data: {json.dumps(event, separators=(',', ':'), ensure_ascii=False)}\n\n".encode()
