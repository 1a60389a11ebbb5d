"""A known fault explains what it describes and nothing else, and goes when it is gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from specloom.contract.answers.operations import find_operation
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.findings.excuses import Excuses
from specloom.contract.findings.known_faults import KnownFault, load_known_faults
from specloom.diagnostics import Collector, HaltedError, Location

if TYPE_CHECKING:
    from pathlib import Path

TREE = {
    "paths": {
        "/pets": {"post": {"operationId": "addPet"}},
        "/toys": {"post": {"operationId": "addToy"}},
    }
}
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
CHECK = "not_a_server_error"


def request(target: str = "/pets?dry=1", body: bytes = b"[1]") -> Request:
    return Request("POST", target, body=body)


def response(
    status: int = 500, content_type: str = "application/json", body: bytes = b'{"code": "unknown"}'
) -> Response:
    return Response(status, headers={"content-type": content_type}, body=body)


CRASH = Exchange("crash", "1", request(), response(), Location("recordings.jsonl", 3))


def read(path: Path, text: str) -> list[KnownFault]:
    path.write_text(text, encoding="utf-8")
    return load_known_faults(path, Collector())


def excuse(
    faults: list[KnownFault] | Excuses, exchange: Exchange, check: str = CHECK, cause: str = ""
) -> str | None:
    addressed = find_operation(TREE, exchange.request)
    assert addressed
    excuses = faults if isinstance(faults, Excuses) else Excuses(faults)
    return excuses.reason(check, cause, exchange, addressed)


@pytest.fixture
def faults(tmp_path: Path) -> list[KnownFault]:
    return read(tmp_path / "known-faults.yaml", FILE)


def test_what_it_describes_is_explained(faults: list[KnownFault]) -> None:
    assert excuse(faults, CRASH) == "A list crashes it."


def test_a_server_without_a_version_may_be_any(faults: list[KnownFault]) -> None:
    assert excuse(faults, replace(CRASH, version=""))


@pytest.mark.parametrize(
    "other",
    [
        replace(CRASH, version="3"),
        replace(CRASH, request=request("/toys?dry=1")),
        replace(CRASH, request=request(body=b"{}")),
        replace(CRASH, request=request(body=b"[")),
        replace(CRASH, request=request(body=b"")),
        replace(CRASH, request=request("/pets")),
        replace(CRASH, response=response(status=502)),
        replace(CRASH, response=response(content_type="text/html")),
        replace(CRASH, response=response(body=b'{"code": "other"}')),
        replace(CRASH, response=response(body=b"{")),
    ],
)
def test_anything_else_still_counts(other: Exchange, faults: list[KnownFault]) -> None:
    assert excuse(faults, other) is None


def test_a_check_that_it_does_not_name_still_counts(tmp_path: Path) -> None:
    named = read(tmp_path / "f.yaml", FILE.replace("row: 5", "checks: [response_formats]"))
    assert excuse(named, CRASH, "response_formats")
    assert excuse(named, CRASH) is None


@pytest.mark.parametrize(
    ("cause", "known"),
    [
        ("/items/*/id", True),
        ("/items/*/id breaks `type`", True),
        ("/items/*/id (integer), /user (null)", False),
        ("/items/*/name", False),
        ("/items/*/id/more", False),
        ("/items", False),
        ("the server failed with *", False),
    ],
)
@pytest.mark.parametrize("at", ["/items/*/id", "/items/0/id"])
def test_with_a_place_the_same_check_elsewhere_still_counts(
    at: str, cause: str, *, known: bool, tmp_path: Path
) -> None:
    placed = read(tmp_path / "f.yaml", FILE.replace("row: 5", f"at: {at}"))
    found = excuse(placed, CRASH, "response_schema_conformance", cause)
    assert known == (found is not None)


def test_a_fault_that_is_gone_is_named_with_its_version(faults: list[KnownFault]) -> None:
    excuses = Excuses(faults)
    assert excuses.unmet() == [(faults[0], "1"), (faults[0], "2")]
    excuse(excuses, CRASH)
    assert excuses.unmet({"1", "2"}) == [(faults[0], "2")]
    assert excuses.unmet({"1", "3"}) == []


def test_a_fault_excuses_until_its_last_day(tmp_path: Path) -> None:
    lasting = read(tmp_path / "f.yaml", FILE.replace("row: 5", "expires: 9999-12-31"))
    assert excuse(lasting, CRASH)


def test_a_fault_that_has_expired_excuses_nothing_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(FILE.replace("row: 5", "expires: 2020-02-29"), encoding="utf-8")
    collector = Collector()
    assert load_known_faults(path, collector) == []
    (told,) = collector.diagnostics
    assert (told.rule.name, told.location.line) == ("expired-known-fault", 2)
    assert "2020-02-29: A list crashes it." in told.message
    assert collector.errors == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("faults: 1\n", 1),
        (FILE.replace("reason", "excuse"), 2),
        (FILE.replace("500", "'500'"), 4),
        (FILE.replace("type: array", "type: list"), 6),
        (FILE.replace("row: 5", "checks: [ignored_auth]"), 8),
        (FILE.replace("row: 5", "expires: 2027-02-29"), 8),
        (FILE.replace("row: 5", "expires: soon"), 8),
        (FILE.replace("row: 5", "at: items"), 8),
    ],
)
def test_a_bad_file_is_refused_at_its_place(text: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "known-faults.yaml"
    path.write_text(text, encoding="utf-8")
    collector = Collector()
    with pytest.raises(HaltedError):
        load_known_faults(path, collector)
    assert {found.location.line for found in collector.diagnostics} == {line}
