"""Every recorded answer keeps the contract, or shows a fault that is known."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from specloom.config import Config, load_config
from specloom.contract.answers.subject import Subject
from specloom.contract.evidence.evidence import check_recordings
from specloom.contract.evidence.recordings import read_recordings
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.findings.findings import FailedCheck, group
from specloom.contract.findings.known_faults import KnownFault, load_known_faults
from specloom.contract.findings.outcome import Outcome
from specloom.diagnostics import Collector, HaltedError, Location
from specloom.pipeline import effective

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "tests/recordings"
VERSIONS = ("1.4.1", "1.14.2")

OUTSIDE = {
    "1.4.1": ["cm_get_405", "unknown_path_404", "trailing_slash", "root_index", "options_cors"],
    "1.14.2": ["cm_get_405", "unknown_path_404", "root_index"],
}
"""The exchanges that address no documented operation."""

EXPLAINED = {
    "1.4.1": {
        "cm_json_array",
        "feedback_bad_uuid",
        "app_feedbacks__page_0",
        "app_feedbacks__page_1",
        "vision_files_object",
        "tts_bad_uuid",
        "tts_unknown_msg",
    },
    "1.14.2": {"feedback_bad_uuid", "tts_unknown_msg"},
}
"""The exchanges that show a known fault."""


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT / "spec/completion", Collector())


@pytest.fixture(scope="module")
def subject(config: Config) -> Subject:
    return Subject(effective(config, Collector()), closed=True)


@pytest.fixture(scope="module")
def faults() -> Sequence[KnownFault]:
    return load_known_faults(ROOT / "spec/completion/known-faults.yaml", Collector())


def file_of(version: str) -> Path:
    return RECORDINGS / f"recordings-{version}.jsonl"


def explained_by(failures: Sequence[FailedCheck]) -> set[str]:
    return {failure.exchanges[0].name for failure in failures if failure.known}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_found_is_what_is_known_of_the_version(
    version: str, config: Config, subject: Subject, faults: Sequence[KnownFault]
) -> None:
    collector = Collector()
    failures = check_recordings(config, subject, [file_of(version)], None, collector).failures
    assert [failure.message for failure in failures if failure.known is None] == []
    assert {failure.known for failure in failures} == {
        fault.reason for fault in faults if version in fault.versions
    }
    assert explained_by(failures) == EXPLAINED[version]
    assert "app-KEY" not in repr(failures)
    told = [found.message.partition(":")[0] for found in collector.diagnostics]
    assert told == OUTSIDE[version]


def test_what_was_recorded_is_counted_like_a_run(config: Config, subject: Subject) -> None:
    outcome = check_recordings(config, subject, [file_of("1.14.2")], None, Collector())
    assert outcome.total == 127 - len(OUTSIDE["1.14.2"])
    assert {phase for _, phase in outcome.cases} == {"recordings"}
    assert outcome.statuses.total() == outcome.total
    assert (
        outcome.checked["getAppInfo", "undeclared_fields"]
        == outcome.cases["getAppInfo", "recordings"]
    )
    assert outcome.succeeded == {operation for operation, _ in outcome.cases}


def lines(*changes: dict[str, Any]) -> str:
    """A recorded answer of 1.4.1 without a fault, changed."""
    line = file_of("1.4.1").read_text(encoding="utf-8").split("\n")[0]
    return "\n".join(json.dumps({**json.loads(line), **change}) for change in changes)


def answered(body: str, status: int = 200, **headers: str) -> dict[str, Any]:
    given = {"Content-Type": "application/json", **headers}
    return {"response": {"status": status, "headers": list(given.items()), "body": {"text": body}}}


def found_in(
    path: Path, text: str, config: Config, subject: Subject, version: str | None = None
) -> Outcome:
    path.write_text(text, encoding="utf-8")
    return check_recordings(config, subject, [path], version, Collector())


def checks(outcome: Outcome) -> Counter[str]:
    return Counter(failure.check for failure in outcome.failures)


def test_an_answer_that_strays_is_a_finding_with_its_place(
    tmp_path: Path, config: Config, subject: Subject
) -> None:
    path = tmp_path / "mine.jsonl"
    elsewhere = {**answered("{}"), "request": {"method": "GET", "path": "/elsewhere"}}
    text = lines(elsewhere, answered("{}", 302), answered("{}", 302))
    outcome = found_in(path, text, config, subject, "9")
    (finding,) = group(outcome.failures)
    assert (finding.example.check, finding.times) == ("status_code_conformance", 2)
    assert f"{path}:2" in finding.example.message
    assert finding.example.place.line > 1
    assert "https://api.dify.ai/v1/completion-messages" in finding.example.steps[0]


def test_a_known_fault_that_was_not_recorded_is_a_finding_for_its_version(
    tmp_path: Path, config: Config, subject: Subject, faults: Sequence[KnownFault]
) -> None:
    outcome = found_in(tmp_path / "r.jsonl", lines({}), config, subject)
    missed = [failure for failure in outcome.failures if failure.check == "unused_known_fault"]
    assert len(missed) == sum("1.4.1" in fault.versions for fault in faults)
    assert {Path(failure.place.file).name for failure in missed} == {"known-faults.yaml"}


@pytest.mark.parametrize(
    ("header", "option", "name", "version"),
    [
        ({"X-Version": "1.1"}, "1.2", "r-1.3.jsonl", "1.1"),
        ({}, "1.2", "r-1.3.jsonl", "1.2"),
        ({}, None, "r-1.3.jsonl", "1.3"),
        ({}, None, "r.jsonl", ""),
    ],
)
def test_the_version_is_what_the_answer_says_or_the_option_or_the_name(
    header: dict[str, str], option: str | None, name: str, version: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(lines(answered("{}", **header)), encoding="utf-8")
    assert [one.version for one in read_recordings(path, option, Collector())] == [version]


def test_no_key_of_a_recording_reaches_a_finding(
    tmp_path: Path, config: Config, subject: Subject
) -> None:
    request = {
        "method": "POST",
        "path": "/v1/completion-messages?api_key=k-querykey",
        "headers": {
            "Authorization": "Bearer k-bearerkey",
            "Cookie": "sid=k-cookiekey",
            "X-Api-Key": "k-",
        },
        "json_text": '{"user": "k-bearerkey"}',
    }
    echo = answered(
        '{"event": "k-bearerkey k-querykey k-cookiekey k-setcookie"}',
        **{"Set-Cookie": "sid=k-setcookie", "Content-Type": "text/k-bearerkey"},
    )
    stray = {"request": {**request, "path": "/v1/other?api_key=k-querykey"}}
    path = tmp_path / "r.jsonl"
    path.write_text(lines({"request": request, **echo}, stray), encoding="utf-8")
    collector = Collector()
    outcome = check_recordings(config, subject, [path], None, collector)
    assert "content_type_conformance" in checks(outcome)
    assert "k-" not in repr(outcome.failures)
    assert "[redacted]" in repr(outcome.failures)
    assert "key" not in collector.diagnostics[0].message.replace("api_key", "")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"name": "sk-secret"}',
        lines({}).replace('"name"', '"nom"'),
        lines({}, {"request": {"method": "GET", "path": ["sk-secret"]}}),
        lines({}, {"response": {"status": "200", "headers": [], "body": {"text": ""}}}),
        lines({}, {"response": {"status": 200, "headers": [["a"]], "body": {"text": ""}}}),
        lines({}, {"response": {"status": 200, "headers": [], "body": {"base64": "sk-secret"}}}),
        "[" * 100_000,
    ],
)
def test_what_is_no_recording_is_refused_at_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(text, encoding="utf-8")
    collector = Collector()
    with pytest.raises(HaltedError):
        read_recordings(path, None, collector)
    (refused,) = collector.diagnostics
    assert (refused.rule.code, refused.location.line) == ("CON001", text.count("\n") + 1)
    assert "sk-secret" not in refused.message


def test_recordings_that_have_nothing_to_do_with_the_document_are_refused(
    tmp_path: Path, config: Config, subject: Subject
) -> None:
    elsewhere = lines({"request": {"method": "GET", "path": "/elsewhere"}})
    with pytest.raises(HaltedError):
        found_in(tmp_path / "r.jsonl", elsewhere, config, subject)
    with pytest.raises(HaltedError):
        found_in(tmp_path / "r.jsonl", "", config, subject)


def stopped_streams() -> list[bytes]:
    """The bodies in the file of stopped streams: what stands behind the head, without the times."""
    text = (RECORDINGS / "stop-streams-1.14.2.txt").read_text(encoding="utf-8")
    streams = [part.split("\n") for part in text.split("== ")[1:]]
    shown = [[line[7:] for line in stream[2:] if line.strip()] for stream in streams]
    return ["\n".join([*stream[stream.index("") + 1 :], ""]).encode() for stream in shown]


@pytest.mark.parametrize("body", stopped_streams(), ids=["by its user", "by another user"])
def test_a_stopped_stream_keeps_the_contract(body: bytes, subject: Subject) -> None:
    exchange = Exchange(
        "stopped",
        "1.14.2",
        Request("POST", "/v1/completion-messages"),
        Response(200, headers={"content-type": "text/event-stream; charset=utf-8"}, body=body),
        Location("stop-streams-1.14.2.txt"),
    )
    _, operation = subject.named("createCompletionMessage")
    assert body.endswith(b"\n\n")
    assert subject.contract.check(operation, exchange) == []
