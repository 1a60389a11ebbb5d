"""A store whose database fails or hangs loses no slot, tells its callers, and can be closed."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL

from completion_server.storage import Message, Store, StoreFullError, StoreTimeoutError

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
NewMessage = Callable[..., Message]

MESSAGES = "completion_server.storage.messages"
STORE = "completion_server.storage.store"
SECRET = "s3cret"


class Hang:
    """Work that ends, by failing or not, when it is let."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self._failure = failure

    def __call__(self, _connection: Connection, *_: object) -> None:
        self.begun.set()
        assert self.go_on.wait(10)
        if self._failure:
            raise self._failure


@contextmanager
def frozen(cluster: URL) -> Iterator[None]:
    """Stop the processes that serve the test's store, without a word to it."""
    engine = create_engine(cluster)
    clients = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        asked = text(f"SELECT pid FROM pg_stat_activity WHERE {clients}")  # noqa: S608
        pids = connection.scalars(asked).all()
    engine.dispose()
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("failure", [ConnectionError("away"), StoreFullError("full")])
def test_a_message_that_could_not_be_finished_is_ended_later(
    open_store: OpenStore,
    new_message: NewMessage,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
) -> None:
    message, other = new_message(), new_message()

    def fail(*_: object) -> None:
        raise failure

    async def story() -> None:
        async with open_store() as store, open_store() as another:
            await store.begin(message, 2)
            await store.begin(other, 2)
            with monkeypatch.context() as patch:
                # The second is of the attempt to end it without its answer.
                patch.setattr(f"{MESSAGES}.finish", fail)
                patch.setattr(f"{MESSAGES}.end", fail)
                with pytest.raises(type(failure)):
                    await store.finish(message.id, "An answer")
            await store.beat()
            assert {message.task_id, other.task_id} == await store.running()
            assert await another.running() == set()
            assert not await store.begin(new_message(), 2)
            await store.end(message.task_id)
            assert {other.task_id} == await store.running()
            assert await store.begin(new_message(), 2)
            assert message == await store.message(message.id, "app", "user")

    asyncio.run(story())


def test_nobody_ends_what_another_worker_runs(
    open_store: OpenStore, new_message: NewMessage
) -> None:
    message = new_message()

    async def story() -> set[str]:
        async with open_store() as store, open_store() as another:
            await store.begin(message, None)
            await another.end(message.task_id)
            return await store.running()

    assert {message.task_id} == asyncio.run(story())


def test_what_is_kept_but_still_beginning_is_not_listed_as_running(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = new_message()

    async def story() -> None:
        heard = asyncio.Event()

        async def done_but_not_heard_of(future: Future[bool]) -> bool:
            await heard.wait()
            return future.result(10)

        async with open_store() as store:
            monkeypatch.setattr(f"{STORE}._done", done_but_not_heard_of)
            beginning = asyncio.create_task(store.begin(message, None))
            await asyncio.sleep(0)
            monkeypatch.undo()
            while await store.message(message.id, "app", "user") is None:
                pass
            assert await store.running() == set()
            heard.set()
            assert await beginning
            assert {message.task_id} == await store.running()

    asyncio.run(story())


def test_nobody_waits_for_a_hung_call_longer_than_the_deadline(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, hang = new_message(), Hang()

    async def story() -> None:
        async with open_store() as store:
            await store.begin(message, 1)
            with monkeypatch.context() as patch:
                patch.setattr(f"{STORE}.CALL_SECONDS", 0.1)
                patch.setattr(f"{MESSAGES}.finish", hang)
                started = time.monotonic()
                with pytest.raises(StoreTimeoutError):
                    await store.finish(message.id, "An answer")
                assert time.monotonic() - started < 5
            hang.go_on.set()
            assert message == await store.message(message.id, "app", "user")

    asyncio.run(story())


def test_a_begin_that_nobody_waited_for_leaves_nothing_running(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    async def story() -> None:
        async with open_store() as store:
            with monkeypatch.context() as patch:
                patch.setattr(f"{STORE}.CALL_SECONDS", 0.1)
                patch.setattr("completion_server.storage.workers._now", slow_now)
                with pytest.raises(StoreTimeoutError):
                    await store.begin(new_message(), 1)
            assert begun.is_set()
            go_on.set()
            tries = [await store.begin(new_message(), 1) for _ in range(100)]
            assert any(tries)

    def slow_now() -> float:
        begun.set()
        assert go_on.wait(10)
        return time.time()

    asyncio.run(story())


@pytest.mark.parametrize("storage", ["sqlite"], indirect=True)
def test_what_had_not_begun_by_the_deadline_is_not_done(
    open_store: OpenStore, new_message: NewMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, waiting, hang = new_message(), new_message(), Hang()

    async def story() -> Message | None:
        async with open_store() as store:
            with monkeypatch.context() as patch:
                patch.setattr(f"{STORE}.CALL_SECONDS", 0.1)
                patch.setattr(f"{MESSAGES}.finish", hang)
                ended = await asyncio.gather(
                    store.finish(message.id, ""), store.begin(waiting, 1), return_exceptions=True
                )
            assert [StoreTimeoutError] * 2 == [type(each) for each in ended]
            hang.go_on.set()
            return await store.message(waiting.id, "app", "user")

    assert asyncio.run(story()) is None


@pytest.mark.parametrize("storage", ["postgresql"], indirect=True)
def test_a_frozen_postgresql_holds_up_neither_calls_nor_closing(
    open_store: OpenStore,
    new_message: NewMessage,
    postgresql: URL,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"{STORE}.CALL_SECONDS", 0.3)
    monkeypatch.setattr(f"{STORE}.CLOSE_SECONDS", 0.3)

    async def story() -> float:
        async with open_store() as store:
            await store.begin(new_message(), None)
            with frozen(postgresql):
                with pytest.raises(StoreTimeoutError):
                    await store.begin(new_message(), None)
                started = time.monotonic()
                await store.close()
                took = time.monotonic() - started
            # What hung goes on: its connections can be closed now.
            assert store._database.close(10)
            monkeypatch.setattr(store, "close", lambda: asyncio.sleep(0))
            return took

    assert asyncio.run(story()) < 2


def test_a_hung_call_does_not_keep_the_process(tmp_path: Path) -> None:
    story = """
import asyncio, sys, time
from pathlib import Path
from completion_server.settings import Storage
from completion_server.storage import Store, store as module
module.CLOSE_SECONDS = 0.1
async def story():
    store = Store.open(Path(sys.argv[1]), Storage(database="sqlite://"))
    store._database.write(lambda _: time.sleep(60))
    store._content_threads.submit(lambda: time.sleep(60))
    await store.close()
asyncio.run(story())
"""
    command = [sys.executable, "-c", story, str(tmp_path)]
    subprocess.run(command, check=True, timeout=20)  # noqa: S603


@pytest.mark.parametrize("left", ["cancelled", "too late"])
def test_a_failure_that_nobody_waited_for_is_logged_once_without_values(
    open_store: OpenStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    left: str,
) -> None:
    hang = Hang(ConnectionError(f"Key ({SECRET}) already exists"))

    async def story() -> None:
        async with open_store() as store:
            with monkeypatch.context() as patch:
                patch.setattr(f"{MESSAGES}.finish", hang)
                patch.setattr(f"{STORE}.CALL_SECONDS", 0.1 if left == "too late" else 10)
                finishing = asyncio.create_task(store.finish("id", SECRET))
                await asyncio.to_thread(hang.begun.wait, 10)
                if left == "cancelled":
                    finishing.cancel()
                await asyncio.gather(finishing, return_exceptions=True)
            hang.go_on.set()

    with caplog.at_level(logging.DEBUG):
        asyncio.run(story())
    logged = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert logged == ["a call that nobody waited for failed: ConnectionError"]
    assert SECRET not in caplog.text
