"""Each option of a contract test does what it says, and what can't be meant is refused at once."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from completion_server import serve
from specloom.contract.arguments import read_shard
from specloom.contract.plan.invocation import invocation, recordings_invocation
from specloom.contract.plan.options import PROFILES, Options
from specloom.contract.transport.rate import seconds_between
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import called, cases, failed_checks, report_on

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


def refusal(*arguments: str) -> str:
    """What is said against a call; it must be refused before anything is read."""
    status, output = called("contract", "nowhere", *arguments)
    assert status == 2
    assert "CFG001" not in output
    return " ".join(output.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rate", "5"], "--rate: '5': a rate is a number from 1 on and s, m, h or d"),
        (["--rate", "0/s"], "--rate: '0/s'"),
        (["--shard", "3/2"], "--shard: '3/2' is no part of a whole"),
        (["--max-time", "9"], "--max-time: only `--profile deep` goes on"),
        (["--profile", "slow"], "'slow' is not one of"),
        (["--workers", "0"], "--workers"),
        (["--recordings", "a", "--url", "http://x"], "--recordings: recordings need no server"),
        (["--recordings", "a", "--replay", "x"], "--recordings: recordings need no server"),
        (["--version", "1"], "--version: only recordings may lack it"),
    ],
)
def test_what_can_not_be_meant_is_refused(arguments: list[str], said: str) -> None:
    assert said in refusal(*arguments)


@pytest.mark.parametrize(
    ("rate", "seconds"), [("100/s", 0.01), ("60/m", 1.0), ("3600/h", 1.0), ("1/d", 86400.0)]
)
def test_a_rate_is_so_many_in_a_time(rate: str, seconds: float) -> None:
    assert seconds_between(rate) == seconds


@pytest.mark.parametrize("rate", ["", "s", "-1/s", "1.5/s", "1/w", "1/s/s", "٣/s"])
def test_anything_else_is_no_rate(rate: str) -> None:
    with pytest.raises(ValueError, match="a rate is a number"):
        seconds_between(rate)


def test_a_shard_is_one_of_so_many() -> None:
    assert read_shard("2/5") == (2, 5)
    for text in ("", "0/2", "1/0", "3/2", "1", "a/b", "-1/2", "1/2/3"):
        with pytest.raises(typer.BadParameter, match="no part of a whole"):
            read_shard(text)


def test_the_command_that_makes_the_same_run_again_holds_no_key() -> None:
    options = Options(
        "http://x", "app-secret", 7, PROFILES["deep"], Path(), "", "app-other", ("GET /a b",),
        ("c",), read_only=True, shard=(2, 5), rate="9/s", max_response_time=1.5, max_time=60,
    )  # fmt: skip
    assert invocation(Path("spec/x"), options) == (
        "specloom contract spec/x --url http://x --seed 7 --profile deep --max-time 60 "
        "--only 'GET /a b' --skip c --read-only --shard 2/5 --rate 9/s --max-response-time 1.5 "
        "--timeout 30 --report ."
    )


def test_the_command_that_looks_at_recordings_again_names_them_and_no_server() -> None:
    asked = Options(None, None, 1, PROFILES["quick"], Path("out"), "")
    again = recordings_invocation(Path("d"), asked, [Path("a b"), Path("c")], "1.2")
    assert again == (
        "specloom contract d --recordings 'a b' --recordings c --version 1.2 --report out"
    )


@pytest.mark.slow
def test_read_only_sends_safe_methods_alone(tmp_path: Path) -> None:
    sent, lock = set(), threading.Lock()

    async def answer(scope: Scope, _receive: Receive, send: Send) -> None:
        with lock:
            sent.add(scope["method"])
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with serve_fixed(answer) as url:
        report_on(url, "app-reading", tmp_path, "--read-only")
    assert "GET" in sent
    assert sent <= {"GET", "HEAD", "OPTIONS", "TRACE"}


@pytest.mark.slow
def test_one_operation_alone_is_tested_and_its_lack_of_links_is_no_finding(tmp_path: Path) -> None:
    with serve(word_delay=0.0) as server:
        report = report_on(server.base_url, server.api_key, tmp_path, "--only", "getAppInfo")
    assert list(cases(report)) == ["getAppInfo"]
    assert report["findings"] == []


@pytest.mark.slow
def test_an_answer_that_takes_longer_than_allowed_is_a_finding(tmp_path: Path) -> None:
    async def slowly(_scope: Scope, _receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.02)
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    options = ("--only", "getAppInfo", "--max-response-time", "0.01")
    with serve_fixed(slowly) as url:
        report = report_on(url, "app-waiting", tmp_path, *options)
    assert ("getAppInfo", "max_response_time") in failed_checks(report)


@pytest.mark.slow
def test_a_shard_alone_in_which_nothing_succeeds_is_no_failure(tmp_path: Path) -> None:
    options = ("--only", "getAppInfo", "--shard", "1/2")
    with serve(word_delay=0.0) as server:
        report = report_on(server.base_url, "app-no-such-key", tmp_path, *options)
    assert ("all", "any_success") not in failed_checks(report)


@pytest.mark.slow
def test_a_deep_run_goes_on_until_its_time_is_up(tmp_path: Path) -> None:
    options = ("--only", "getAppFeedbacks", "--profile", "deep", "--max-time", "4")
    with serve(word_delay=0.0) as server:
        report = report_on(server.base_url, server.api_key, tmp_path, *options)
    assert report["findings"] == []
    assert 3 < report["seconds"] < 30
