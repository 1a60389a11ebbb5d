"""Stopping a generation: it ends soon and in order, but only for the user who asked for it."""

import time
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from tests.behaviour.server.event_stream import PING, events

Stop = Callable[[str, dict[str, Any]], httpx2.Response]
SLOW = "[[slow:30:0.01]]"


@pytest.fixture
def stop(client: httpx2.Client) -> Stop:
    def post(task_id: str, body: dict[str, Any]) -> httpx2.Response:
        return client.post(f"/completion-messages/{task_id}/stop", json=body)

    return post


def stream_stopped_by(
    client: httpx2.Client, stop: Callable[[str], object], query: str = SLOW
) -> list[dict[str, Any]]:
    """Open a slow stream, call `stop` with its task id after the first word, read on."""
    body = {"inputs": {"query": query}, "user": "abc-123", "response_mode": "streaming"}
    with client.stream("POST", "/completion-messages", json=body) as response:
        following = (event for event in events(response) if event != PING)
        first = next(following)
        stop(first["task_id"])
        return [first, *following]


def test_a_stop_ends_the_stream_soon_with_an_ordinary_end(
    client: httpx2.Client, stop: Stop
) -> None:
    began = time.monotonic()
    received = stream_stopped_by(
        client, lambda task_id: stop(task_id, {"user": "abc-123"}), "[[slow:10:10]]"
    )
    assert time.monotonic() - began < 5
    assert len(received) == 2
    assert received[-1]["event"] == "message_end"
    assert received[-1]["metadata"]["usage"]["total_price"] == "0E-7"


@pytest.mark.parametrize("user", ["someone-else", "abc-12", "ABC-123"])
def test_another_user_stops_nothing_and_is_not_told(
    client: httpx2.Client, stop: Stop, user: str
) -> None:
    answers = []
    received = stream_stopped_by(
        client, lambda task_id: answers.append(stop(task_id, {"user": user}).json())
    )
    assert answers == [{"result": "success"}]
    assert len(received) == 30 + 2


def test_another_app_stops_nothing(
    client: httpx2.Client, client_of: Callable[[str], httpx2.Client]
) -> None:
    other = client_of("Other App")
    received = stream_stopped_by(
        client,
        lambda task_id: other.post(
            f"/completion-messages/{task_id}/stop", json={"user": "abc-123"}
        ),
    )
    assert len(received) == 30 + 2


@pytest.mark.parametrize("task_id", ["not-a-task", "00000000-0000-4000-8000-000000000000", "é%20"])
def test_an_unknown_task_is_stopped_with_success(stop: Stop, task_id: str) -> None:
    response = stop(task_id, {"user": "abc-123"})
    assert response.status_code == 200
    assert response.json() == {"result": "success"}


def test_a_finished_task_is_stopped_with_success(client: httpx2.Client, stop: Stop) -> None:
    body = {"inputs": {"query": "Hello"}, "user": "abc-123"}
    task_id = client.post("/completion-messages", json=body).json()["task_id"]
    assert stop(task_id, {"user": "abc-123"}).json() == {"result": "success"}


def test_a_stop_without_a_user_is_refused(stop: Stop) -> None:
    response = stop("x", {})
    assert response.status_code == 400
    assert response.json()["message"] == "Arg user must be provided."


def test_a_stop_without_a_body_is_refused(client: httpx2.Client) -> None:
    assert client.post("/completion-messages/x/stop").status_code == 415


def test_a_stopped_answer_keeps_what_was_said(client: httpx2.Client, stop: Stop) -> None:
    received = stream_stopped_by(client, lambda task_id: stop(task_id, {"user": "abc-123"}))
    message_id = received[0]["message_id"]
    audio = client.post("/text-to-audio", json={"message_id": message_id, "user": "abc-123"})
    assert audio.status_code == 200
