"""Keeps the generations under way in this process, so that each can be ended."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

LONGEST_FAREWELL = 5.0


class Running:
    """The generations under way, by task id; `started` counts all there ever were."""

    def __init__(self) -> None:
        self._stops: dict[str, Callable[[], object]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.started = 0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._tasks)

    @property
    def task_ids(self) -> set[str]:
        """The ids of those under way."""
        return set(self._stops)

    def start(
        self, task_id: str, work: Coroutine[Any, Any, None], stop: Callable[[], object]
    ) -> None:
        """Run a generation to its end, whoever leaves meanwhile; `stop` makes it end soon."""
        task = asyncio.create_task(work)
        self.started += 1
        self._tasks.add(task)
        self._stops[task_id] = stop

        def ended(ended_task: "asyncio.Task[None]") -> None:
            self._tasks.discard(ended_task)
            del self._stops[task_id]

        task.add_done_callback(ended)

    def stop(self, task_id: str) -> None:
        """Make a generation end soon, if it is under way here."""
        if stop := self._stops.get(task_id):
            stop()

    def stop_all(self) -> None:
        """Make every generation end soon, for the server is going down."""
        for stop in list(self._stops.values()):
            stop()

    async def end_all(self) -> None:
        """Stop every generation and wait until each has kept its answer."""
        self.stop_all()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LONGEST_FAREWELL)
