"""Makes calls in threads, in the order in which they come; knows nothing of what they do.

A call that hangs keeps neither `close` nor the end of the process waiting.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


class Threads:
    """A pool of threads; unlike ThreadPoolExecutor's, the interpreter ends without them."""

    def __init__(self, number: int, name: str) -> None:
        self._calls: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._make_calls, name=f"{name}-{each}", daemon=True)
            for each in range(number)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, call: Callable[[], Result]) -> Future[Result]:
        """Make a call as soon as a thread is free; RuntimeError if the pool is closed."""
        future: Future[Result] = Future()
        with self._closing:
            if self._closed:
                raise RuntimeError("closed: no more calls are taken")
            self._calls.put(lambda: _run(future, call))
        return future

    def close(self, seconds: float) -> bool:
        """Take no more calls, and wait for those that came; False if the seconds were too few."""
        with self._closing:
            self._closed = True
            for _ in self._threads:
                self._calls.put(None)
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _make_calls(self) -> None:
        while call := self._calls.get():
            call()
            # It holds its result, which may be large.
            del call


def _run(future: Future[Result], call: Callable[[], Result]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001
        future.set_exception(error)
    else:
        future.set_result(result)
