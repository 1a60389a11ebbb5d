"""An app's limit of requests at once, and what becomes of a generation when its client leaves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from completion_server import App, Limits, ServerSettings, serve_settings
from completion_server.operations import stops
from completion_server.storage import Store, workers

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
def open_stream(client: httpx2.Client, query: str = "[[slow:5:0.4]]") -> Iterator[httpx2.Response]:
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
    assert 0.9 < time.monotonic() - left < 10


def test_an_answer_that_outlives_a_silent_worker_keeps_its_place(
    client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that is busy isn't silent: its heart beats on."""
    monkeypatch.setattr(stops, "INTERVAL", 0.02)
    monkeypatch.setattr(workers, "LIFE", 0.8)
    with open_stream(client, "[[slow:8:0.2]]") as stream:
        time.sleep(1.1)
        assert status(client) == 400
        stream.read()
    assert status(client) == 200


def test_a_crowd_is_told_in_the_api_s_form_and_health_is_still_told() -> None:
    settings = ServerSettings(apps=(FREE,), limits=Limits(requests=1))
    headers = {"Authorization": "Bearer free"}
    with (
        serve_settings(settings) as address,
        httpx2.Client(base_url=address, headers=headers) as client,
    ):
        with open_stream(client) as stream:
            refused = client.get("/info")
            assert refused.status_code == 503
            assert refused.json()["code"] == "service_unavailable"
            assert refused.headers["x-version"] == "1.14.2"
            assert client.get(address.replace("/v1", "/healthz")).status_code == 200
            stream.read()
        began = time.monotonic()
        # The place is given back a moment after the last byte.
        while client.get("/info").status_code == 503:
            assert time.monotonic() - began < 10
            time.sleep(0.05)
        assert client.get("/info").status_code == 200


@pytest.mark.slow
def test_an_end_that_could_not_be_kept_gives_the_place_back(
    client: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "finish", failing)
        assert status(client) == 500
    assert status(client) == 400
    began = time.monotonic()
    while status(client) == 400:
        assert time.monotonic() - began < 10
        time.sleep(0.1)
