"""Turns a queue of events into an event stream, with a ping in every interval."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

PING = b"event: ping\n\n"

# How many events wait for a client that reads slowly before no more are made.
MOST_WAITING = 1000

Event = dict[str, Any]
# None says that there are no more events; a ping is an event without fields.
EventQueue = asyncio.Queue[Event | None]


async def event_stream(
    events: EventQueue, frame: Callable[[Event], bytes], ping_interval: float
) -> AsyncGenerator[bytes]:
    """Give each event as it comes.

    `ping_interval` is in seconds. Pings have no data line and don't wait for silence (row 22).
    """
    pinging = asyncio.create_task(_ping(events, ping_interval))
    try:
        while (event := await events.get()) is not None:
            yield frame(event) if event else PING
    finally:
        pinging.cancel()


async def _ping(events: EventQueue, interval: float) -> None:
    while True:
        await asyncio.sleep(interval)
        if events.qsize() < MOST_WAITING:
            events.put_nowait({})
