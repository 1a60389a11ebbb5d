"""No answer is waited for without end, whatever a server sends meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import requests

from specloom.contract import engine, session
from specloom.contract.bounded import answers_within
from specloom.contract.target import Target
from tests.contract.test_contract import contract, shown
from tests.contract.test_contract_stop import stopped
from tests.contract.trickling_server import serve_trickling

if TYPE_CHECKING:
    from pathlib import Path

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


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


def test_a_server_whose_head_never_ends_is_not_there() -> None:
    with serve_trickling(JSON, b"a") as url, answers_within(0.3):
        assert "timed out" in (Target(url).unreachable() or "")


@pytest.mark.slow
def test_an_endless_answer_is_a_failed_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "TIMEOUT", 0.5)
    monkeypatch.setattr(engine, "TIMEOUT", 0.5)
    with serve_trickling(JSON + b"\r\n", b" ") as url:
        report = contract(url, "app-trickling", tmp_path, "/info", max_examples=1)
    assert ("getAppInfo", "answer") in {finding[:2] for finding in shown(report)}


def test_a_stream_of_nothing_but_pings_can_not_be_stopped() -> None:
    with serve_trickling(STREAM, b"event: ping\n\n") as url, answers_within(0.5):
        failed = stopped(Target(url))
    assert failed is not None
    assert (failed.operation, failed.check) == ("createCompletionMessage", "answer")
