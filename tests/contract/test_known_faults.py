"""A known fault explains what it describes and nothing else, and goes when it is gone."""

from dataclasses import replace
from pathlib import Path

import pytest

from specloom.contract.answers import Contract
from specloom.contract.exchange import Exchange, Request, Response
from specloom.contract.known_faults import KnownFault, load_known_faults
from specloom.contract.recordings import compare, report
from specloom.diagnostics import Collector, HaltedError, Location

TREE = {
    "paths": {
        "/pets": {"post": {"operationId": "addPet", "responses": {"200": {"description": "Yes."}}}}
    }
}
CONTRACT = Contract(TREE)
FILE = """\
faults:
  - operation: addPet
    version: ['1', '2']
    status: 500
    content-type: application/json
    request: {properties: {body: {type: array}, query: {required: [dry]}}, required: [body]}
    body: {properties: {code: {const: unknown}}, required: [code]}
    row: 5
    reason: A list crashes it.
"""
CRASH = Exchange(
    "crash",
    "1",
    Request("POST", "/pets?dry=1", "[1]"),
    Response(500, "application/json", b'{"code": "unknown"}'),
    Location("recordings.jsonl", 3),
)


def read(path: Path, text: str) -> list[KnownFault]:
    path.write_text(text, encoding="utf-8")
    return load_known_faults(path, Collector())


@pytest.fixture
def faults(tmp_path: Path) -> list[KnownFault]:
    return read(tmp_path / "known-faults.yaml", FILE)


def test_what_it_describes_is_explained(faults: list[KnownFault]) -> None:
    assert compare(CONTRACT, CRASH, faults).fault is faults[0]


@pytest.mark.parametrize(
    "other",
    [
        replace(CRASH, version="3"),
        replace(CRASH, request=Request("POST", "/pets?dry=1", "{}")),
        replace(CRASH, request=Request("POST", "/pets?dry=1", "[")),
        replace(CRASH, request=Request("POST", "/pets?dry=1")),
        replace(CRASH, request=Request("POST", "/pets", "[1]")),
        replace(CRASH, response=Response(502, "application/json", b'{"code": "unknown"}')),
        replace(CRASH, response=Response(500, "text/html", b'{"code": "unknown"}')),
        replace(CRASH, response=Response(500, "application/json", b'{"code": "other"}')),
        replace(CRASH, response=Response(500, "application/json", b"{")),
    ],
)
def test_anything_else_still_counts(other: Exchange, faults: list[KnownFault]) -> None:
    outcome = compare(CONTRACT, other, faults)
    assert outcome.fault is None
    assert [violation.rule.name for violation in outcome.violations] == ["undocumented-status"]


def test_an_answer_that_keeps_the_contract_needs_no_explanation(faults: list[KnownFault]) -> None:
    kept = replace(CRASH, response=Response(200, "", b""))
    outcome = compare(CONTRACT, kept, [replace(faults[0], status=200, media_type="", body=True)])
    assert (list(outcome.violations), outcome.fault) == ([], None)


def test_the_report_names_strays_strangers_and_faults_that_are_gone(
    faults: list[KnownFault],
) -> None:
    stray = replace(CRASH, version="2", request=Request("POST", "/pets", None))
    stranger = replace(CRASH, request=Request("GET", "/pets"))
    collector = Collector()
    outcomes = [compare(CONTRACT, exchange, faults) for exchange in (CRASH, stray, stranger)]
    report(outcomes, faults, collector)
    assert [(found.rule.name, found.location.line) for found in collector.diagnostics] == [
        ("undocumented-status", 3),
        ("outside-document", 3),
        ("unused-known-fault", 2),
    ]
    assert "addPet of 2" in collector.diagnostics[-1].message


def test_a_version_without_exchanges_is_not_missed(faults: list[KnownFault]) -> None:
    collector = Collector()
    report([compare(CONTRACT, CRASH, faults)], faults, collector)
    assert collector.diagnostics == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("faults: 1\n", 1),
        (FILE.replace("reason", "excuse"), 2),
        (FILE.replace("500", "'500'"), 4),
        (FILE.replace("type: array", "type: list"), 6),
        (FILE.replace("row: 5", "checks: [ignored_auth]"), 8),
    ],
)
def test_a_bad_file_is_refused_at_its_place(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "known-faults.yaml"
    path.write_text(text, encoding="utf-8")
    collector = Collector()
    with pytest.raises(HaltedError):
        load_known_faults(path, collector)
    assert {found.location.line for found in collector.diagnostics} == {line}
