"""Reports of shards become that of the whole run, and nothing else passes for shards of one."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from completion_server import ServerSettings, serve_settings
from completion_server.settings import builtin_apps
from specloom.contract.reports.merge import disagreements, merge
from specloom.contract.reports.merged_junit import merged_junit
from tests.contract.runs import called, failed_checks, report_on

KEY = "app-in-shards"
BUCKETS = [{"up_to": None, "times": 0}]
NO_LATENCY = {"p50": 0.0, "p95": 0.0, "max": 0.0, "histogram": BUCKETS}


def finding(*operations: str, steps: tuple[str, ...] = ("curl",), **values: Any) -> dict[str, Any]:
    return {
        "id": "", "check": "c", "code": "CON059", "operation": operations[0],
        "operations": list(operations), "cause": "x", "message": "m", "severity": "high",
        "known": False, "reason": None, "times": 1, "phases": ["fuzzing"],
        "request": steps[-1], "steps": list(steps), "client": [], "response": None,
        "exchanges": [], "file": "openapi.json", "line": 1, "pointer": "", "said": None,
        "replay": "", **values,
    }  # fmt: skip


def cell(verdict: str, times: int = 0, reason: str = "") -> dict[str, Any]:
    return {
        "operation": "a", "check": "c", "verdict": verdict, "times": times, "reason": reason,
    }  # fmt: skip


def unused(reason: str) -> dict[str, str]:
    return {"operation": "a", "check": "c", "reason": reason}


def shard(number: int, count: int = 2, **values: Any) -> dict[str, Any]:
    return {
        "target": f"http://127.0.0.1:{8000 + number}/v1",
        "seed": 1,
        "profile": "quick",
        "shard": {"number": number, "of": count},
        "cases": 3,
        "seconds": float(number),
        "replay": f"specloom contract d --seed 1 --profile quick --shard {number}/{count}",
        "operations": [
            {
                "operation": "a",
                "cases": {"fuzzing": number},
                "succeeded": number == 1,
                "keyed": True,
            }
        ],
        "own_checks": {},
        "findings": [],
        "matrix": [],
        "statuses": {"a": {"200": 1, "404": 2}},
        "latency": {"a": {"p50": 1.0, "p95": 1.0, "max": float(number), "histogram": BUCKETS}},
        "skipped": [],
        "unused_expectations": [unused("never"), unused(f"not in {number}")],
        "unused_known_faults": [],
        **values,
    }


def test_counts_are_added_and_what_one_shard_did_is_done() -> None:
    whole = merge([shard(2), shard(1)])
    assert whole["shard"] == {"number": 1, "of": 1}
    assert (whole["cases"], whole["seconds"]) == (6, 2.0)
    assert whole["operations"] == [
        {"operation": "a", "cases": {"fuzzing": 3}, "succeeded": True, "keyed": True}
    ]
    assert whole["statuses"] == {"a": {"200": 2, "404": 4}}
    assert whole["latency"]["a"]["max"] == 2.0
    assert whole["unused_expectations"] == [unused("never")]
    assert whole["replay"] == "specloom contract d --seed 1 --profile quick"


def test_a_cause_that_several_shards_met_is_one_finding_with_the_smallest_request() -> None:
    long = finding("a", steps=("curl", "curl"), times=2, phases=["coverage"])
    whole = merge([shard(1, findings=[long]), shard(2, findings=[finding("a")])])
    [found] = whole["findings"]
    assert (found["times"], found["steps"]) == (3, ["curl"])
    assert found["phases"] == ["coverage", "fuzzing"]
    assert found["replay"] == f"{whole['replay']} --replay {found['id']}"


@pytest.mark.parametrize(
    ("first", "second", "operations"),
    [
        ([finding("a")], [finding("b")], [["a"], ["b"]]),
        ([finding("a"), finding("b")], [finding("c")], [["a", "b", "c"]]),
        ([finding("c", "a", "b")], [finding("a")], [["a", "b", "c"]]),
        ([finding("a")], [finding("b", known=True, reason="r")], [["a"], ["b"]]),
        (
            [finding("a")],
            [finding("a", "b", "c", "d", known=True, reason="r")],
            [["a"], ["b", "c", "d"]],
        ),
    ],
)
def test_a_cause_is_shared_by_as_many_operations_as_in_the_whole_run(
    first: list[Any], second: list[Any], operations: list[list[str]]
) -> None:
    whole = merge([shard(1, findings=first), shard(2, findings=second)])
    assert [found["operations"] for found in whole["findings"]] == operations
    assert len({found["id"] for found in whole["findings"]}) == len(operations)


@pytest.mark.parametrize("reason", ["r", None])
def test_a_cause_is_known_of_an_operation_only_if_all_shards_know_it(reason: str | None) -> None:
    """The one request that no known fault excuses is the one to look at."""
    known = finding("a", known=True, reason="r")
    other = finding("a", known=reason is not None, reason=reason, steps=("curl", "curl"))
    [found] = merge([shard(1, findings=[known]), shard(2, findings=[other])])["findings"]
    assert (found["known"], found["reason"], found["times"]) == (reason is not None, reason, 2)


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        (cell("passed", 2), cell("failed", 1), cell("failed", 3)),
        (cell("known", 1, "r"), cell("passed", 4), cell("known", 5, "r")),
        (cell("not covered", 0, "deselected"), cell("passed", 1), cell("passed", 1)),
        (
            cell("not covered", 0, "deselected"),
            cell("not covered", 0, "no 401 came"),
            cell("not covered", 0, "no 401 came"),
        ),
    ],
)
def test_the_gravest_verdict_stands(first: Any, second: Any, merged: Any) -> None:
    assert merge([shard(1, matrix=[first]), shard(2, matrix=[second])])["matrix"] == [merged]


def test_a_run_in_which_nothing_succeeded_is_no_green_one() -> None:
    operations = [{"operation": "a", "cases": {"fuzzing": 3}, "succeeded": False, "keyed": True}]
    whole = merge([shard(number, operations=operations) for number in (1, 2)])
    assert [found["check"] for found in whole["findings"]] == ["any_success"]
    assert ("any_success", "failed") in {(one["check"], one["verdict"]) for one in whole["matrix"]}


@pytest.mark.parametrize(
    ("keyed", "futile"), [((True, True), False), ((True, False), True), ((False, False), False)]
)
def test_what_needs_no_key_shows_nothing_of_the_key(keyed: tuple[bool, bool], futile: bool) -> None:  # noqa: FBT001 - a case of the test
    """The second of two operations alone succeeds."""
    entries = [
        {"operation": name, "cases": {"fuzzing": 1}, "succeeded": name == "b", "keyed": needs}
        for name, needs in zip("ab", keyed, strict=True)
    ]
    counts = {"statuses": {"a": {}, "b": {}}, "latency": {"a": NO_LATENCY, "b": NO_LATENCY}}
    whole = merge([shard(number, operations=entries, **counts) for number in (1, 2)])
    assert [found["check"] for found in whole["findings"]] == ["any_success"] * futile


def test_the_command_of_the_whole_run_leaves_its_report_where_the_merged_one_is() -> None:
    def command(number: int) -> str:
        return f"specloom contract d --seed 1 --shard {number}/2 --report part{number}"

    shards = [shard(number, replay=command(number)) for number in (1, 2)]
    assert list(disagreements(shards)) == []
    assert merge(shards)["replay"] == "specloom contract d --seed 1"
    assert merge(shards, Path("all"))["replay"] == "specloom contract d --seed 1 --report all"


@pytest.mark.parametrize(
    ("shards", "said"),
    [
        ([shard(1)], "shard 2/2 is missing"),
        ([shard(1), shard(2), shard(2)], "shard 2/2 is there twice"),
        ([shard(1), shard(2, count=3)], "they have different numbers of shards"),
        ([shard(1), shard(2, seed=2)], "they have different seeds"),
        ([shard(1), shard(2, profile="deep")], "they have different profiles"),
        ([shard(1), shard(2, target="http://example.org")], "they have different servers"),
        ([shard(1), shard(2, operations=[])], "they have different operations"),
        (
            [shard(1), shard(2, replay="specloom contract d --only x --shard 2/2")],
            "they have different commands",
        ),
    ],
)
def test_what_is_not_all_of_one_run_is_refused(shards: list[dict[str, Any]], said: str) -> None:
    assert list(disagreements(shards)) == [said]


def junit(folder: Path, cases: str) -> Path:
    folder.mkdir()
    path = folder / "junit.xml"
    path.write_text(
        f'<testsuites><testsuite name="schemathesis" tests="2">{cases}</testsuite></testsuites>',
        encoding="utf-8",
    )
    return path


def test_each_case_of_junit_is_there_once_and_skipped_only_if_it_was_in_all(
    tmp_path: Path,
) -> None:
    skipped = '<testcase name="{}" time="1"><skipped>why</skipped></testcase>'
    failed = '<testcase name="{}" time="2"><failure message="&lt;b&gt;">!</failure></testcase>'
    paths = [
        junit(tmp_path / "1", skipped.format("GET /a") + skipped.format("GET /b")),
        junit(tmp_path / "2", failed.format("GET /a") + skipped.format("GET /b")),
    ]
    root = ET.fromstring(merged_junit(paths))  # noqa: S314 - our own
    assert root.attrib == {
        "errors": "0", "failures": "1", "skipped": "1", "tests": "2", "time": "5.000000",
    }  # fmt: skip
    found = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert found == {"GET /a": ["failure"], "GET /b": ["skipped"]}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "can't be read"),
        ("{", "can't be read"),
        ("[]", "is no report"),
        ('{"seed": 1}', "no reports of this version"),
        (json.dumps(shard(1)), "not the shards of one run: shard 2/2 is missing"),
    ],
)
def test_what_can_not_be_merged_is_refused_with_status_2(
    text: str | None, said: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / "report.json").write_text(text, encoding="utf-8")
    status, output = called("contract-merge", str(tmp_path), "--report", str(tmp_path / "out"))
    assert (status, said in output) == (2, True)
    assert not (tmp_path / "out").exists()


def test_the_merged_reports_are_written(tmp_path: Path) -> None:
    for number in (1, 2):
        junit(tmp_path / str(number), '<testcase name="GET /a" time="1"/>')
        plain = copy.deepcopy(shard(number, findings=[finding("a")], matrix=[cell("failed", 1)]))
        (tmp_path / str(number) / "report.json").write_text(json.dumps(plain), encoding="utf-8")
    folders = [str(tmp_path / "1"), str(tmp_path / "2")]
    status, output = called("contract-merge", *folders, "--report", str(tmp_path / "out"))
    assert status == 1
    assert "6 cases in 2 s, seed 1: 1 finding, 0 known" in output
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["index.html", "junit.xml", "report.json", "report.sarif"]


@pytest.mark.slow
def test_three_shards_come_to_what_one_run_comes_to(tmp_path: Path) -> None:
    faults = ("body-status-differs", "item-key-leaked", "upload-200")
    settings = ServerSettings(apps=builtin_apps(KEY, word_delay=0.0), faults=faults)

    def run(folder: str, *options: str) -> dict[str, Any]:
        with serve_settings(settings) as url:
            return report_on(url, KEY, tmp_path / folder, *options)

    def verdicts(report: dict[str, Any]) -> set[tuple[str, str, str]]:
        return {(one["operation"], one["check"], one["verdict"]) for one in report["matrix"]}

    whole = run("whole")
    for number in ("1", "2", "3"):
        run(number, "--shard", f"{number}/3")
    parts = [str(tmp_path / number) for number in ("1", "2", "3")]
    status, output = called("contract-merge", *parts, "--report", str(tmp_path / "merged"))
    assert status == bool(faults), output
    merged = json.loads((tmp_path / "merged" / "report.json").read_text(encoding="utf-8"))
    assert verdicts(merged) == verdicts(whole)
    assert failed_checks(merged) == failed_checks(whole)
