"""Connections that are kept between calls, and closed by the server meanwhile; redirects."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from dify_completion import APIConnectionError, APIStatusError, APITimeoutError
from tests.behaviour.client.answers import INFO, REPLY, http
from tests.behaviour.client.fault_server import (
    Connection,
    FaultServer,
    closes,
    replies,
    resets,
)
from tests.behaviour.client.flavours import (
    Client,
    complete,
    info,
    one_connection,
    stream,
)
from tests.behaviour.client.waits import Waits

CALLS = {"GET": (info, INFO), "POST": (complete, REPLY)}
each = pytest.mark.parametrize


def test_a_connection_is_used_again(flavour: str) -> None:
    with FaultServer(replies(INFO, REPLY, INFO)) as server:
        with Client(flavour, server.base_url) as client:
            for send in (info, complete, info):
                client.call(send)
        assert (len(server.connections), len(server.requests)) == (1, 3)
        assert server.all_left()


@each("kind", CALLS)
@each("end", [closes(INFO), resets(INFO)])
def test_a_connection_that_was_closed_while_idle_is_replaced(
    flavour: str, kind: str, end: object
) -> None:
    """That it is closed is seen before anything is sent, so a POST is as safe as a GET."""
    send, answer = CALLS[kind]
    assert callable(end)
    with (
        FaultServer(end, replies(answer)) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        client.call(info)
        server.proceed()
        assert server.connections[0].over.wait(2.0)
        client.call(send)
        assert (len(server.connections), len(server.requests)) == (2, 2)


def closes_on_the_second(connection: Connection) -> None:
    """Answer one request, and close on the next, as a server does that was about to close."""
    connection.read()
    connection.send(INFO)
    connection.read()
    connection.end()


def test_a_get_on_a_connection_that_closes_just_then_is_sent_again(
    flavour: str, waits: Waits
) -> None:
    with (
        FaultServer(closes_on_the_second, replies(INFO)) as server,
        one_connection(flavour, server.base_url, max_retries=1) as client,
    ):
        assert client.call(info).name == client.call(info).name
        assert len(server.requests) == 3
    assert len(waits.seconds) == 1


def test_a_post_on_a_connection_that_closes_just_then_is_not(flavour: str) -> None:
    """The server has read it, and may have acted before it closed."""
    with (
        FaultServer(closes_on_the_second, replies(REPLY)) as server,
        one_connection(flavour, server.base_url, max_retries=1) as client,
    ):
        client.call(info)
        with pytest.raises(APIConnectionError):
            client.call(complete)
        assert len(server.requests) == 2
        assert client.call(complete).answer == "Hi."


def test_a_connection_is_not_used_again_where_the_server_says_so(flavour: str) -> None:
    last = INFO.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    with FaultServer(replies(last)) as server:
        with one_connection(flavour, server.base_url) as client:
            client.call(info)
            client.call(info)
        assert len(server.connections) == 2
        assert server.all_left()


def test_a_redirect_is_not_followed(flavour: str) -> None:
    """The key is for the server that the caller named."""
    with FaultServer(replies(INFO)) as elsewhere:
        refusal = http(b"", "307 Temporary Redirect", Location=f"{elsewhere.base_url}/info")
        with (
            FaultServer(replies(refusal, INFO)) as server,
            one_connection(flavour, server.base_url) as client,
        ):
            with pytest.raises(APIStatusError) as caught:
                client.call(info)
            assert caught.value.status_code == 307
            assert client.call(info).name == "App"
        assert elsewhere.requests == []


def test_a_refused_stream_redirect_leaves_the_connection(flavour: str) -> None:
    refusal = http(b"", "302 Found", Location="/elsewhere")
    with (
        FaultServer(replies(refusal, INFO)) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        with pytest.raises(APIStatusError):
            client.events(stream)
        assert client.call(info).name == "App"
        assert len(server.connections) == 1


@contextmanager
def full_backlog() -> Iterator[str]:
    """Give the URL of a port that lets no one in."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for taken in (first, second):
            taken.setblocking(False)  # noqa: FBT003 (the argument has no name)
            taken.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_server_that_takes_no_connection(flavour: str) -> None:
    timeout = httpx2.Timeout(3.0, connect=0.2)
    with (
        full_backlog() as base_url,
        one_connection(flavour, base_url, timeout=timeout) as client,
        pytest.raises(APITimeoutError),
    ):
        client.call(info)
