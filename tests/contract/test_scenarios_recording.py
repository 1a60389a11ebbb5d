"""What a client sends is recorded as it went over the wire, and is not held up by that."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dify_completion import APITimeoutError, DifyCompletion
from specloom.contract.phases.scenarios import run_scenarios
from specloom.contract.recording_transport import RecordingTransport
from specloom.contract.scenario import Scenario, Server
from specloom.contract.transport.bounded import LARGEST
from tests.contract.fixed_server import serve_fixed
from tests.contract.trickling_server import serve_trickling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from specloom.contract.exchanges.exchange import Exchange

STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
PING = b"event: ping\n\n"


def recording(url: str, recorded: list[Exchange]) -> httpx2.Client:
    transport = RecordingTransport(Server(url, record=recorded.append))
    return httpx2.Client(base_url=url, transport=transport)


async def echo(request: Request) -> Response:
    return Response(await request.body(), 201, media_type="text/plain")


async def packed(_request: Request) -> Response:
    content = gzip.compress(b'{"a": 1}')
    return Response(content, headers={"Content-Encoding": "gzip", "X-Version": "1.2"})


async def numbers(_request: Request) -> StreamingResponse:
    async def pieces() -> AsyncIterator[str]:
        for number in range(3):
            yield f"{number}\n"

    return StreamingResponse(pieces())


APP = Starlette(
    routes=[
        Route("/echo", echo, methods=["POST"]),
        Route("/packed", packed),
        Route("/numbers", numbers),
    ]
)


def test_an_exchange_is_what_was_sent_and_what_came() -> None:
    recorded: list[Exchange] = []
    with serve_fixed(APP) as url, recording(url, recorded) as client:
        answer = client.post("/echo?a=%20b", content=b"\0hello", headers={"X-One": "1"})
    assert answer.content == b"\0hello"
    [exchange] = recorded
    assert exchange.request.method == "POST"
    assert exchange.request.target == f"{url}/echo?a=%20b"
    assert exchange.request.headers["x-one"] == "1"
    assert exchange.request.body == b"\0hello"
    assert exchange.response.status == 201
    assert exchange.response.media_type == "text/plain"
    assert exchange.response.body == b"\0hello"
    assert not exchange.response.cut_short
    assert exchange.seconds > 0


def test_a_compressed_answer_is_recorded_as_it_reads() -> None:
    recorded: list[Exchange] = []
    with serve_fixed(APP) as url, recording(url, recorded) as client:
        assert client.get("/packed").json() == {"a": 1}
    assert recorded[0].response.body == b'{"a": 1}'
    assert recorded[0].version == "1.2"


def test_one_that_is_not_compressed_as_it_says_is_recorded_as_it_came() -> None:
    recorded: list[Exchange] = []
    plain = Response(b"plain", headers={"Content-Encoding": "gzip"})
    with (
        serve_fixed(plain) as url,
        recording(url, recorded) as client,
        pytest.raises(httpx2.DecodingError),
    ):
        client.get("/")
    assert recorded[0].response.body == b"plain"


def test_a_file_that_is_sent_is_in_the_record() -> None:
    recorded: list[Exchange] = []
    with serve_fixed(APP) as url, recording(url, recorded) as client:
        client.post("/echo", files={"file": ("a.txt", b"content of a")})
    assert b"content of a" in recorded[0].request.body


def test_a_stream_passes_through_as_it_comes_and_is_recorded_when_it_is_left() -> None:
    recorded: list[Exchange] = []
    with serve_trickling(STREAM, PING) as url, recording(url, recorded) as client:
        with client.stream("GET", "/") as answer:
            chunks = answer.iter_bytes()
            assert next(chunks) == PING
            assert not recorded
        assert recorded[0].response.body.startswith(PING)
        assert recorded[0].response.cut_short


def test_a_stream_that_is_read_to_its_end_is_not_cut_short() -> None:
    recorded: list[Exchange] = []
    with (
        serve_fixed(APP) as url,
        recording(url, recorded) as client,
        client.stream("GET", "/numbers") as answer,
    ):
        assert b"".join(answer.iter_bytes()) == b"0\n1\n2\n"
    assert recorded[0].response.body == b"0\n1\n2\n"
    assert not recorded[0].response.cut_short


def test_an_answer_without_end_is_not_kept_without_end() -> None:
    recorded: list[Exchange] = []
    with (
        serve_trickling(STREAM, b"." * LARGEST) as url,
        recording(url, recorded) as client,
        pytest.raises(httpx2.ReadError),
    ):
        client.get("/")
    assert recorded[0].response.cut_short
    assert len(recorded[0].response.body) <= LARGEST


def test_nor_is_one_that_unpacks_to_more() -> None:
    recorded: list[Exchange] = []
    bomb = Response(gzip.compress(bytes(LARGEST + 1)), headers={"Content-Encoding": "gzip"})
    with (
        serve_fixed(bomb) as url,
        recording(url, recorded) as client,
        pytest.raises(httpx2.ReadError, match="more than"),
    ):
        client.get("/")
    assert recorded[0].response.cut_short
    assert recorded[0].response.headers["content-encoding"] == "gzip"
    assert len(recorded[0].response.body) <= LARGEST


@pytest.mark.parametrize("head", [STREAM, b""], ids=["endless", "silent"])
def test_nothing_goes_on_past_the_deadline(head: bytes) -> None:
    """Neither a stream that pings for ever, nor an answer that never begins."""

    def run(server: Server) -> None:
        transport = RecordingTransport(server)
        with DifyCompletion("key", server.url, transport=transport, max_retries=0) as client:
            with pytest.raises(APITimeoutError):
                client.completion.stream_completion_message(inputs={}, user="u").collect()
            with pytest.raises(APITimeoutError):
                client.application.get_app_info()

    piece = PING if head else b""
    with serve_trickling(head, piece) as url:
        began = time.monotonic()
        [trial] = run_scenarios([Scenario("it", {}, run, ("op",))], Server(url), seconds=0.5)
    assert time.monotonic() - began < 3
    assert not trial.faults
