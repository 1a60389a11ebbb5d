"""An app's limit of requests at once, and what becomes of a generation when its client leaves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from completion_server import App, ServerSettings, serve_settings

ONE = App(name="OneAtATime", keys=("one",), concurrent_requests=1)
FREE = App(name="Free", keys=("free",))


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with serve_settings(ServerSettings(apps=(ONE, FREE))) as address:
        yield address


@pytest.fixture
def client(base_url: str) -> Iterator[httpx2.Client]:
    headers = {"Authorization": "Bearer one"}
    with httpx2.Client(base_url=base_url, headers=headers) as client:
        yield client


def body(query: str, mode: str = "blocking") -> dict[str, Any]:
    return {"inputs": {"query": query}, "user": "u", "response_mode": mode}


@contextmanager
def open_stream(client: httpx2.Client, query: str = "[[slow:3:0.2]]") -> Iterator[httpx2.Response]:
    streaming = body(query, "streaming")
    with client.stream("POST", "/completion-messages", json=streaming) as response:
        assert response.status_code == 200
        yield response


def status(client: httpx2.Client, mode: str = "blocking") -> int:
    return client.post("/completion-messages", json=body("Hello", mode)).status_code


@pytest.mark.parametrize("mode", ["blocking", "streaming"])
def test_one_too_many_is_a_400_even_when_streaming(client: httpx2.Client, mode: str) -> None:
    with open_stream(client) as stream:
        refused = client.post("/completion-messages", json=body("Hello", mode))
        assert refused.status_code == 400
        assert refused.json()["code"] == "invalid_param"
        expected = "Too many requests. Please try again later. The current maximum concurrent"
        assert refused.json()["message"].startswith(expected)
        stream.read()
    assert status(client, mode) == 200


def test_another_app_has_its_own_limit(client: httpx2.Client) -> None:
    with open_stream(client) as stream:
        headers = {"Authorization": "Bearer free"}
        answer = client.post("/completion-messages", json=body("Hello"), headers=headers)
        assert answer.status_code == 200
        stream.read()


def test_a_refused_prompt_takes_no_place(client: httpx2.Client) -> None:
    missing = {"inputs": {}, "user": "u"}
    assert client.post("/completion-messages", json=missing).status_code == 400
    assert status(client) == 200


def test_who_leaves_keeps_the_place_for_a_second(client: httpx2.Client) -> None:
    with open_stream(client, "[[slow:100:1]]") as stream:
        next(stream.iter_raw())
    left = time.monotonic()
    assert status(client) == 400
    while status(client) == 400:
        time.sleep(0.05)
    assert 0.9 < time.monotonic() - left < 3
