"""One document into a row: what was generated, whether it is whole, and what it cost."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.server.files import Files
from tests.corpus.server.operations import operations

from .costs import costs
from .process import installed, python, run
from .project import CLASS, Project

_SECONDS = 1800
# Rules and widths of ruff's own; how wide code is formatted is a matter of taste.
_RULES = ("--isolated", "--no-cache")
_FORMAT = ("--check", "--isolated", "--no-cache", "--line-length", "100")


@dataclass
class Row:
    """The figures of a document; None for what was not tried, or can't be."""

    name: str
    operations: int = 0
    generated: int = 0
    modules: int = 0
    imported: int = 0
    mypy_errors: int | None = None
    ruff_findings: int | None = None
    lines: int = 0
    cpu_s: float = 0
    peak_mb: float = 0
    models_cpu_s: float | None = None
    import_cpu_s: float | None = None
    first_call_cpu_s: float | None = None
    roundtrip_passed: int | None = None
    roundtrip_total: int | None = None
    wider: int | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing and nothing is wrong."""
        return (
            self.generated == self.operations
            and 0 < self.modules == self.imported
            and self.mypy_errors == self.ruff_findings == 0
            and self.roundtrip_passed == self.roundtrip_total
        )


def measured(project: Project, examples: int | None) -> Row:
    """Generate a document, and look at what comes out."""
    row = Row(project.document.name)
    try:
        row.operations = sum(1 for _ in operations(Files(project.folder / "spec" / row.name)))
    except Exception as error:  # noqa: BLE001 (whatever it is, it is this document's)
        row.problems.append(f"it can't be read: {type(error).__name__}: {error}"[:300])
    ran = project.generate()
    row.cpu_s, row.peak_mb = round(ran.cpu_s, 2), round(ran.peak_mb)
    if ran.status:
        said = [line for line in (ran.output + ran.errors).splitlines() if line.strip()]
        errors = [line for line in said if " error[" in line or "Error" in line] or said[-1:]
        row.problems.append("it can't be generated: " + "; ".join(errors[:3])[:500])
    else:
        _look(project, row, examples)
    _models_alone(project, row)
    return row


def _look(project: Project, row: Row, examples: int | None) -> None:
    files = sorted((project.output / project.package).rglob("*.py"))
    row.lines = sum(file.read_text().count("\n") for file in files)
    _import(project, row)
    row.import_cpu_s, row.first_call_cpu_s = costs(project.output, project.package, CLASS)
    _mypy(project, row)
    _ruff(project, row)
    if examples is not None:
        _round_trips(project, row, examples)


def _import(project: Project, row: Row) -> None:
    ran = run(
        python("-W", "error", "-m", "tests.corpus.measures.importing", project.package, CLASS),
        project.folder, seconds=_SECONDS, imports=project.output,
    )  # fmt: skip
    if ran.status:
        row.problems.append(f"it can't be imported: {_last(ran.errors)}")
        return
    found = json.loads(ran.output.splitlines()[-1])
    document = Files(project.folder / "spec" / row.name)
    wanted = {(each.method, each.template) for each in operations(document)}
    live = {(method, path) for method, path in found["live"]}
    row.modules, row.imported, row.generated = (
        found["modules"],
        found["imported"],
        len(wanted & live),
    )
    row.problems += found["problems"][:5]
    row.problems += [f"not generated: {' '.join(each)}" for each in sorted(wanted - live)[:5]]


def _mypy(project: Project, row: Row) -> None:
    command = installed(
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir",
        str(project.folder.parent / ".mypy"),
        project.package,
    )
    ran = run(command, project.output, seconds=_SECONDS, imports=project.output)
    if ran.status not in {0, 1}:
        row.problems.append(f"mypy: {_last(ran.output + ran.errors) or ran.status}")
        return
    errors = [line for line in ran.output.splitlines() if " error: " in line]
    row.mypy_errors = len(errors)
    row.problems += [f"mypy: {line}" for line in errors[:3]]


def _ruff(project: Project, row: Row) -> None:
    checked = run(
        installed("ruff", "check", *_RULES, "--output-format", "concise", "."),
        project.output,
        seconds=600,
    )
    found = re.findall(r"^\S+:\d+:\d+: .*$", checked.output, re.MULTILINE)
    formatted = run(installed("ruff", "format", *_FORMAT, "."), project.output, seconds=600)
    unformatted = re.findall(r"(?:Would reformat: |--> )(.*)$", formatted.output, re.MULTILINE)
    # Without a text of its own, a status is a finding still.
    row.ruff_findings = len(found) + (len(unformatted) or int(formatted.status != 0))
    row.problems += [f"ruff: {line}" for line in [*found, *unformatted][:2]]


def _round_trips(project: Project, row: Row, examples: int) -> None:
    document = project.folder / "spec" / row.name
    ran = run(
        python(
            "-m", "tests.corpus.measures.round_trips", str(document), str(project.output),
            project.package, CLASS, str(examples),
        ),
        project.folder, seconds=2 * _SECONDS, imports=project.output,
    )  # fmt: skip
    ends: list[dict[str, Any]] = [
        json.loads(line) for line in ran.output.splitlines() if line.startswith("{")
    ]
    row.roundtrip_total = row.operations
    row.roundtrip_passed = sum(not end["reason"] for end in ends)
    row.wider = sum(end["wider"] for end in ends)
    if ran.status:
        row.problems.append(f"round trips stopped: {_last(ran.errors) or ran.status}")
    row.problems += grouped([end for end in ends if end["reason"]])


def grouped(failures: list[dict[str, Any]]) -> list[str]:
    """Failures by their kind, the shortest of each told."""
    kinds: dict[str, list[str]] = {}
    for end in failures:
        kind = re.sub(r"""b?'[^']*'|b?"[^"]*"|\d+""", "…", end["reason"])[:60]
        kinds.setdefault(kind, []).append(f"{end['method']} {end['template']}: {end['reason']}")
    most = sorted(kinds.values(), key=len, reverse=True)
    return [f"round trip, {len(told)} times: {min(told, key=len)[:500]}" for told in most]


def _models_alone(project: Project, row: Row) -> None:
    document = str(project.folder / "spec" / row.name)
    # It writes a file, but a folder where the names of schemas have dots.
    for name in ("alone.py", "alone"):
        command = python(str(python_file("models_only")), document, str(project.folder / name))
        ran = run(command, project.folder, seconds=600)
        if ran.status == 0:
            row.models_cpu_s = round(ran.cpu_s, 2)
            return
    row.problems.append(f"datamodel-code-generator alone: {_last(ran.errors)[:200]}")


def python_file(name: str) -> Path:
    """A program of this folder."""
    return Path(__file__).with_name(f"{name}.py")


def _last(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
