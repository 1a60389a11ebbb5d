"""No answer is waited for without end, whatever a server sends meanwhile, nor too many of them."""

from __future__ import annotations

import gzip
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import requests
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from specloom.contract.exchanges.exchange import Request
from specloom.contract.transport.bounded import LARGEST, answers_within
from specloom.contract.transport.patience import SHORTEST, Patience
from specloom.contract.transport.sender import NoAnswerError, Sender
from specloom.contract.transport.target import Target
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import failed_checks, report_on
from tests.contract.test_contract_stop import faults, stopped
from tests.contract.trickling_server import serve_trickling

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


async def plain(_request: object) -> StreamingResponse:
    return StreamingResponse(iter([bytes(LARGEST), b"."]))


async def packed(_request: object) -> Response:
    return Response(gzip.compress(bytes(LARGEST + 1)), headers={"Content-Encoding": "gzip"})


TOO_MUCH = Starlette(routes=[Route("/plain", plain), Route("/packed", packed)])


async def hanging(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at the base URL; elsewhere wait until the other side is gone."""
    while scope["path"] != "/" and (await receive())["type"] != "http.disconnect":
        pass
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 2", JSON, JSON + b"\r\n", JSON + b"Content-Length: 1000\r\n\r\n"]
)
def test_an_answer_that_trickles_is_given_up(head: bytes) -> None:
    started = time.monotonic()
    with (
        serve_trickling(head, b" ") as url,
        answers_within(0.3),
        pytest.raises(requests.RequestException, match="timed out"),
    ):
        requests.get(url, timeout=30)
    assert time.monotonic() - started < 3


def test_the_timeout_of_a_request_is_that_of_its_whole_answer() -> None:
    started = time.monotonic()
    with (
        serve_trickling(JSON, b"a") as url,
        answers_within(30),
        pytest.raises(requests.RequestException, match="timed out"),
    ):
        requests.get(url, timeout=0.3)
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("path", ["plain", "packed"])
def test_an_answer_that_is_too_large_is_given_up(path: str) -> None:
    with (
        serve_fixed(TOO_MUCH) as url,
        answers_within(30),
        pytest.raises(requests.RequestException, match="more than"),
    ):
        requests.get(f"{url}/{path}", timeout=30)


@pytest.mark.parametrize("path", ["plain", "packed"])
def test_nor_does_a_sender_read_it(path: str) -> None:
    with (
        serve_fixed(TOO_MUCH) as url,
        answers_within(30),
        Sender(Target(url), 30.0) as sender,
        pytest.raises(NoAnswerError, match="more than"),
    ):
        sender.send(Request("GET", f"/{path}"))


def test_a_server_whose_head_never_ends_is_not_there() -> None:
    with serve_trickling(JSON, b"a") as url, answers_within(0.3):
        assert "timed out" in (Target(url).unreachable() or "")


@pytest.mark.slow
def test_an_endless_answer_is_a_failed_check(tmp_path: Path) -> None:
    with serve_trickling(JSON + b"\r\n", b" ") as url:
        options = ("--only", "getAppInfo", "--timeout", "0.5")
        report = report_on(url, "app-trickling", tmp_path, *options)
    assert ("getAppInfo", "answer") in failed_checks(report)


def test_a_stream_of_nothing_but_pings_can_not_be_stopped() -> None:
    with serve_trickling(STREAM, b"event: ping\n\n") as url, answers_within(0.5):
        trial = stopped(url)
    assert trial.operation == "createCompletionMessage"
    assert [check for check, _ in faults(trial)] == ["answer"]


@pytest.mark.slow
def test_a_server_that_hangs_is_found_out_soon(tmp_path: Path) -> None:
    """All requests of the profile would take half an hour."""
    started = time.monotonic()
    with serve_fixed(hanging) as url:
        report = report_on(url, "app-hanging", tmp_path, "--only", "GET *", "--timeout", "3")
    assert time.monotonic() - started < 90
    assert ("getAppInfo", "answer") in failed_checks(report)
    passed = [cell["check"] for cell in report["matrix"] if cell["verdict"] == "passed"]
    assert passed == []


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped_clock = Clock()
    monkeypatch.setattr(
        "specloom.contract.transport.patience.time", SimpleNamespace(monotonic=stopped_clock)
    )
    return stopped_clock


def miss(patience: Patience, clock: Clock, operation: str = "a") -> float:
    """Wait in vain; gives how long."""
    seconds = patience.begin(operation)
    clock.now += seconds
    patience.settle(operation)
    return seconds


def answer(patience: Patience, clock: Clock, seconds: float, operation: str = "a") -> None:
    patience.begin(operation)
    clock.now += seconds
    patience.answered(operation)


def test_each_answer_that_does_not_come_is_waited_for_less(clock: Clock) -> None:
    patience = Patience(32.0)
    assert [miss(patience, clock) for _ in range(5)] == [32.0, 8.0, 2.0, SHORTEST, SHORTEST]
    assert patience.is_spent("a")


def test_an_operation_that_answers_slowly_is_given_four_times_that(clock: Clock) -> None:
    patience = Patience(30.0)
    answer(patience, clock, 3.0)
    assert [miss(patience, clock) for _ in range(3)] == [30.0, 12.0, 12.0]


def test_an_answer_in_between_gives_an_operation_another_chance(clock: Clock) -> None:
    patience = Patience(8.0)
    for _ in range(4):
        miss(patience, clock)
    answer(patience, clock, 0.1)
    miss(patience, clock)
    assert not patience.is_spent("a")


def test_what_fails_at_once_is_no_matter_of_time(clock: Clock) -> None:
    patience = Patience(8.0)
    for _ in range(9):
        patience.begin("a")
        patience.settle("a")
        clock.now += 60
    assert patience.begin("a") == 8.0


def test_another_phase_gives_each_operation_one_more_try(clock: Clock) -> None:
    patience = Patience(8.0)
    for _ in range(5):
        miss(patience, clock)
    patience.renew()
    assert not patience.is_spent("a")
    miss(patience, clock)
    assert patience.is_spent("a")


def test_where_nothing_answers_at_all_one_try_each_is_enough(clock: Clock) -> None:
    patience = Patience(8.0)
    for operation in "ab":
        for _ in range(5):
            miss(patience, clock, operation)
    assert patience.is_silent
    miss(patience, clock, "c")
    assert patience.is_spent("c")


def test_a_sender_that_is_left_waiting_asks_no_more() -> None:
    patience = Patience(0.05)
    started = time.monotonic()
    with serve_fixed(hanging) as url, Sender(Target(url), 0.05, patience=patience) as sender:
        for _ in range(5):
            with pytest.raises(NoAnswerError, match="timed out"):
                sender.send(Request("GET", "/x"), "x")
        with pytest.raises(NoAnswerError, match="no more are asked for"):
            sender.send(Request("GET", "/x"), "x")
    assert time.monotonic() - started < 5


def test_a_sender_keeps_a_rate() -> None:
    with serve_fixed(hanging) as url, Sender(Target(url), 5.0, pause=0.2) as sender:
        started = time.monotonic()
        for _ in range(3):
            assert sender.bare(Request("GET", "/")).response.status == 404
    assert time.monotonic() - started >= 0.4
