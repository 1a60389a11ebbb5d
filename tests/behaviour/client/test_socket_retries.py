"""What is tried again over real sockets, counted by what the server saw."""

import time
from collections.abc import Callable
from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dify_completion import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    IncompleteStreamError,
)
from tests.behaviour.client.answers import (
    CHUNKED_STREAM,
    END,
    INFO,
    LAST_CHUNK,
    REPLY,
    STREAM,
    UNAVAILABLE,
    UPLOADED,
    chunk,
    http,
    message,
)
from tests.behaviour.client.fault_server import FaultServer, closes, replies, resets, stalls
from tests.behaviour.client.flavours import (
    Call,
    Client,
    complete,
    info,
    one_connection,
    stream,
)
from tests.behaviour.client.waits import Waits


def streamed(client: Client) -> list[Any]:
    return client.events(stream)


def called(send: Call) -> Callable[[Client], Any]:
    return lambda client: client.call(send)


CALLS = {
    "GET": (called(info), INFO),
    "POST": (called(complete), REPLY),
    "stream": (streamed, CHUNKED_STREAM + chunk(END) + LAST_CHUNK),
}
each = pytest.mark.parametrize


@each("kind", CALLS)
def test_a_server_that_is_not_up_yet(flavour: str, kind: str, waits: Waits) -> None:
    call, answer = CALLS[kind]
    with FaultServer(replies(answer), listens=False) as server:
        waits.meanwhile = lambda: server.listen() if len(waits.seconds) == 2 else None
        with one_connection(flavour, server.base_url, max_retries=2) as client:
            assert call(client)
        assert len(server.requests) == 1
    assert len(waits.seconds) == 2
    assert waits.seconds[0] < waits.seconds[1]


@each("kind", CALLS)
def test_a_server_that_is_unavailable_for_a_moment(flavour: str, kind: str, waits: Waits) -> None:
    call, answer = CALLS[kind]
    with FaultServer(replies(UNAVAILABLE, answer)) as server:
        with one_connection(flavour, server.base_url, max_retries=1) as client:
            assert call(client)
        assert len(server.requests) == 2
        assert [bytes(request.body) for request in server.requests[1:]] == [server.requests[0].body]
    assert waits.seconds == [0]


@each("status", [408, 429, 502, 503, 504, 400, 500, 501])
@pytest.mark.usefixtures("waits")
def test_which_refusals_are_tried_again(flavour: str, status: int) -> None:
    refusal = http(b"{}", f"{status} No")
    for send, again in ((info, {408, 429, 502, 503, 504}), (complete, {429, 503})):
        with (
            FaultServer(replies(*[refusal] * 3)) as server,
            one_connection(flavour, server.base_url, max_retries=2) as client,
        ):
            with pytest.raises(APIStatusError) as caught:
                client.call(send)
            tries = 3 if status in again else 1
            assert (caught.value.status_code, caught.value.tries) == (status, tries)
            assert len(server.requests) == tries


def as_date(seconds: int) -> str:
    return formatdate(time.time() + seconds, usegmt=True)


@each(
    ("asked", "written", "at_least", "at_most"),
    [(7, str, 7, 7), (3600, str, 60, 60), (20, as_date, 18, 20), (-20, as_date, 0, 0)],
)
def test_the_server_says_when(  # noqa: PLR0913 (what is asked, and what is done)
    flavour: str,
    waits: Waits,
    *,
    asked: int,
    written: Callable[[int], str],
    at_least: float,
    at_most: float,
) -> None:
    refusal = http(b"{}", "429 Too Many Requests", Retry_After=written(asked))
    with (
        FaultServer(replies(refusal, INFO)) as server,
        one_connection(flavour, server.base_url, max_retries=2) as client,
    ):
        client.call(info)
    assert at_least <= sum(waits.seconds) <= at_most


BREAKS = {
    "before the headers": resets(),
    "in the headers": resets(b"HTTP/1.1 200 OK\r\nContent-"),
    "in the body": resets(REPLY[:-20]),
    "by closing": closes(),
}


@each("fault", BREAKS)
def test_an_answer_that_breaks_may_be_asked_for_again(
    flavour: str, fault: str, waits: Waits
) -> None:
    with FaultServer(BREAKS[fault], replies(INFO)) as server:
        server.proceed()
        with one_connection(flavour, server.base_url, max_retries=2) as client:
            assert client.call(info).name == "App"
        assert len(server.requests) == 2
        assert server.all_left()
    assert len(waits.seconds) == 1


@each("fault", BREAKS)
def test_a_post_is_not_sent_again_since_the_server_may_have_acted(
    flavour: str, fault: str, waits: Waits
) -> None:
    with FaultServer(BREAKS[fault], replies(REPLY)) as server:
        server.proceed()
        with (
            one_connection(flavour, server.base_url, max_retries=2) as client,
            pytest.raises(APIConnectionError) as caught,
        ):
            client.call(complete)
        assert caught.value.tries == 1
        assert len(server.requests) == 1
    assert waits.seconds == []


@each("fault", BREAKS)
def test_a_post_is_sent_again_where_the_caller_says_that_it_does_no_harm(
    flavour: str, fault: str, waits: Waits
) -> None:
    with FaultServer(BREAKS[fault], replies(REPLY)) as server:
        server.proceed()
        with one_connection(flavour, server.base_url, max_retries=2) as client:
            assert client.call(partial(complete, idempotent=True)).answer == "Hi."
        assert len(server.requests) == 2
    assert len(waits.seconds) == 1


def test_a_stream_is_not_sent_again_once_it_began(flavour: str, waits: Waits) -> None:
    with FaultServer(resets(STREAM, message("a")), closes(STREAM, END)) as server:
        with (
            one_connection(flavour, server.base_url, max_retries=2) as client,
            pytest.raises(IncompleteStreamError),
        ):
            client.events(stream, then=lambda _: server.proceed())
        assert len(server.requests) == 1
    assert waits.seconds == []


def test_a_slow_answer_is_not_asked_for_again(flavour: str, waits: Waits) -> None:
    with FaultServer(stalls(b"")) as server:
        with (
            one_connection(flavour, server.base_url, max_retries=2, timeout=0.2) as client,
            pytest.raises(APITimeoutError),
        ):
            client.call(info)
        assert len(server.requests) == 1
    assert waits.seconds == []


def test_no_more_is_tried_than_allowed(flavour: str, waits: Waits) -> None:
    with (
        FaultServer(replies(INFO), listens=False) as server,
        one_connection(flavour, server.base_url, max_retries=3) as client,
        pytest.raises(APIError, match="4 tries"),
    ):
        client.call(info)
    assert len(waits.seconds) == 3


@each("kind", ["path", "open file", "bytes"])
def test_a_file_is_sent_from_its_start_again(
    flavour: str, kind: str, waits: Waits, tmp_path: Path
) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"0123456789")
    with (
        path.open("rb") as opened,
        FaultServer(replies(UNAVAILABLE, UPLOADED)) as server,
        one_connection(flavour, server.base_url, max_retries=2) as client,
    ):
        file = {"path": path, "open file": opened, "bytes": b"0123456789"}[kind]
        client.call(lambda client: client.files.upload_file(file=file))
        assert [b"0123456789" in request.body for request in server.requests] == [True, True]
    assert waits.seconds == [0]
