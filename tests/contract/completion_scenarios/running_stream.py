"""A long stream, read in a thread of its own while other things are asked for."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dify_completion import models
from specloom.contract.scenario import Skipped

from .client import STREAM_PATIENCE
from .operations import CREATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dify_completion import Stream
    from specloom.contract.scenario import Server

    from .app import App

BEGINNING = 60.0
"""Seconds that a model has to say its first word."""

LEAVING = 5.0


class RunningStream:
    """What has come of a stream so far; `over` is set when no more will."""

    def __init__(self, stream: Stream[Any]) -> None:
        self._stream = stream
        self._events: list[Any] = []
        self._error: Exception | None = None
        self._begun, self._left, self.over = (threading.Event() for _ in range(3))

    @property
    def task_id(self) -> str:
        """The task, by the first event."""
        task_id: str = self._events[0].task_id
        return task_id

    @property
    def has_end(self) -> bool:
        """Whether the event has come that ends the stream."""
        return any(isinstance(event, models.StreamEventMessageEnd) for event in self._events)

    def check(self) -> None:
        """Raise what reading raised, if it did."""
        if self._error:
            raise self._error

    def wait_for_beginning(self) -> None:
        """Wait for the first event. Raises Skipped if the stream is over by then."""
        self._begun.wait(BEGINNING)
        self.check()
        if self.over.is_set() or not self._events:
            raise Skipped("no stream goes on for long enough")

    def leave(self) -> None:
        """Read no further."""
        self._left.set()

    def read(self) -> None:
        """Read to the end, or until it is left."""
        try:
            with self._stream as events:
                for event in events:
                    self._events.append(event)
                    self._begun.set()
                    if self._left.is_set():
                        break
        except Exception as error:  # noqa: BLE001 - raised in the thread that looks at the stream
            self._error = error
        self.over.set()
        self._begun.set()


@contextmanager
def running_stream(app: App, server: Server, user: str) -> Iterator[RunningStream]:
    """Start a long stream, which is left with the block. Raises Skipped if there can be none."""
    if CREATE not in server.stops:
        raise Skipped("`[[contract.stops]]` names no request for a long stream")
    inputs: Any = server.stops[CREATE]["inputs"]
    running = RunningStream(
        app.client.completion.stream_completion_message(
            inputs=inputs, user=user, timeout=STREAM_PATIENCE
        )
    )
    thread = threading.Thread(target=running.read, daemon=True)
    thread.start()
    try:
        running.wait_for_beginning()
        yield running
    finally:
        running.leave()
        thread.join(LEAVING)
