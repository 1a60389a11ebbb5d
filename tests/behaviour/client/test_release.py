"""A stream's connection is released however the stream is left."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from dify_completion import APITimeoutError
from tests.behaviour.client.answers import INFO, STREAM, message
from tests.behaviour.client.fault_server import Connection, FaultServer, replies, stalls
from tests.behaviour.client.flavours import Call, Client, info, one_connection, stream


class LeavingError(Exception):
    """What a caller's own code raises."""


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Two events and no more; then a connection that answers."""
    script = stalls(STREAM + message("a") + message("b"))
    with FaultServer(script, replies(INFO)) as running:
        yield running


def leave_by_break(client: Client) -> None:
    with client.stream(stream) as events:
        for _ in events:
            break


def leave_by_exception(client: Client) -> None:
    def leave(_: object) -> None:
        raise LeavingError

    with pytest.raises(LeavingError):
        client.events(stream, then=leave)


def leave_unread(client: Client) -> None:
    with client.stream(stream):
        pass


def leave_by_close(client: Client) -> None:
    opened = stream(client.wrapped)
    client.first(opened)
    client.done(opened.close())


def leave_entered_as_garbage(client: Client) -> None:
    opened = stream(client.wrapped)
    client.done(opened.__aenter__()) if client.is_async else opened.__enter__()
    del opened
    gc.collect()
    client.run_a_moment()


def leave_as_garbage(client: Client) -> None:
    opened = stream(client.wrapped)
    client.first(opened)
    del opened
    gc.collect()
    client.run_a_moment()


LEAVING = [
    leave_by_break,
    leave_by_exception,
    leave_unread,
    leave_by_close,
    leave_as_garbage,
    leave_entered_as_garbage,
]


@pytest.mark.parametrize("leave", LEAVING)
def test_the_connection_is_released(
    flavour: str, server: FaultServer, leave: Callable[[Client], None]
) -> None:
    with one_connection(flavour, server.base_url) as client:
        leave(client)
        assert server.connections[0].left.wait(2.0)
        assert client.call(info).name == "App"
    assert server.all_left()


def test_a_held_connection_is_waited_for_no_longer_than_the_timeout(
    flavour: str, server: FaultServer
) -> None:
    timeout = httpx2.Timeout(5.0, pool=0.2)
    with one_connection(flavour, server.base_url, timeout=timeout) as client:
        with client.stream(stream) as events:
            next(events)
            with pytest.raises(APITimeoutError):
                client.call(info)
        assert client.call(info).name == "App"


def test_closing_the_client_closes_a_stream_that_is_open(flavour: str) -> None:
    with (
        FaultServer(stalls(STREAM + message("a"))) as server,
        Client(flavour, server.base_url) as client,
    ):
        opened = stream(client.wrapped)
        client.first(opened)
        client.close()
        assert server.all_left()
        with suppress(Exception):  # what it raises is not promised, only that it ends
            client.first(opened)


class TestCancelled:
    """A task that is cancelled releases its connection, wherever it is."""

    @staticmethod
    def cancelled(server: FaultServer, client: Client, task_of: Call, after: float) -> None:
        async def run() -> None:
            task = asyncio.create_task(task_of(client.wrapped))
            while not server.connections:  # noqa: ASYNC110 (the server is in a thread)
                await asyncio.sleep(0.01)
            await asyncio.sleep(after)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

        client.done(run())
        assert server.connections[0].left.wait(2.0)
        assert client.call(info).name == "App"

    def test_while_it_reads_a_stream(self, server: FaultServer) -> None:
        came = []

        async def read(client: object) -> None:
            async with stream(client) as events:
                async for event in events:
                    came.append(event)  # noqa: PERF401 (a list would be lost with the task)

        with one_connection("async", server.base_url) as client:
            self.cancelled(server, client, read, 0.5)
        assert [event.answer for event in came] == ["a", "b"]

    def test_while_it_reads_a_stream_outside_a_block(self, server: FaultServer) -> None:
        async def read(client: object) -> None:
            async for _ in stream(client):
                pass

        with one_connection("async", server.base_url) as client:
            self.cancelled(server, client, read, 0.5)

    @pytest.mark.parametrize("begun", [b"", INFO[:20], INFO[:-5]])
    def test_while_it_waits_for_an_answer(self, begun: bytes) -> None:
        with (
            FaultServer(stalls(begun), replies(INFO)) as server,
            one_connection("async", server.base_url) as client,
        ):
            self.cancelled(server, client, info, 0.3)

    def test_while_it_sends_a_file(self, tmp_path: Path) -> None:
        large = tmp_path / "large.bin"
        with large.open("wb") as file:
            file.truncate(24 * 1024 * 1024)

        def script(connection: Connection) -> None:
            connection.read_head()
            connection.left.wait(0.3)

        def upload(client: Any) -> Any:
            return client.files.upload_file(file=large)

        with (
            FaultServer(script, replies(INFO)) as server,
            one_connection("async", server.base_url) as client,
        ):
            self.cancelled(server, client, upload, 0.3)

    def test_by_a_timeout_of_its_own(self, server: FaultServer) -> None:
        async def read(client: object) -> int:
            count = 0
            with suppress(TimeoutError):
                async with asyncio.timeout(0.1), stream(client) as events:
                    async for _ in events:
                        count += 1
            return count

        with one_connection("async", server.base_url) as client:
            assert client.done(read(client.wrapped)) == 2
            assert client.call(info).name == "App"
