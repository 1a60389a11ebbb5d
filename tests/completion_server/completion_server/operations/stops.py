"""Passes stop requests, which any worker may receive, to the generations of this one."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from completion_server.operations.service import Service

logger = logging.getLogger(__name__)

INTERVAL = 0.2
INTERVALS_A_BEAT = 5


@asynccontextmanager
async def watching_stops(service: Service) -> AsyncGenerator[None]:
    """Look for stop requests, and say that this worker is alive, for as long as the block runs."""
    task = asyncio.create_task(_watch(service))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(service: Service) -> None:
    turn = 0
    while True:
        await asyncio.sleep(INTERVAL)
        if not len(service.running):
            continue
        turn += 1
        try:
            await _look(service, beat=turn % INTERVALS_A_BEAT == 0)
        except Exception:
            # A database that can't be asked now may answer in a moment.
            logger.exception("stop requests can't be read")


async def _look(service: Service, *, beat: bool) -> None:
    if beat:
        await service.store.beat()
    for task_id in await service.store.stops():
        service.running.stop(task_id)
