"""Sends requests one after another over several kept connections; counts the answers' statuses."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from itertools import repeat, takewhile
from typing import TYPE_CHECKING

from tests.load.connection import connected, get

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.load.measure import Scale
    from tests.load.processes import Server

BROKEN = 0
"""Counted in the place of a status, if a connection broke or an answer took too long."""
_LONGEST_ANSWER = 60.0


async def send_all(server: Server, requests: Iterable[bytes], connections: int) -> Counter[int]:
    """Send every request; a connection that breaks sends no more."""
    statuses: Counter[int] = Counter()
    left = iter(requests)
    async with asyncio.TaskGroup() as group:
        for _ in range(connections):
            group.create_task(_send(server, left, statuses))
    return statuses


async def _send(server: Server, left: Iterator[bytes], statuses: Counter[int]) -> None:
    try:
        async with connected(server) as connection:
            for request in left:
                async with asyncio.timeout(_LONGEST_ANSWER):
                    answer = await connection.exchange(request)
                statuses[answer.status] += 1
    except OSError:  # a TimeoutError is one
        statuses[BROKEN] += 1


async def warm(server: Server, scale: Scale) -> None:
    """Ask for a while, so that every worker has started and has answered something."""
    await send_all(server, lasting(scale.warming, repeat(get("/info"))), scale.connections)


def lasting(seconds: float, requests: Iterable[bytes]) -> Iterator[bytes]:
    """Give the requests until so many seconds have passed."""
    end = time.monotonic() + seconds
    return takewhile(lambda _: time.monotonic() < end, requests)
