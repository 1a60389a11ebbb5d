"""The reports of a contract test: what programs read, code scanning, workflows and terminals."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from specloom.contract.findings.findings import group
from specloom.contract.reports.latency import joined_latency, latency
from specloom.contract.reports.report_json import plain_report
from specloom.contract.reports.summary import write_summary
from specloom.contract.reports.writing import FORMS, render, tell, write_reports
from specloom.diagnostics import Diagnostic, Location, Rule, Severity
from specloom.report import github, sarif
from tests.contract import reported
from tests.contract.reported import KEY, failure

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.answers.subject import Subject

BROKEN = "response_schema_conformance"


@pytest.fixture
def about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Subject:
    monkeypatch.chdir(tmp_path)
    return reported.subject(tmp_path)


def cells(plain: dict[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (cell["operation"], cell["check"]): (cell["verdict"], cell["reason"])
        for cell in plain["matrix"]
    }


def test_report_json_says_what_the_run_was_and_found(about: Subject) -> None:
    told = reported.plain(about, failure(about, BROKEN, body=b'{"a":1}'))
    said = {key: told[key] for key in ("target", "seed", "profile", "cases", "seconds")}
    assert said == {
        "target": reported.URL, "seed": 7, "profile": "quick", "cases": 6, "seconds": 2.5,
    }  # fmt: skip
    (finding,) = told["findings"]
    asked = {"id", "check", "operation", "cause", "severity", "known", "request", "response"}
    assert asked | {"pointer", "replay"} <= finding.keys()
    assert finding["response"]["body"] == '{"a":1}'
    assert finding["replay"].endswith(f"--replay {finding['id']}")


def test_a_finding_shows_the_lines_of_the_schema_that_it_breaks(about: Subject) -> None:
    (finding,) = reported.plain(about, failure(about, BROKEN))["findings"]
    said = finding["said"]
    assert said["pointer"] == "/components/schemas/Info"
    assert said["lines"][said["line"] - said["first"]].strip() == '"Info": {'


def test_a_finding_is_shown_as_calls_of_the_client_if_it_can_send_the_last(about: Subject) -> None:
    one = failure(about, BROKEN).exchanges[0]
    first = dataclasses.replace(one, request=dataclasses.replace(one.request, method="TRACE"))
    for exchanges, calls in (((first, one), ["# the client has no call for this step", "get()"]),
                             ((one, first), [])):  # fmt: skip
        evil = dataclasses.replace(failure(about, BROKEN), exchanges=exchanges)
        made = dataclasses.replace(
            reported.report(about, evil),
            client=lambda sent: "get()" if sent.method == "GET" else None,
        )
        assert plain_report(made)["findings"][0]["client"] == calls


def test_a_long_answer_is_cut_in_the_finding_and_whole_in_its_exchange(about: Subject) -> None:
    (finding,) = reported.plain(about, failure(about, BROKEN, body=b"x" * 5000))["findings"]
    answer, (exchange,) = finding["response"], finding["exchanges"]
    assert (answer["size"], answer["cut"], len(answer["body"])) == (5000, True, 4000)
    assert len(exchange["response"]["body"]["text"]) == 5000


def test_a_document_on_one_line_is_shown_around_the_place(tmp_path: Path) -> None:
    from specloom.contract.reports.excerpt import excerpt
    from specloom.diagnostics import Collector
    from specloom.document.load import load

    file = tmp_path / "min.json"
    file.write_text(json.dumps(reported.DOCUMENT), encoding="utf-8")
    document = load(file, Collector())
    for pointer, key in (("/components/schemas/Info", '"Info": {'), ("/info/title", '"title"')):
        (line,) = excerpt(document, pointer)["lines"]
        assert key in line
        assert len(line) < 200


@pytest.mark.parametrize("form", FORMS)
def test_no_form_shows_the_key(form: str, about: Subject, tmp_path: Path) -> None:
    told = reported.plain(about, failure(about, BROKEN, body=json.dumps({"k": KEY}).encode()))
    write_reports(told, tmp_path)
    assert KEY not in render(told, form, tmp_path)
    written = {path.name for path in tmp_path.iterdir()} - {"openapi.json"}
    assert written == {"report.json", "report.sarif", "index.html"}
    assert [path for path in tmp_path.iterdir() if KEY in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("operation", "check", "verdict", "reason"),
    [
        ("getInfo", "status_code_conformance", "passed", ""),
        ("getInfo", BROKEN, "failed", ""),
        ("getInfo", "not_a_server_error", "known", "row 5"),
        ("getInfo", "authentication", "not covered", "nothing that was tried came to it"),
        ("getInfo", "event_stream_order", "not covered", "no stream is documented"),
        ("getInfo", "paging", "not covered", "no `x-pagination`"),
        ("getInfo", "equal_values", "not covered", "no `x-equals` in the document"),
        ("ping", "authentication", "not covered", "the operation asks for no key"),
        ("ping", "event_stream_order", "not covered", "no stream came"),
        ("ping", "stop_ends_stream", "not covered", "it could not be reached"),
        ("ping", "use_after_free", "not covered", "no link leads to the operation or from it"),
    ],
)
def test_the_matrix_says_of_every_check_what_became_of_it_and_why(
    operation: str, check: str, verdict: str, reason: str, about: Subject
) -> None:
    known = failure(about, "not_a_server_error", status=503, known="row 5")
    told = reported.plain(about, failure(about, BROKEN), known)
    assert cells(told)[operation, check] == (verdict, reason)


def test_a_check_that_failed_once_anew_has_failed(about: Subject) -> None:
    known = dataclasses.replace(failure(about, BROKEN, known="row 5"), cause="another")
    found = reported.plain(about, failure(about, BROKEN), known)
    assert cells(found)["getInfo", BROKEN][0] == "failed"


def test_a_check_of_the_projects_own_is_in_the_matrix_where_it_was_made(about: Subject) -> None:
    made = reported.report(about)
    made.outcome.checked["getInfo", "names_are_kept"] = 2
    found = cells(plain_report(made))
    assert found["getInfo", "names_are_kept"] == ("passed", "")
    assert ("ping", "names_are_kept") not in found


def test_latencies_are_told_by_quantiles_and_buckets() -> None:
    told = latency([0.001, 0.002, 0.003, 0.004, 40.0])
    assert (told["p50"], told["p95"], told["max"]) == (3.0, 40000.0, 40000.0)
    counts = {bucket["up_to"]: bucket["times"] for bucket in told["histogram"] if bucket["times"]}
    assert counts == {1: 1, 2: 1, 5: 2, None: 1}


def test_latencies_of_shards_are_joined_by_their_buckets() -> None:
    joined = joined_latency([latency([0.004] * 5), latency([0.3] * 5), latency([])])
    assert (joined["p50"], joined["p95"], joined["max"]) == (5.0, 300.0, 300.0)
    assert sum(bucket["times"] for bucket in joined["histogram"]) == 10


def test_sarif_has_what_the_standard_requires_and_code_scanning_reads(about: Subject) -> None:
    known = failure(about, "not_a_server_error", status=503, known="row 5")
    log = json.loads(render(reported.plain(about, failure(about, BROKEN), known), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "specloom"
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    new, old = run["results"]
    assert [rules[one["ruleIndex"]]["id"] for one in (new, old)] == [new["ruleId"], old["ruleId"]]
    assert (new["level"], old["level"]) == ("error", "note")
    assert "suppressions" not in new
    assert old["suppressions"] == [{"kind": "external", "justification": "row 5"}]
    place = new["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "openapi.json", "uriBaseId": "%SRCROOT%"}
    assert place["region"]["startLine"] > 1


RULE = Rule("CON012", "a:b,c", "summary", "why")


def test_a_workflow_command_can_not_be_ended_or_begun_by_its_text() -> None:
    hostile = Diagnostic(
        RULE, "100%\r\n::stop-commands::x\u202e", Location("a,b:c.json", 3), Severity.ERROR
    )
    assert github.render([hostile]) == (
        "::error file=a%2Cb%3Ac.json,line=3,col=1,title=CON012 a%3Ab%2Cc"
        "::100%25%0A::stop-commands::x"
    )


def test_levels_of_workflow_commands_are_those_of_the_findings(about: Subject) -> None:
    known = failure(about, "not_a_server_error", status=503, known="row 5")
    shown = render(reported.plain(about, failure(about, BROKEN), known), "github").splitlines()
    assert [line.split(" ")[0] for line in shown[:-1]] == ["::error", "::notice"]
    assert all("file=openapi.json,line=" in line for line in shown[:-1])
    assert shown[-1] == "6 cases in 2 s, seed 7: 1 finding, 1 known"


def test_files_elsewhere_are_named_whole_and_odd_names_are_escaped(tmp_path: Path) -> None:
    far, odd = tmp_path / "x y.json", Location("ä b#c.json")
    log = json.loads(
        sarif.render([
            Diagnostic(RULE, "m", Location(str(far)), Severity.WARNING),
            Diagnostic(RULE, "m", odd, Severity.HINT),
        ])
    )  # fmt: skip
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]
        for one in log["runs"][0]["results"]
    ]
    assert places == [
        {"uri": far.as_uri()},
        {"uri": "%C3%A4%20b%23c.json", "uriBaseId": "%SRCROOT%"},
    ]


def test_text_of_servers_moves_nothing_on_a_terminal(about: Subject, tmp_path: Path) -> None:
    evil = dataclasses.replace(
        failure(about, BROKEN), message="\x1b[2J\u202e[b]x[/b]\x07", operation="[b]o[/b]\x1b"
    )
    told = reported.plain(about, evil)
    stream = io.StringIO()
    write_summary(told, tmp_path, stream)
    for shown in (stream.getvalue(), render(told, "text", tmp_path)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", shown)
        assert "\\x1b[2J\\u202e[b]x[/b]\\x07" in shown
        assert "[b]o[/b]\\x1b" in shown


def test_the_summary_counts_by_operation_and_says_where_the_reports_are(
    about: Subject, tmp_path: Path
) -> None:
    told = reported.plain(about, failure(about, BROKEN))
    stream = io.StringIO()
    write_summary(told, tmp_path, stream)
    shown = stream.getvalue()
    assert "6 cases in 2 s, seed 7: 1 finding, 0 known" in shown
    # A long path goes on in the next line.
    assert str(tmp_path / "index.html") in shown.replace("\n", "")
    assert re.search(r"getInfo +5 +1 +1 +0 ", shown)


def test_a_pipe_gets_plain_lines(about: Subject, tmp_path: Path) -> None:
    stream = io.StringIO()
    tell(reported.report(about, failure(about, BROKEN)), "text", tmp_path, stream)
    shown = stream.getvalue().splitlines()
    finding = group([failure(about, BROKEN)])[0]
    assert shown[0].startswith(f"{finding.id} high getInfo: {BROKEN}: ")
    assert "never answered with success: ping" in shown
    assert shown[-1].startswith("report: ")


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_pipe_bears_half_a_character(about: Subject, tmp_path: Path, form: str) -> None:
    """A recorded path may hold one."""
    odd = dataclasses.replace(failure(about, BROKEN), message="odd \ud800")
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
    tell(reported.report(about, odd), form, tmp_path, stream)
    told = written.getvalue().decode("utf-8")
    assert "odd" in told
    if form == "json":
        assert json.loads(told)["findings"][0]["message"] == "odd \ud800"
