"""What can't be told, by a replay or by specloom's own fault, passes for no verdict."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse

from specloom.contract import session
from tests.contract.fixed_server import serve_fixed
from tests.contract.reported import DOCUMENT
from tests.contract.runs import SPEC, called
from tests.contract.small_project import write_project

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KEY = "app-of-the-untold"

SKIPPED = """
from specloom.contract.scenario import Scenario, Skipped


def run(server):
    raise Skipped("there is nothing to read")


SCENARIOS = [Scenario("one", {}, run, ("ping",))]
"""


def replayed(project: Path, url: str, folder: Path, check: str, operation: str) -> tuple[int, str]:
    """What is said of a finding of a check that is tried again."""
    plain = {"id": "abcd1234", "check": check, "operation": operation, "exchanges": []}
    (folder / "report.json").write_text(json.dumps({"findings": [plain]}), encoding="utf-8")
    given = ("--url", url, "--api-key", KEY, "--report", str(folder), "--timeout", "0.5")
    return called("contract", str(project), *given, "--replay", "abcd1234")


def test_a_phase_that_gets_no_answer_calls_nothing_mended(tmp_path: Path) -> None:
    lists: list[str] = []

    async def silent_after_the_first(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == "/app/feedbacks":
            lists.append(scope["path"])
            await asyncio.sleep(0 if len(lists) == 1 else 2)
        await JSONResponse({"data": [{}] * 20})(scope, receive, send)

    with serve_fixed(silent_after_the_first) as url:
        status, said = replayed(SPEC, url, tmp_path, "paging", "getAppFeedbacks")
    assert (status, "abcd1234 can't be told: " in said) == (2, True), said
    assert len(lists) > 1


def test_a_scenario_that_is_skipped_calls_nothing_mended(tmp_path: Path) -> None:
    write_project(tmp_path, DOCUMENT, SKIPPED)
    with serve_fixed(JSONResponse({})) as url:
        status, said = replayed(tmp_path, url, tmp_path, "scenario_error", "ping")
    assert (status, "can't be told: there is nothing to read" in said) == (2, True), said


def test_a_fault_of_specloom_is_no_finding_and_shows_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **_also: object) -> None:
        raise LookupError(KEY)

    monkeypatch.setattr(session, "make_plan", fail)
    write_project(tmp_path, DOCUMENT)
    given = ("--url", "http://127.0.0.1:9", "--api-key", KEY, "--report", str(tmp_path))
    status, said = called("contract", str(tmp_path), *given)
    assert status == 2
    assert "specloom itself failed" in said
    assert "LookupError in specloom.contract.session, line " in said
    assert KEY not in said
