"""`--replay`: a finding is there as long as its server is faulty, and gone when it is mended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from completion_server import ServerSettings, serve_settings
from completion_server.settings import builtin_apps
from tests.contract.runs import SPEC, called, run_on

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.findings.findings import FailedCheck

KEY = "app-to-be-replayed"

FEEDBACK = ("/completion-messages", "/messages/*", "/app/feedbacks")
FINDINGS = {
    "info-name-missing": ("response_schema_conformance", ("/info",)),
    "crash-on-long-text": ("not_a_server_error", ("/text-to-audio",)),
    "wrong-key-accepted": ("authentication", ("/info",)),
    "wrong-key-403": ("authentication", ("/info",)),
    "challenge-missing": ("authentication_challenge", ("/info",)),
    "content-cut": ("feedback_is_kept", FEEDBACK),
    "another-apps-feedback": ("another_apps_feedback_is_not_listed", FEEDBACK),
    "page-reversed": ("paging", FEEDBACK),
}
"""By a fault: the check that finds it, and the paths on which it is looked for."""


def served(*faults: str) -> ServerSettings:
    return ServerSettings(apps=builtin_apps(KEY, word_delay=0.0), faults=faults)


def replayed(url: str, folder: Path, finding: str, *options: str) -> tuple[int, str]:
    given = ("--url", url, "--api-key", KEY, "--report", str(folder), *options)
    return called("contract", str(SPEC), *given, "--replay", finding)


def found(fault: str, folder: Path) -> str:
    """The id of what a run against a server with a fault finds."""
    check, paths = FINDINGS[fault]

    def is_found(failure: FailedCheck) -> bool:
        return failure.check == check

    with serve_settings(served(fault)) as url:
        report = run_on(url, KEY, folder, *paths, until=is_found)
    [finding] = [one.id for one in report.findings if one.example.check == check]
    return finding


@pytest.mark.slow
@pytest.mark.parametrize("fault", FINDINGS)
def test_a_finding_fails_until_its_server_is_mended(fault: str, tmp_path: Path) -> None:
    finding = found(fault, tmp_path)
    other = ("--other-api-key", f"{KEY}-other")
    with serve_settings(served(fault)) as url:
        status, said = replayed(url, tmp_path, finding, *other)
    assert (status, "still fails" in said) == (1, True), said
    with serve_settings(served()) as url:
        status, said = replayed(url, tmp_path, finding, *other)
    assert (status, "no longer fails" in said) == (0, True), said
    assert KEY not in said


@pytest.mark.slow
def test_what_can_not_be_tried_again_is_not_called_mended(tmp_path: Path) -> None:
    """Without a key to the other app nothing can be said of what is its own."""
    finding = found("another-apps-feedback", tmp_path)
    with serve_settings(served("another-apps-feedback")) as url:
        status, said = replayed(url, tmp_path, finding)
    assert status == 2
    assert "no key to another app is given" in said


def test_an_id_that_names_no_finding_is_refused(tmp_path: Path) -> None:
    report = {"findings": [{"id": "abcd1234"}]}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    with serve_settings(served()) as url:
        status, said = replayed(url, tmp_path, "ffff")
    assert status == 2
    assert "no finding is called 'ffff'; there are: abcd1234" in said
