"""`--recordings`: what real servers answered is as the document says, but for what is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from specloom.contract.findings.known_faults import load_known_faults
from specloom.diagnostics import Collector
from tests.contract.runs import SPEC, called

RECORDINGS = Path(__file__).parents[1] / "recordings"
KNOWN = {"1.4.1": 6, "1.14.2": 2}
"""How many findings, all of them known, the recordings of a version come to."""


def looked_at(recordings: Path, folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit status, and the findings."""
    given = ("--recordings", str(recordings), "--report", str(folder), *options)
    status, said = called("contract", str(SPEC), *given)
    assert status in {0, 1}, said
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return status, report["findings"]


def recorded(version: str) -> Path:
    return RECORDINGS / f"recordings-{version}.jsonl"


def about(finding: dict[str, Any]) -> tuple[str, str]:
    return finding["operation"], finding["reason"]


@pytest.mark.slow
@pytest.mark.parametrize("version", KNOWN)
def test_the_findings_are_the_known_faults_of_the_version(version: str, tmp_path: Path) -> None:
    status, findings = looked_at(recorded(version), tmp_path)
    faults = load_known_faults(SPEC / "known-faults.yaml", Collector())
    assert status == 0
    assert len(findings) == KNOWN[version]
    assert all(finding["known"] for finding in findings)
    # Two faults may be one finding: both are a crash of the same operation.
    assert {about(finding) for finding in findings} <= {
        (fault.operation, fault.reason) for fault in faults if version in fault.versions
    }


@pytest.mark.slow
def test_one_answer_that_is_changed_is_one_finding(tmp_path: Path) -> None:
    lines = recorded("1.14.2").read_text(encoding="utf-8").split("\n")
    [number] = [
        at for at, line in enumerate(lines) if line and json.loads(line)["name"] == "info_MyApp"
    ]
    exchange = json.loads(lines[number])
    body = json.loads(exchange["response"]["body"]["text"])
    exchange["response"]["body"] = {"text": json.dumps({**body, "name": 5})}
    lines[number] = json.dumps(exchange)
    changed = tmp_path / "changed-1.14.2.jsonl"
    changed.write_text("\n".join(lines), encoding="utf-8")
    status, findings = looked_at(changed, tmp_path, "--version", "1.14.2")
    assert status == 1
    [new] = [finding for finding in findings if not finding["known"]]
    assert (new["operation"], new["check"]) == ("getAppInfo", "response_schema_conformance")
    assert f"changed-1.14.2.jsonl:{number + 1}" in new["message"]
    assert len(findings) == KNOWN["1.14.2"] + 1
    assert {finding["replay"] for finding in findings} == {""}


def test_a_target_that_is_no_url_addresses_nothing_and_its_key_is_not_shown(
    tmp_path: Path,
) -> None:
    lines = recorded("1.14.2").read_text(encoding="utf-8").split("\n")
    [line] = [line for line in lines if line and json.loads(line)["name"] == "info_MyApp"]
    exchange = json.loads(line)
    exchange["request"]["path"] = "//[x?token=tk-93jf01ks"
    recordings = tmp_path / "recorded-1.14.2.jsonl"
    recordings.write_text(f"{line}\n{json.dumps(exchange)}\n", encoding="utf-8")
    given = ("--recordings", str(recordings), "--report", str(tmp_path / "report"))
    _, said = called("contract", str(SPEC), *given)
    assert "addresses no operation" in said
    assert "tk-93jf01ks" not in said
