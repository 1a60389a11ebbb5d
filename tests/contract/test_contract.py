"""Nothing is found wrong with the completion server, and each fault put into it is found."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from starlette.responses import JSONResponse

from completion_server import ServerSettings, serve, serve_settings
from completion_server.settings import builtin_apps
from tests.contract.fixed_server import serve_fixed
from tests.contract.runs import run_on

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.findings.findings import FailedCheck

KEY = "app-faulty"
COMPLETIONS = "/completion-messages"


def spoiled(fault: str) -> ServerSettings:
    """Settings of a server with a fault."""
    return ServerSettings(apps=builtin_apps(KEY, word_delay=0.0), faults=(fault,))


@pytest.mark.slow
def test_a_server_that_conforms_is_never_blamed(tmp_path: Path) -> None:
    with serve(word_delay=0.0) as server:
        report = run_on(server.base_url, server.api_key, tmp_path, seed=2)
    assert [finding.example.message for finding in report.findings] == []
    assert report.exit_status == 0


def test_the_report_says_what_was_tested_and_holds_no_key(tmp_path: Path) -> None:
    with serve(word_delay=0.0) as server:
        run_on(server.base_url, server.api_key, tmp_path, "/info")
        told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert (server.base_url, 1, []) == (told["target"], told["seed"], told["findings"])
        cases = {entry["operation"]: sum(entry["cases"].values()) for entry in told["operations"]}
        assert told["cases"] == cases.pop("getAppInfo") > 0
        assert set(cases.values()) == {0}
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
        report = run_on(url, key, tmp_path, "/info")
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
        report = run_on(url, key, tmp_path, "/site")
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
    "stream-by-default": (COMPLETIONS, "stream_selection"),
}
"""By a fault's name: where it shows, and the check that is there for it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_the_check_that_is_there_for_it(name: str, tmp_path: Path) -> None:
    path, check = FAULTS[name]

    def is_found(failure: FailedCheck) -> bool:
        return failure.check == check

    with serve_settings(spoiled(name)) as url:
        report = run_on(url, KEY, tmp_path, path, until=is_found)
    assert report.exit_status == 1
    [found] = [one.example for one in report.findings if one.example.check == check]
    assert '"$SPECLOOM_API_KEY"' in found.steps[-1]
    assert KEY not in found.steps[-1]


def test_a_key_that_is_refused_everywhere_is_no_green_run(tmp_path: Path) -> None:
    with serve() as server:
        report = run_on(server.base_url, "app-no-such-key", tmp_path, "/info", "/site")
    assert "any_success" in {finding.example.check for finding in report.findings}
    assert report.exit_status == 1
