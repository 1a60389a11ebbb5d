"""Whoever is slow, silent or endless is cut off, and costs no one else anything."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from completion_server import App, Embedded, ServerSettings, bounded_protocol, serve_settings
from completion_server.models import Prompt
from completion_server.operations import files
from completion_server.operations.generation import Generation
from completion_server.operations.service import MOST_UPLOADS, create_service
from completion_server.storage import Store
from completion_server.web import request_body
from completion_server.web.event_stream import MOST_WAITING

ONE = App(name="OneAtATime", keys=("one",), concurrent_requests=1)
AUTHORIZED = "Authorization: Bearer one\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with (
        pytest.MonkeyPatch.context() as patch,
        serve_settings(ServerSettings(apps=(ONE,))) as address,
    ):
        patch.setattr(bounded_protocol, "HEAD_SECONDS", 0.3)
        patch.setattr(request_body, "PATIENCE_SECONDS", 0.3)
        yield address


def send_often(connection: socket.socket, content: bytes, times: int) -> None:
    for _ in range(times):
        connection.sendall(content)


@contextmanager
def connected(base_url: str) -> Iterator[socket.socket]:
    place = urlsplit(base_url)
    with socket.create_connection((place.hostname, place.port), timeout=5) as connection:
        yield connection


def answer_to(base_url: str, sent: bytes) -> bytes:
    """Send and wait until the server closes the connection."""
    with connected(base_url) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("sent", [b"", b"G", b"GET /v1/info HTTP/1.1\r\nHost: a\r\nX-Slow:"])
def test_a_head_that_does_not_come_is_not_waited_for(base_url: str, sent: bytes) -> None:
    began = time.monotonic()
    assert answer_to(base_url, sent) == b""
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("rest", [b"\r\n", b"\r\nGET /hea"])
def test_what_is_no_head_after_an_answer_is_not_waited_for(base_url: str, rest: bytes) -> None:
    with connected(base_url) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        connection.sendall(rest)
        assert connection.recv(65536) == b""
        assert time.monotonic() - began < 3


def test_the_rest_of_a_refused_body_is_not_waited_for(base_url: str) -> None:
    head = b"POST /v1/files/upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
    began = time.monotonic()
    with connected(base_url) as connection:
        connection.sendall(head)
        assert connection.recv(65536).startswith(b"HTTP/1.1 401")
        connection.sendall(b"x")
        assert connection.recv(65536) == b""
    assert time.monotonic() - began < 3


def test_a_request_that_waits_its_turn_cuts_off_no_answer(base_url: str) -> None:
    body = '{"inputs":{"query":"[[slow:4:0.3]]"},"user":"u"}'
    head = f"POST /v1/completion-messages HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n"
    first = f"{head}{AUTHORIZED}\r\n{body}".encode()
    health = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    with connected(base_url) as connection:
        connection.sendall(first + health + health[:20])
        time.sleep(0.2)
        connection.sendall(health[20:])
        answers = b""
        while answers.count(b"HTTP/1.1 200") < 3:
            received = connection.recv(65536)
            assert received, answers
            answers += received
    assert b"w3" in answers


def test_many_slow_uploads_keep_nobody_waiting_for_long(
    base_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request_body, "PATIENCE_SECONDS", 5.0)
    monkeypatch.setattr(files, "TURN_SECONDS", 0.3)
    multipart = "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 1000\r\n"
    head = f"POST /v1/files/upload HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer one\r\n{multipart}"
    with ExitStack() as stack:
        for _ in range(MOST_UPLOADS):
            stack.enter_context(connected(base_url)).sendall(f"{head}\r\n--B".encode())
        time.sleep(0.2)
        file = {"file": ("a.png", b"x", "image/png")}
        headers = {"Authorization": "Bearer one"}
        answer = httpx2.post(f"{base_url}/files/upload", files=file, headers=headers)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["code"] == "service_unavailable"


def test_a_second_head_is_waited_for_no_longer(base_url: str) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    began = time.monotonic()
    answer = answer_to(base_url, whole + b"GET /healthz")
    assert answer.count(b"HTTP/1.1 200") == 1
    assert time.monotonic() - began < 3


def test_endless_headers_are_cut_off(base_url: str) -> None:
    with connected(base_url) as connection:
        connection.sendall(b"GET /v1/info HTTP/1.1\r\nHost: a\r\n")
        header = b"X-Long: " + b"x" * 65536 + b"\r\n"
        with pytest.raises(OSError, match=r"reset|Broken"):
            send_often(connection, header, 1000)


def test_a_long_head_that_is_whole_is_taken(base_url: str) -> None:
    headers = {"Authorization": "Bearer one", "X-Long": "x" * 30_000}
    assert httpx2.get(f"{base_url}/info", headers=headers).status_code == 200


def test_a_body_that_does_not_come_is_a_408(base_url: str) -> None:
    head = f"POST /v1/completion-messages HTTP/1.1\r\nHost: a\r\n{AUTHORIZED}"
    answer = answer_to(base_url, f'{head}Content-Length: 100\r\n\r\n{{"us'.encode())
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"request_timeout" in answer


def test_whoever_leaves_a_blocking_request_gives_its_place_back(base_url: str) -> None:
    body = {"inputs": {"query": "[[slow:100:1]]"}, "user": "u"}
    headers = {"Authorization": "Bearer one"}
    with httpx2.Client(base_url=base_url, headers=headers) as client:
        with pytest.raises(httpx2.ReadTimeout):
            client.post("/completion-messages", json=body, timeout=0.5)
        began = time.monotonic()
        hello = {**body, "inputs": {"query": "Hello"}}
        while client.post("/completion-messages", json=hello).status_code != 200:
            assert time.monotonic() - began < 5
            time.sleep(0.1)


def test_an_answer_that_nobody_reads_is_not_made_ahead(tmp_path: Path) -> None:
    app = App(name="Any", keys=("any",), model=Embedded(word_delay=0))
    settings = ServerSettings(apps=(app,))

    async def answer() -> tuple[int, int]:
        service = create_service(settings, Store.open(tmp_path, settings.storage))
        prompt = Prompt("[[slow:3000:0]]", "user")
        generation = Generation(app, "user", prompt, service, streaming=True)
        await generation.begin()
        await asyncio.sleep(0.5)
        waiting, read = generation.events.qsize(), 0
        while (await generation.events.get()) is not None:
            read += 1
        await service.close()
        return waiting, read

    waiting, read = asyncio.run(answer())
    assert waiting == MOST_WAITING
    assert read == 3000 + 2
