"""Nothing is found wrong with the completion server, and each fault put into it is found."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from starlette.responses import JSONResponse

from completion_server import ServerSettings, serve, serve_settings
from completion_server.settings import builtin_apps
from specloom import pipeline
from specloom.config import load_config
from specloom.contract.options import Options
from specloom.contract.session import run
from specloom.diagnostics import Collector
from tests.contract.fixed_server import serve_fixed

if TYPE_CHECKING:
    from specloom.config import Config
    from specloom.contract.report import Report

SPEC = Path(__file__).parents[2] / "spec" / "completion"
KEY = "app-faulty"
COMPLETIONS = "/completion-messages"
STOP = "/completion-messages/{task_id}/stop"


def contract(url: str, key: str, folder: Path, *paths: str, **options: int) -> Report:
    """A contract test of some paths of the document, or of all."""
    collector = Collector()
    config = load_config(SPEC, collector)
    document = pipeline.effective(config, collector)
    if paths:
        config = _restrict(config, document.tree, paths)
    numbers = {"seed": 1, "max_examples": 5, **options}
    asked = Options(url=url, key=key, report=folder, replay="", **numbers)
    return run(config, document, asked, collector, lambda _stage: None)


def _restrict(config: Config, tree: dict[str, Any], paths: tuple[str, ...]) -> Config:
    """Take all but some paths out of a document, and out of its links and the settings."""
    tree["paths"] = {path: tree["paths"][path] for path in paths}
    operations = [operation for item in tree["paths"].values() for operation in item.values()]
    names = {operation["operationId"] for operation in operations}
    for operation in operations:
        for response in operation["responses"].values():
            links = response.get("links", {}).items()
            response["links"] = {key: link for key, link in links if link["operationId"] in names}
    settings = dict(config.contract.settings)
    settings["expectations"] = [
        entry for entry in settings["expectations"] if entry["operation"] in names
    ]
    if STOP not in paths:
        settings.pop("stops")
    return replace(config, contract=replace(config.contract, settings=settings))


def spoiled(fault: str) -> ServerSettings:
    """Settings of a server with a fault."""
    return ServerSettings(apps=builtin_apps(KEY, word_delay=0.0), faults=(fault,))


def shown(report: Report) -> list[tuple[str, str, str]]:
    return [
        (finding.example.operation, finding.example.check, finding.example.message)
        for finding in report.findings
    ]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_server_that_conforms_is_never_blamed(seed: int, tmp_path: Path) -> None:
    with serve(word_delay=0.0) as server:
        report = contract(server.base_url, server.api_key, tmp_path, seed=seed, max_examples=20)
    assert shown(report) == []
    assert report.exit_status == 0


def test_the_report_says_what_was_tested_and_holds_no_key(tmp_path: Path) -> None:
    with serve(word_delay=0.0) as server:
        contract(server.base_url, server.api_key, tmp_path, "/info")
        told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert (server.base_url, 1, []) == (told["target"], told["seed"], told["findings"])
        assert [entry["operation"] for entry in told["operations"]] == ["getAppInfo"]
        assert told["cases"] == sum(told["operations"][0]["cases"].values()) > 0
        assert (tmp_path / "html" / "index.html").stat().st_size > 0
        assert (tmp_path / "junit.xml").stat().st_size > 0
        key = server.api_key.encode()
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert [path for path in files if key in path.read_bytes()] == []


@pytest.mark.slow
def test_only_the_runs_own_files_are_written_and_all_can_be_read(tmp_path: Path) -> None:
    """The key is a word of the reports' own, and the server repeats it wherever it can."""
    key, own = "testcase", tmp_path / "settings.env"
    own.write_text(f"KEY={key}", encoding="utf-8")
    echo = JSONResponse({"name": f"you sent {key}", "mode": key})
    with serve_fixed(echo) as url:
        report = contract(url, key, tmp_path, "/info", max_examples=1)
    assert report.exit_status == 1
    assert own.read_text(encoding="utf-8") == f"KEY={key}"
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert key not in json.dumps(told)
    suites = ET.parse(tmp_path / "junit.xml").getroot()  # noqa: S314 - our own
    assert list(suites.iter("testcase"))
    assert key not in "".join(suites.itertext())


@pytest.mark.slow
def test_a_key_of_digits_is_not_seen_in_a_cause(tmp_path: Path) -> None:
    """Masking what varies would leave the letters of it; cutting, its beginning."""
    key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    echo = JSONResponse({"message": f"{'you sent a key, ' * 2}{key}"}, status_code=400)
    with serve_fixed(echo) as url:
        report = contract(url, key, tmp_path, "/site", max_examples=1)
    causes = " ".join(finding.example.cause for finding in report.findings)
    assert "[redact" in causes
    assert not re.search(r"\*[a-f]\*[a-f]|0a1b", causes)


FAULTS = {
    "upload-200": ("/files/upload", "status_code_conformance"),
    "created-201": ("/site", "status_code_conformance"),
    "info-name-missing": ("/info", "response_schema_conformance"),
    "end-twice": (COMPLETIONS, "event_stream_order"),
    "message-id-changes": (COMPLETIONS, "event_stream_order"),
    "no-message-end": (COMPLETIONS, "event_stream_order"),
    "chunk-created-at-text": (COMPLETIONS, "event_stream_events"),
    "last-blank-line-missing": (COMPLETIONS, "event_stream_framing"),
    "json-for-stream": (COMPLETIONS, "stream_selection"),
}
"""By a fault's name: where it shows, and the check that is there for it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_the_check_that_is_there_for_it(name: str, tmp_path: Path) -> None:
    path, check = FAULTS[name]
    with serve_settings(spoiled(name)) as url:
        report = contract(url, KEY, tmp_path, path)
    assert {check} == {finding.example.check for finding in report.findings}
    assert report.exit_status == 1
    curl = report.findings[0].example.steps[-1]
    assert "Authorization: Bearer [redacted]" in curl
    assert KEY not in curl


@pytest.mark.slow
def test_a_stop_that_stops_nothing_is_found(tmp_path: Path) -> None:
    with serve_settings(spoiled("stop-ignored")) as url:
        report = contract(url, KEY, tmp_path, COMPLETIONS, STOP)
    found = [finding for finding in shown(report) if finding[1] == "stop_ends_stream"]
    assert found == [
        ("createCompletionMessage", "stop_ends_stream", "it still ran 5 seconds after the stop")
    ]


def test_a_key_that_is_refused_everywhere_is_no_green_run(tmp_path: Path) -> None:
    with serve() as server:
        report = contract(server.base_url, "app-no-such-key", tmp_path, "/info", "/site")
    assert "any_success" in {finding.example.check for finding in report.findings}
    assert report.exit_status == 1
