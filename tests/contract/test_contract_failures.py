"""No failure vanishes, and no expectation hides another one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from schemathesis.core.failures import Failure

from specloom import pipeline
from specloom.config import load_config
from specloom.contract.checks import names
from specloom.contract.expectations import Expectations, Failed
from specloom.contract.failures import from_end, from_scenario
from specloom.contract.request_faults import RequestFault
from specloom.contract.settings import read_settings
from specloom.contract.stop import CHECK
from specloom.contract.subject import Subject
from specloom.contract.target import Target
from specloom.diagnostics import Collector

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
