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
    task = asyncio.create_task(_Watch(service).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class _Watch:
    """Looks five times a second while something runs, and beats once a second."""

    def __init__(self, service: Service) -> None:
        self._running = service.running
        self._store = service.store
        self._kept: set[str] = set()
        self._started = 0

    async def run(self) -> None:
        """Look until cancelled."""
        turn = 0
        while True:
            await asyncio.sleep(INTERVAL)
            if not self._has_work():
                continue
            turn += 1
            try:
                await self._stop()
                if turn % INTERVALS_A_BEAT == 0:
                    await self._beat()
            except Exception:
                # A database that can't be asked now may answer in a moment.
                logger.exception("the store can't be asked for stop requests")

    def _has_work(self) -> bool:
        """Whether something runs, or has run since the store was last seen to be at rest."""
        return bool(len(self._running) or self._kept or self._started < self._running.started)

    async def _stop(self) -> None:
        for task_id in await self._store.stops():
            self._running.stop(task_id)

    async def _beat(self) -> None:
        """Say that this worker is alive, and end what the store takes for running and is not.

        That is so if the end of an answer could not be kept. Whatever has only just begun or ended
        is looked at once more, a second later.
        """
        await self._store.beat()
        started = self._running.started
        kept = await self._store.running() - self._running.task_ids
        for task_id in kept & self._kept:
            await self._store.end(task_id)
        self._kept = kept | self._running.task_ids
        self._started = started
