"""A known fault of a server is recognized on it, wherever it is served, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from specloom import pipeline
from specloom.config import load_config
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.findings.checks import names
from specloom.contract.findings.findings import FailedCheck
from specloom.contract.findings.known_faults import ANSWER_CHECKS, load_known_faults
from specloom.contract.findings.live_faults import explained
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector, Location

if TYPE_CHECKING:
    from specloom.contract.findings.excuses import Unmet

SPEC = Path(__file__).parents[2] / "spec" / "completion"
URL = "http://127.0.0.1:5001/here/v1"
PLACE = Location("openapi.json")


def failure(version: str, query: str, check: str = "not_a_server_error") -> FailedCheck:
    body = b'{"message": "Internal Server Error", "code": "unknown"}'
    exchange = Exchange(
        "GET /app/feedbacks",
        version,
        Request("GET", f"{URL}/app/feedbacks{query}"),
        Response(500, headers={"content-type": "application/json"}, body=body),
        PLACE,
    )
    operation = "getAppFeedbacks"
    return FailedCheck(check, operation, "", "", "high", "fuzzing", PLACE, (), (exchange,))


@pytest.mark.parametrize(
    ("version", "query", "known"),
    [
        ("1.4.1", "?page=0", True),
        ("", "?page=0", True),
        ("1.14.2", "?page=0", False),
        ("1.4.1", "?page=1", False),
        ("1.4.1", "", False),
    ],
)
def test_a_known_fault_explains_its_own_request_and_version(
    version: str, query: str, *, known: bool
) -> None:
    assert known == (reason(failure(version, query)) is not None)


@pytest.mark.parametrize("check", ["ignored_auth", "use_after_free", "negative_data_rejection"])
def test_a_known_fault_excuses_nothing_but_the_answer(check: str) -> None:
    assert reason(failure("1.4.1", "?page=0", check)) is None


def test_the_checks_that_a_fault_may_explain_are_checks() -> None:
    assert set(ANSWER_CHECKS) <= names()


def test_a_failure_without_an_answer_is_never_known() -> None:
    assert reason(replace(failure("1.4.1", "?page=0"), exchanges=())) is None


@pytest.mark.parametrize(
    ("version", "unmet"),
    [
        ("1.4.1", ["createCompletionMessage"] * 2 + ["postMessageFeedback", "textToAudio"]),
        ("1.14.2", ["postMessageFeedback", "textToAudio"]),
    ],
)
def test_the_faults_of_the_servers_version_that_were_not_met_are_listed(
    version: str, unmet: list[str]
) -> None:
    _, listed = looked_up([failure(version, "?page=0")])
    assert [(fault.operation, of) for fault, of in listed] == [(name, version) for name in unmet]


@pytest.mark.parametrize("failures", [[], [failure("", "?page=0")]], ids=["no failure", "one"])
def test_a_server_without_a_version_may_have_the_faults_of_any(
    failures: list[FailedCheck],
) -> None:
    _, listed = looked_up(failures)
    assert {version for _, version in listed} == {"1.4.1", "1.14.2"}
    assert ("getAppFeedbacks" in {fault.operation for fault, _ in listed}) == (not failures)


def reason(failed: FailedCheck) -> str | None:
    (marked,), _ = looked_up([failed])
    return marked.known


def looked_up(failures: list[FailedCheck]) -> tuple[list[FailedCheck], list[Unmet]]:
    collector = Collector()
    tree = pipeline.effective(load_config(SPEC, collector), collector).tree
    faults = load_known_faults(SPEC / "known-faults.yaml", collector)
    return explained(tree, Target(URL), faults, failures)
