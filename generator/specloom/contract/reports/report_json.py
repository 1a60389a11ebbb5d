"""A report into plain JSON values: what `report.json` holds, and all that the page shows.

Knows nothing of how the run was made or is shown.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from specloom.contract.plan.phases import PHASES

from .finding_json import plain_finding
from .latency import latency
from .matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .report import Report


def plain_report(report: Report) -> dict[str, Any]:
    """The whole report; it holds no key."""
    outcome, names = report.outcome, report.operations
    cases, statuses = _by_operation(outcome.cases), _by_operation(outcome.statuses)
    return {
        "target": report.target,
        "seed": report.seed,
        "profile": report.profile,
        "shard": {"number": report.shard[0], "of": report.shard[1]},
        "cases": outcome.total,
        "seconds": round(outcome.seconds, 1),
        "replay": report.replay,
        "operations": [
            {
                "operation": name,
                "cases": {**dict.fromkeys(PHASES, 0), **cases.get(name, {})},
                "succeeded": name in outcome.succeeded,
                "keyed": name in report.keyed,
            }
            for name in names
        ],
        "own_checks": dict(report.own_checks),
        "findings": [plain_finding(finding, report) for finding in report.findings],
        "matrix": [asdict(cell) for cell in matrix(report)],
        "statuses": {name: dict(sorted(statuses.get(name, {}).items())) for name in names},
        "latency": {name: latency(outcome.latencies.get(name, ())) for name in names},
        "skipped": [
            {"operation": operation, "phase": phase, "reason": reason}
            for (operation, phase), reason in outcome.skipped.items()
        ],
        "unused_expectations": [
            {"operation": entry.operation, "check": entry.check, "reason": entry.reason}
            for entry in report.unused
        ],
        "unused_known_faults": list(report.unused_known_faults),
    }


def _by_operation(counts: Mapping[tuple[str, Any], int]) -> dict[str, dict[str, int]]:
    """Counts by operation, and then by phase or status as text."""
    found: dict[str, dict[str, int]] = {}
    for (operation, other), count in counts.items():
        found.setdefault(operation, {})[str(other)] = count
    return found
