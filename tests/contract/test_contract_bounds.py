"""No answer ends a run, however large or deep it is, and nothing is left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from schemathesis.specs.openapi.extra_data_source import OpenApiExtraDataSource
from starlette.responses import Response

from specloom.contract.answers.depth import DEEPEST, is_deep
from specloom.contract.findings.untested import LEFT_OUT
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import run_on

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Never

PATHS = ("/info", "/parameters")
OPERATIONS = ("getAppInfo", "getAppParameters")


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def test_an_answer_that_nests_deeply_keeps_nothing_from_being_tested(tmp_path: Path) -> None:
    with serve_fixed(Response(nested(2_000), media_type="application/json")) as url:
        report = run_on(url, "app-deep", tmp_path, *PATHS)
    for operation in OPERATIONS:
        assert report.outcome.cases[operation, "coverage"]
        assert report.outcome.cases[operation, "fuzzing"]
    failed = {(failure.operation, failure.check) for failure in report.outcome.failures}
    assert {(operation, "response_schema_conformance") for operation in OPERATIONS} <= failed


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_a_worker_that_failed_had_before_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise RecursionError

    monkeypatch.setattr(OpenApiExtraDataSource, "record_response", fail)
    with serve_fixed(Response(b"{}", media_type="application/json")) as url:
        report = run_on(url, "app-failing", tmp_path, *PATHS, workers=1)
    left_out = {unit for unit, reason in report.outcome.skipped.items() if reason == LEFT_OUT}
    assert ("getAppParameters", "coverage") in left_out
    assert not [unit for unit in left_out if report.outcome.cases[unit]]


def test_what_has_nothing_to_do_is_not_left_out(tmp_path: Path) -> None:
    with serve_fixed(Response(b"{}", media_type="application/json")) as url:
        report = run_on(url, "app-whole", tmp_path, *PATHS)
    assert LEFT_OUT not in report.outcome.skipped.values()


@pytest.mark.parametrize(
    ("body", "deep"),
    [
        (nested(DEEPEST), False),
        (nested(DEEPEST + 1), True),
        (b"[" + b"[]," * DEEPEST + b"[]]", False),
        (b'["' + b"[" * 2 * DEEPEST + rb"\"[" + b'"]', False),
        # No JSON, and read in one go: it must not take long either.
        (b"[" * (DEEPEST + 1) + b'"' + rb"\"" * 500_000, True),
        (b'"\\' + b"[" * (DEEPEST + 1), False),
        (b"", False),
    ],
)
def test_depth_is_that_of_arrays_and_objects(body: bytes, *, deep: bool) -> None:
    assert is_deep(body) is deep
