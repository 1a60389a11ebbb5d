"""An outcome into `report.json` for programs, and lines for people.

Knows nothing of how the outcome was reached.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .findings import Finding
    from .outcome import Outcome
    from .settings import Expectation

PHASES: Final = ("examples", "coverage", "fuzzing", "stateful", "stop")
_SHOWN: Final = 4000


@dataclass(frozen=True, slots=True)
class Report:
    """A run and what it found; `replay` is the command that makes the same run again."""

    target: str
    seed: int
    outcome: Outcome
    findings: Sequence[Finding]
    operations: Sequence[str]
    unused: Sequence[Expectation]
    replay: str

    @property
    def exit_status(self) -> int:
        """1 if there is a finding that is not known, else 0."""
        return int(any(finding.example.known is None for finding in self.findings))


def write_json(report: Report, path: Path) -> None:
    """Write the report for programs."""
    text = json.dumps(_plain(report), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")


def _plain(report: Report) -> dict[str, Any]:
    return {
        "target": report.target,
        "seed": report.seed,
        "cases": report.outcome.total,
        "seconds": round(report.outcome.seconds, 1),
        "operations": [
            {
                "operation": name,
                "cases": _phases(report.outcome, name),
                "succeeded": name in report.outcome.succeeded,
            }
            for name in report.operations
        ],
        "findings": [_plain_finding(finding, report) for finding in report.findings],
        "unused_expectations": [
            {"operation": entry.operation, "check": entry.check, "reason": entry.reason}
            for entry in report.unused
        ],
    }


def _phases(outcome: Outcome, operation: str) -> dict[str, int]:
    return {phase: outcome.cases[operation, phase] for phase in PHASES}


def _plain_finding(finding: Finding, report: Report) -> dict[str, Any]:
    example = finding.example
    return {
        "id": finding.id,
        "check": example.check,
        "operation": example.operation,
        "cause": example.cause,
        "message": example.message,
        "severity": example.severity,
        "known": example.known is not None,
        "reason": example.known,
        "times": finding.times,
        "phases": sorted(finding.phases),
        "request": example.steps[-1] if example.steps else None,
        "steps": list(example.steps),
        "response": _plain_response(finding),
        "pointer": example.place.pointer,
        "line": example.place.line,
        "replay": report.replay,
    }


def _plain_response(finding: Finding) -> dict[str, Any] | None:
    exchange = finding.example.exchange
    if exchange is None:
        return None
    response = exchange.response
    body = response.body[:_SHOWN].decode("utf-8", "backslashreplace")
    return {"status": response.status, "content_type": response.content_type, "body": body}


def lines(report: Report, folder: Path) -> Iterator[str]:
    """What a terminal shows: findings, operations by phases, and where the rest is."""
    for finding in report.findings:
        yield _finding_line(finding)
    yield from _matrix(report)
    never = [name for name in report.operations if name not in report.outcome.succeeded]
    if never:
        yield f"never answered with success: {', '.join(never)}"
    if report.unused:
        yield f"{len(report.unused)} expectations were not needed this time; report.json lists them"
    known = sum(finding.example.known is not None for finding in report.findings)
    new = len(report.findings) - known
    yield (
        f"{report.outcome.total} cases in {report.outcome.seconds:.0f} s, seed {report.seed}: "
        f"{new} finding{'' if new == 1 else 's'}, {known} known"
    )
    yield f"report: {folder / 'report.json'}, {folder / 'html' / 'index.html'}"


def _finding_line(finding: Finding) -> str:
    example = finding.example
    kind = "known" if example.known is not None else example.severity
    said = " ".join(example.message.split())[:160]
    return (
        f"{finding.id} {kind} {example.operation}: {example.check}: {example.cause}: {said} "
        f"({finding.times} times)"
    )


def _matrix(report: Report) -> Iterator[str]:
    width = max(map(len, report.operations), default=0)
    yield " ".join([" " * width, *(f"{phase:>8}" for phase in PHASES)])
    for name in report.operations:
        counts = _phases(report.outcome, name).values()
        yield " ".join([name.ljust(width), *(f"{count:>8}" for count in counts)])
