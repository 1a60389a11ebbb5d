"""One client shared by threads or by tasks: each call gets its own answer."""

import threading
from typing import Any

from dify_completion import models
from tests.behaviour.client.answers import (
    CHUNKED_STREAM,
    END,
    LAST_CHUNK,
    app_info,
    chunk,
    http,
    message,
)
from tests.behaviour.client.fault_server import Connection, FaultServer, Request
from tests.behaviour.client.flavours import Call, Client

STREAMS = 200


def name_of(request: Request) -> str:
    return request.headers["x-name"]


def echoes(connection: Connection) -> None:
    """Answer each request with its own name."""
    while True:
        name = name_of(connection.read())
        connection.send(http(app_info(name)))


def named(name: str) -> Call:
    return lambda client: client.application.get_app_info(extra_headers={"X-Name": name})


def test_many_calls_at_once_get_their_own_answers(flavour: str) -> None:
    """8 threads, or 50 tasks; each connection is used by one call at a time."""
    names = [str(n) for n in range(8 if flavour == "sync" else 50)]
    with FaultServer(echoes) as server:
        with Client(flavour, server.base_url) as client:
            for _ in range(5):
                found = client.together([named(name) for name in names])
                assert [app.name for app in found] == names
        assert len(server.requests) == 5 * len(names)
        assert len(server.connections) <= len(names)
        assert server.all_left()


def test_200_streams_at_once(flavour: str) -> None:
    """All are open before any ends; the first call afterwards finds a connection."""
    all_open = threading.Barrier(STREAMS)

    def script(connection: Connection) -> None:
        name = name_of(connection.read())
        connection.send(CHUNKED_STREAM, chunk(message(f"{name} begins, ")))
        all_open.wait(timeout=25)
        connection.send(chunk(message(f"{name} ends") + END), LAST_CHUNK)
        echoes(connection)

    def send(name: str) -> Call:
        return lambda client: client.completion.stream_completion_message(
            inputs={"query": "hi"}, user="u", extra_headers={"X-Name": name}
        )

    names = [str(n) for n in range(STREAMS)]
    with FaultServer(script) as server:
        with Client(flavour, server.base_url) as client:
            streams = client.together([send(name) for name in names])
            assert [text_of(events) for events in streams] == [
                f"{n} begins, {n} ends" for n in names
            ]
            assert client.call(named("after")).name == "after"
        assert len(server.connections) == STREAMS
        assert server.all_left()


def text_of(events: list[Any]) -> str:
    assert isinstance(events[-1], models.StreamEventMessageEnd)
    return "".join(event.answer for event in events[:-1])


def test_threads_may_make_a_first_call_at_once() -> None:
    """What is made when first needed is made whole before anyone sees it."""
    begin = threading.Barrier(8)

    def at_once(send: Call) -> Call:
        def started(client: Any) -> Any:
            begin.wait(timeout=5)
            return send(client)

        return started

    with FaultServer(echoes) as server, Client("sync", server.base_url) as client:
        found = client.together([at_once(named(str(n))) for n in range(8)])
        assert [app.name for app in found] == [str(n) for n in range(8)]
