"""No failure vanishes, and no expectation hides another one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from schemathesis.core.failures import Failure

from specloom import pipeline
from specloom.config import load_config
from specloom.contract.answers.subject import Subject
from specloom.contract.findings.checks import names
from specloom.contract.findings.expectations import Expectations, Failed
from specloom.contract.findings.failures import from_end, from_scenario
from specloom.contract.findings.findings import FailedCheck, Finding, group
from specloom.contract.phases.stop import CHECK
from specloom.contract.plan.settings import read_settings
from specloom.contract.requests.request_faults import RequestFault
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector, Location

SPEC = Path(__file__).parents[2] / "spec" / "completion"
TARGET = Target("http://127.0.0.1/v1")
CONFIG = load_config(SPEC, Collector())


@pytest.fixture(scope="module")
def subject() -> Subject:
    return Subject(pipeline.effective(CONFIG, Collector()))


def test_a_failure_without_an_answer_counts(subject: Subject) -> None:
    failure = Failure(operation="GET /info", title="No luck", message="nothing came")
    case = SimpleNamespace(operation=SimpleNamespace(label="GET /info"))
    info = SimpleNamespace(failure=failure, steps=[], code_sample="curl")
    recorder = SimpleNamespace(
        checks={"a": [SimpleNamespace(name="luck", failure_info=info)]},
        cases={"a": SimpleNamespace(value=case)},
        find_response=lambda **_: None,
    )
    event: Any = SimpleNamespace(recorder=recorder, phase=SimpleNamespace(value="fuzzing"))
    found = list(from_scenario(event, subject, TARGET))
    assert [(one.check, one.operation, one.message, one.exchange) for one in found] == [
        ("luck", "getAppInfo", "nothing came", None)
    ]


def test_a_failure_of_the_whole_run_counts(subject: Subject) -> None:
    failure = Failure(operation=None, title="No luck", message="never")
    event: Any = SimpleNamespace(failures=[failure])
    assert [one.check for one in from_end(event, subject, TARGET)] == ["No luck"]


@pytest.mark.parametrize(
    ("operation", "place", "kind", "expected"),
    [
        ("createCompletionMessage", "/body/files/0/type", "integer", True),
        ("createCompletionMessage", "/body/files/0", "integer", False),
        ("textToAudio", "/body/voice", "integer", True),
        ("textToAudio", "/body/voice", "missing", False),
        ("textToAudio", "/body/streaming", "missing", False),
    ],
)
def test_what_is_expected_of_the_project_is_no_more_than_it_says(
    subject: Subject, operation: str, place: str, kind: str, *, expected: bool
) -> None:
    operations = [known.id for known in subject.operations.values()]
    settings = read_settings(CONFIG, operations, {*names(), CHECK}, Collector())
    faults = [RequestFault(place, kind)]
    failed = Failed(operation, "negative_data_rejection", 200, "", {}, faults)
    assert expected == Expectations(settings.expectations).accept(failed)


def failed(
    operation: str, cause: str = "c", check: str = "authentication", known: str | None = None
) -> FailedCheck:
    place = Location("openapi.json")
    step = f"curl {operation}" + " more" * (operation != "getB")
    return FailedCheck(check, operation, cause, "", "high", operation, place, (step,), (), known)


def told(findings: list[Finding]) -> list[tuple[str, list[str], int]]:
    return [(found.example.operation, found.operations, found.times) for found in findings]


def test_a_cause_that_many_operations_share_is_one_finding() -> None:
    found = group([failed(name) for name in ("getC", "getB", "getA", "getB")])
    assert told(found) == [("getB", ["getA", "getB", "getC"], 4)]
    assert found[0].also == ("getA", "getC")
    assert found[0].phases == {"getA", "getB", "getC"}


@pytest.mark.parametrize(
    "failures",
    [
        [failed("getA"), failed("getB")],
        [failed("getA"), failed("getB"), failed("getC", cause="another")],
        [failed("getA"), failed("getB"), failed("getC", check="paging")],
        [failed("getA"), failed("getB"), failed("getC", known="since 1.4.1")],
    ],
)
def test_what_few_operations_share_is_a_finding_of_each(failures: list[FailedCheck]) -> None:
    assert [operations for _, operations, _ in told(group(failures))] == [
        [failure.operation] for failure in failures
    ]


def test_an_id_stays_whichever_request_shows_the_finding() -> None:
    names = ("getA", "getB", "getC")
    shown = {name: group([failed(other) for other in names if other != name]) for name in names}
    (joined,) = group([failed(name) for name in names])
    assert joined.id == shown["getC"][0].id == shown["getB"][0].id
    assert len({found.id for found in group([failed("getA"), failed("getB")])}) == 2


def test_a_cause_with_half_a_character_has_an_id() -> None:
    """A path of a recording may hold one."""
    assert len(group([failed("getA", cause="\ud800")])[0].id) == 8
