"""Contract tests of the flagship: by the command, with the report that it leaves, or within."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from specloom.cli import app
from specloom.config import load_config
from specloom.contract.plan.options import Options, Profile
from specloom.contract.project import Project, read_project
from specloom.contract.session import run_phases
from specloom.diagnostics import Collector
from specloom.pipeline import effective

if TYPE_CHECKING:
    from specloom.contract.reports.report import Report

SPEC = Path(__file__).parents[2] / "spec" / "completion"
FEW = Profile("few", max_examples=5, max_sequences=5, scenario_examples=1)


def called(*arguments: str) -> tuple[int, str]:
    """The exit status of specloom, and what it said."""
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def report_on(url: str, key: str, folder: Path, *options: str) -> dict[str, Any]:
    """What a quick run against a server reports."""
    given = ("--url", url, "--api-key", key, "--report", str(folder), "--profile", "quick")
    status, output = called("contract", str(SPEC), *given, *options)
    assert status in {0, 1}, output
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report


def failed_checks(report: dict[str, Any]) -> set[tuple[str, str]]:
    """The operations and checks of the findings."""
    return {
        (operation, finding["check"])
        for finding in report["findings"]
        for operation in finding["operations"]
    }


def cases(report: dict[str, Any]) -> dict[str, dict[str, int]]:
    """How many requests were made, by operation and phase, without those that had none."""
    made = {
        entry["operation"]: {phase: count for phase, count in entry["cases"].items() if count}
        for entry in report["operations"]
    }
    return {operation: phases for operation, phases in made.items() if phases}


def run_on(url: str, key: str, folder: Path, *paths: str, **options: Any) -> Report:
    """A small run against some paths of the flagship, or all, with the keys of both its apps."""
    asked = {"profile": FEW, "seed": 1, "only": tuple(f"* {path}" for path in paths), **options}
    keys = {"key": key, "other_key": f"{key}-other"}
    given = Options(url=url, report=folder, replay="", **{**keys, **asked})
    return run_phases(flagship(), given, Collector(), Quiet())


@cache
def flagship() -> Project:
    """The flagship's document and settings."""
    return project_in(SPEC)


def project_in(folder: Path) -> Project:
    """A document and its settings; no client is made for it."""
    collector = Collector()
    config = load_config(folder, collector)
    return read_project(config, effective(config, collector), None, collector)


class Quiet:
    """Says nothing of the progress."""

    def __call__(self, stage: str, /) -> None:
        pass

    def count(self, cases: int, failures: int) -> None:
        pass
