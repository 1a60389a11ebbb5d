"""Streams and downloads that break after they began: what came counts, and the error says how."""

import gc
import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dify_completion import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    EventTooLargeError,
    IncompleteStreamError,
    RateLimitError,
    models,
)
from tests.behaviour.client.answers import (
    AUDIO,
    CHUNKED_STREAM,
    END,
    INFO,
    LAST_CHUNK,
    STREAM,
    chunk,
    head,
    http,
    message,
)
from tests.behaviour.client.fault_server import (
    Connection,
    FaultServer,
    Script,
    closes,
    replies,
    resets,
    stalls,
)
from tests.behaviour.client.flavours import Client, briefly, info, one_connection, speak, stream

GZIPPED_STREAM = head(Content_Type="text/event-stream", Content_Encoding="gzip")
MB = 1024 * 1024
HALF = message("lost")[:-20]

AFTER_ONE_EVENT: dict[str, tuple[Script, type[APIError]]] = {
    "reset between events": (resets(STREAM, message("a")), IncompleteStreamError),
    "reset in an event": (resets(STREAM, message("a"), HALF), IncompleteStreamError),
    "closed between events": (closes(STREAM, message("a")), IncompleteStreamError),
    "closed in an event": (closes(STREAM, message("a"), HALF), IncompleteStreamError),
    "closed before an event's blank line": (
        closes(STREAM, message("a"), END[:-1]),
        IncompleteStreamError,
    ),
    "chunks without the last": (
        closes(CHUNKED_STREAM, chunk(message("a"))),
        IncompleteStreamError,
    ),
    "closed in a chunk": (
        closes(CHUNKED_STREAM, chunk(message("a")), chunk(message("b"))[:-9]),
        IncompleteStreamError,
    ),
    "chunks without an end": (
        replies(CHUNKED_STREAM + chunk(message("a")) + LAST_CHUNK, INFO),
        IncompleteStreamError,
    ),
    "less than its length": (
        closes(head(Content_Type="text/event-stream", Content_Length="9999"), message("a")),
        IncompleteStreamError,
    ),
    "stalled": (stalls(STREAM + message("a")), APITimeoutError),
    "stalled in an event": (stalls(STREAM + message("a") + HALF), APITimeoutError),
    "corrupt gzip": (
        closes(GZIPPED_STREAM, gzip.compress(message("a")), b"no gzip"),
        IncompleteStreamError,
    ),
}

each = pytest.mark.parametrize


def texts(events: list[Any]) -> list[str]:
    return [event.answer for event in events if isinstance(event, models.StreamEventMessage)]


@each("fault", AFTER_ONE_EVENT)
def test_what_came_before_the_fault_is_given(flavour: str, fault: str) -> None:
    script, expected = AFTER_ONE_EVENT[fault]
    came: list[Any] = []

    def seen(event: Any) -> None:
        came.append(event)
        server.proceed()

    with FaultServer(script, replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            with pytest.raises(APIError) as caught:
                client.events(briefly(stream, expected), then=seen)
            assert type(caught.value) is expected
            assert texts(came) == ["a"]
            assert client.call(info).name == "App"
        assert server.all_left()


def test_a_stream_in_gzip_is_read_as_it_arrives(flavour: str) -> None:
    def script(connection: Connection) -> None:
        connection.read()
        packer = zlib.compressobj(wbits=31)
        for event in (message("a"), message("b"), END):
            packed = packer.compress(event) + packer.flush(zlib.Z_SYNC_FLUSH)
            connection.send(packed if connection.sent else GZIPPED_STREAM + packed)
            connection.pause()
        connection.send(packer.flush())
        connection.end()

    with FaultServer(script) as server, one_connection(flavour, server.base_url) as client:
        came = client.events(stream, then=lambda _: server.proceed())  # only now the next is sent
        assert texts(came) == ["a", "b"]
        assert isinstance(came[-1], models.StreamEventMessageEnd)


def test_a_stream_of_http_1_0_ends_with_its_connection(flavour: str) -> None:
    answer = STREAM.replace(b"HTTP/1.1", b"HTTP/1.0")
    with (
        FaultServer(closes(answer, message("a"), END)) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        assert texts(client.events(stream)) == ["a"]


def test_a_whole_stream_leaves_its_connection_for_the_next_call(flavour: str) -> None:
    answer = CHUNKED_STREAM + chunk(message("a") + END) + LAST_CHUNK
    with FaultServer(replies(answer, INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            client.events(stream)
            client.call(info)
        assert len(server.connections) == 1


def test_a_refused_stream_is_an_error_with_its_body(flavour: str) -> None:
    refusal = http(b'{"code": "too_many_requests", "message": "Slowly."}', "429 Too Many Requests")
    with (
        FaultServer(replies(refusal, INFO)) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        with pytest.raises(RateLimitError) as caught:
            client.events(stream)
        assert caught.value.code == "too_many_requests"
        assert client.call(info).name == "App"


def endless(connection: Connection) -> None:
    """An event of 100 MB."""
    connection.read()
    connection.send(STREAM, message("a"), b"data: ")
    for _ in range(100):
        connection.send(b"x" * MB)


@cache
def packed() -> bytes:
    """Give an event of 100 MB in 100 kB of gzip; made once, which takes a while."""
    packer = zlib.compressobj(wbits=31)
    pieces = [packer.compress(message("a") + b"data: ")]
    pieces += [packer.compress(b"x" * MB) for _ in range(100)]
    return b"".join([*pieces, packer.flush()])


def bomb(connection: Connection) -> None:
    """An event that is large only when it is unpacked."""
    connection.read()
    connection.send(GZIPPED_STREAM, packed())


@each("script", [endless, bomb])
def test_an_event_of_100_mb_is_refused_with_little_memory(flavour: str, script: Script) -> None:
    packed()
    with FaultServer(script, replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            with traced() as peak, pytest.raises(EventTooLargeError):
                client.events(stream)
            assert client.call(info).name == "App"
        assert server.all_left()
        assert server.connections[0].sent < 40 * MB
    assert peak[0] < 64 * MB


@contextmanager
def traced() -> Iterator[list[int]]:
    """Give the peak of Python's memory in bytes, once the block is over."""
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
    finally:
        peak.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()


DOWNLOADS: dict[str, tuple[Script, type[APIError]]] = {
    "reset": (resets(AUDIO, b"abcd"), APIConnectionError),
    "closed": (closes(AUDIO, b"abcd"), APIConnectionError),
    "stalled": (stalls(AUDIO + b"abcd"), APITimeoutError),
}


@each("fault", DOWNLOADS)
def test_a_download_that_breaks_is_an_error(flavour: str, fault: str) -> None:
    script, expected = DOWNLOADS[fault]
    with FaultServer(script, replies(INFO)) as server:
        server.proceed()
        with one_connection(flavour, server.base_url) as client:
            with pytest.raises(APIError) as caught:
                client.call(briefly(speak, expected))
            assert type(caught.value) is expected
            assert client.call(info).name == "App"
        assert server.all_left()


def test_a_download_that_breaks_is_not_taken_for_a_file(flavour: str, tmp_path: Path) -> None:
    with (
        FaultServer(closes(AUDIO, b"abcd")) as server,
        one_connection(flavour, server.base_url) as client,
    ):
        audio = client.done(speak(client.wrapped))
        with pytest.raises(APIConnectionError):
            client.done(audio.write_to(tmp_path / "speech.mp3"))
        assert list(tmp_path.iterdir()) == []


def leave_block(client: Client) -> None:
    audio = client.done(speak(client.wrapped))
    if client.is_async:
        client.done(audio.__aenter__())
        client.done(audio.__aexit__(None, None, None))
    else:
        with audio:
            pass


def forget(client: Client) -> None:
    client.done(speak(client.wrapped))
    gc.collect()
    client.run_a_moment()


@each("leave", [leave_block, forget])
def test_a_download_that_is_left_is_released(flavour: str, leave: Callable[[Client], None]) -> None:
    with FaultServer(stalls(AUDIO + b"abcd"), replies(INFO)) as server:
        with one_connection(flavour, server.base_url) as client:
            leave(client)
            assert client.call(info).name == "App"
        assert server.all_left()
