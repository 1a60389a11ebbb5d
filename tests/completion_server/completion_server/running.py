"""Keeps the generations under way, so that a stop request can end one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class RunningTask:
    """A generation under way: who asked for it and how to end it."""

    end_user_id: str
    stop: Callable[[], object]


class Running:
    """The generations under way, by task id."""

    def __init__(self) -> None:
        self._tasks: dict[str, RunningTask] = {}

    @contextmanager
    def entered(self, task_id: str, task: RunningTask) -> Iterator[None]:
        """Keep a task for as long as the block runs."""
        self._tasks[task_id] = task
        try:
            yield
        finally:
            del self._tasks[task_id]

    def stop(self, task_id: str, end_user_id: str) -> None:
        """End a task of this user; another's or an unknown one is left alone (row 44)."""
        task = self._tasks.get(task_id)
        if task is not None and task.end_user_id == end_user_id:
            task.stop()

    def stop_all(self) -> None:
        """End every task, for the server is going down."""
        for task in list(self._tasks.values()):
            task.stop()
