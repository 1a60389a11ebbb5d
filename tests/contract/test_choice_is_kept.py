"""What was not to be sent isn't, not even on the way to something else; what is wrong is told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse

from specloom.config import load_config
from specloom.contract.findings.check_rules import CHECK_RULES
from specloom.contract.plan.settings import read_settings
from specloom.diagnostics import Collector, HaltedError
from tests.contract.fixed_server import serve_fixed
from tests.contract.reported import DOCUMENT
from tests.contract.runs import called, project_in, run_on
from tests.contract.small_project import write_project

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = """
from specloom.contract.scenario import Scenario

SCENARIOS = [Scenario("one", {}, lambda server: None, OPERATIONS)]
"""


def paths_asked(folder: Path, *paths: str, **options: Any) -> set[str]:
    """Where a run against a server that has nothing sends requests."""
    sent, lock = set(), threading.Lock()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        with lock:
            sent.add(scope["path"])
        await JSONResponse({}, 404)(scope, receive, send)

    with serve_fixed(answer) as url:
        run_on(url, "app-choosing", folder, *paths, **options)
    return sent


@pytest.mark.parametrize("skip", [(), ("createCompletionMessage",)])
def test_what_leads_to_an_operation_is_asked_unless_it_is_skipped(
    skip: tuple[str, ...], tmp_path: Path
) -> None:
    asked = paths_asked(tmp_path, "/messages/*", skip=skip)
    assert any(path.startswith("/messages/") for path in asked)
    assert ("/completion-messages" in asked) == (not skip)


def test_a_stream_is_not_stopped_by_what_is_skipped(tmp_path: Path) -> None:
    with serve_fixed(JSONResponse({}, 404)) as url:
        asked = ("/completion-messages",)
        report = run_on(url, "app-choosing", tmp_path, *asked, skip=("stopGenerate",))
    skipped = report.outcome.skipped
    assert skipped["createCompletionMessage", "stop"] == (
        "what stops it, POST /completion-messages/{task_id}/stop, is skipped"
    )
    assert "scenario" in skipped["createCompletionMessage", "scenarios"]


@pytest.mark.parametrize(
    ("operations", "said"),
    [
        ('("ping", "pong")', "'one' names no operation of the document: pong"),
        ("()", "'one' names no operation"),
    ],
)
def test_a_scenario_of_what_is_not_there_is_refused(
    operations: str, said: str, tmp_path: Path
) -> None:
    write_project(tmp_path, DOCUMENT, SCENARIO.replace("OPERATIONS", operations))
    status, output = called("contract", str(tmp_path), "--url", "http://127.0.0.1:9")
    assert (status, said in output) == (2, True), output


def test_a_scenario_of_what_is_there_is_read(tmp_path: Path) -> None:
    write_project(tmp_path, DOCUMENT, SCENARIO.replace("OPERATIONS", '("ping",)'))
    assert [scenario.name for scenario in project_in(tmp_path).scenarios] == ["one"]


def test_an_expression_that_python_does_not_know_is_refused(tmp_path: Path) -> None:
    """JSON Schema's `regex` is ECMA's, which has groups that Python writes otherwise."""
    write_project(tmp_path, DOCUMENT)
    config, collector = load_config(tmp_path, Collector()), Collector()
    entry = {"operation": "ping", "check": "not_a_server_error", "status": 500, "reason": "r"}
    config.contract.settings["expectations"] = [{**entry, "answer": "(?<name>a)"}]
    with pytest.raises(HaltedError):
        read_settings(config, ["ping"], CHECK_RULES, collector)
    [found] = collector.diagnostics
    assert "`contract.expectations.0.answer` is no expression of Python's" in found.message
