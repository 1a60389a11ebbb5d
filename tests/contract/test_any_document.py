"""Any document will do: a server made from it is clean, and each fault put into it is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from schemathesis.checks import CHECKS

from specloom.contract.findings.checks import register
from specloom.contract.plan.options import Options, Profile
from specloom.contract.session import run_phases
from specloom.contract.transport.credentials import credentials
from specloom.diagnostics import Collector
from tests.contract.document_server.app import DocumentServer
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import Quiet, flagship, project_in

if TYPE_CHECKING:
    from specloom.contract.findings.findings import FailedCheck
    from specloom.contract.project import Project
    from specloom.contract.reports.report import Report

DOCUMENTS = Path(__file__).parent / "documents"
# Basic authentication takes a name and a password.
KEY = "someone:a-long-password"
FEW = Profile("few", max_examples=5, max_sequences=10, scenario_examples=1)
SOME = Profile("some", max_examples=15, max_sequences=15, scenario_examples=1)

CAUGHT_BY = [
    ("parcels", "wrong_status", "status_code_conformance"),
    ("parcels", "wrong_media_type", "content_type_conformance"),
    ("parcels", "missing_header", "response_headers_conformance"),
    ("parcels", "missing_field", "response_schema_conformance"),
    ("parcels", "wrong_type", "response_schema_conformance"),
    ("parcels", "undeclared_field", "undeclared_fields"),
    ("parcels", "broken_image", "binary_content"),
    ("parcels", "ignores_key", "ignored_auth"),
    # Only HTTP's own schemes have challenges.
    ("museum", "no_challenge", "authentication_challenge"),
    ("parcels", "accepts_anything", "negative_data_rejection"),
    ("parcels", "refuses_right", "positive_data_acceptance"),
    ("parcels", "any_method", "unsupported_method"),
    ("parcels", "crashes_on_long_text", "not_a_server_error"),
    ("parcels", "forgets_created", "ensure_resource_availability"),
    ("parcels", "keeps_deleted", "use_after_free"),
]
# What is looked for in a late phase is looked for in one operation.
KEPT = ("createParcel", "getParcel", "deleteParcel")
ONLY = {
    "no_challenge": ("getMuseumHours",),
    "crashes_on_long_text": ("createParcel",),
    "forgets_created": KEPT,
    "keeps_deleted": KEPT,
}


@cache
def loaded(name: str) -> Project:
    return project_in(DOCUMENTS / name)


def report_on(name: str, folder: Path, seed: int = 1) -> Report:
    """A run against a server made from a document, which it is right by."""
    return _run(name, folder, seed=seed)


def checks_failed_by(name: str, breakage: str, folder: Path, check: str) -> set[str]:
    """The checks that a fault fails, until it fails the one that is named."""

    def is_found(failure: FailedCheck) -> bool:
        return failure.check == check

    report = _run(
        name, folder, breakage=breakage, profile=SOME, until=is_found, only=ONLY.get(breakage, ())
    )
    return {finding.example.check for finding in report.findings}


def _run(name: str, folder: Path, *, breakage: str = "", **options: Any) -> Report:
    project = loaded(name)
    server = DocumentServer(project.subject.tree, KEY, breakage)
    with serve_fixed(server) as url:
        asked = {"seed": 1, "profile": FEW, "report": folder, "replay": "", **options}
        found = Options(url=url + server.base_path, key=KEY, **asked)
        return run_phases(project, found, Collector(), Quiet())


# Hypothesis writes long values out for its own use; here warnings are errors.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), [("museum", 1), ("petstore", 2), ("parcels", 3)])
def test_nothing_is_found_wrong_with_a_server_made_from_a_document(
    name: str, seed: int, tmp_path: Path
) -> None:
    report = report_on(name, tmp_path, seed)
    assert [finding.example.message for finding in report.findings] == []
    # Each operation was reached, with the key where the document has it.
    assert report.outcome.succeeded == set(report.operations)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "breakage", "check"), CAUGHT_BY)
def test_a_fault_is_found_by_the_check_that_is_for_it(
    name: str, breakage: str, check: str, tmp_path: Path
) -> None:
    assert check in checks_failed_by(name, breakage, tmp_path, check)


def test_a_document_is_not_held_to_the_checks_of_another() -> None:
    register(flagship().subject)
    assert "undeclared_fields" in CHECKS.get_all_names()
    register(loaded("petstore").subject)
    assert "undeclared_fields" not in CHECKS.get_all_names()


@pytest.mark.parametrize(
    ("schemes", "headers"),
    [
        (
            {"a": {"type": "http", "scheme": "Basic"}},
            {"Authorization": "Basic c29tZW9uZTphLWxvbmctcGFzc3dvcmQ="},
        ),
        (
            {
                "a": {"type": "oauth2", "flows": {}},
                "b": {"type": "apiKey", "in": "header", "name": "api_key"},
                "c": {"type": "http", "scheme": "basic"},
                "d": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
            {"Authorization": f"Bearer {KEY}", "api_key": KEY},
        ),
    ],
)
def test_a_key_goes_into_each_header_that_a_scheme_reads(
    schemes: dict[str, Any], headers: dict[str, str]
) -> None:
    found = credentials({"components": {"securitySchemes": schemes}}, KEY)
    assert found is not None
    assert found.headers == headers
    for name, value in headers.items():
        assert value.rpartition(" ")[2] not in found.redact(f"{name}: {value}, and so on")


def test_a_key_that_only_a_cookie_takes_has_nowhere_to_go() -> None:
    scheme = {"type": "apiKey", "in": "cookie", "name": "session"}
    assert credentials({"components": {"securitySchemes": {"a": scheme}}}, KEY) is None
