"""A known fault of a server is recognized on it, wherever it is served, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from specloom import pipeline
from specloom.config import load_config
from specloom.contract.checks import names
from specloom.contract.exchange import Exchange, Request, Response
from specloom.contract.findings import FailedCheck
from specloom.contract.known_faults import ANSWER_CHECKS, load_known_faults
from specloom.contract.live_faults import reason
from specloom.contract.target import Target
from specloom.diagnostics import Collector, Location

SPEC = Path(__file__).parents[2] / "spec" / "completion"
URL = "http://127.0.0.1:5001/here/v1"
PLACE = Location("openapi.json")


def failure(version: str, query: str, check: str = "not_a_server_error") -> FailedCheck:
    body = b'{"message": "Internal Server Error", "code": "unknown"}'
    exchange = Exchange(
        "GET /app/feedbacks",
        version,
        Request("GET", f"{URL}/app/feedbacks{query}"),
        Response(500, "application/json", body),
        PLACE,
    )
    return FailedCheck(check, "getAppFeedbacks", "", "", "high", "fuzzing", PLACE, (), exchange)


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
    assert known == (explained(failure(version, query)) is not None)


@pytest.mark.parametrize("check", ["ignored_auth", "use_after_free", "negative_data_rejection"])
def test_a_known_fault_excuses_nothing_but_the_answer(check: str) -> None:
    assert explained(failure("1.4.1", "?page=0", check)) is None


def test_the_checks_that_a_fault_may_explain_are_checks() -> None:
    assert set(ANSWER_CHECKS) <= names()


def explained(failed: FailedCheck) -> str | None:
    collector = Collector()
    tree = pipeline.effective(load_config(SPEC, collector), collector).tree
    faults = load_known_faults(SPEC / "known-faults.yaml", collector)
    return reason(tree, Target(URL), faults, failed)
