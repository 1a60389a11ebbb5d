"""What a run did and found, into a verdict for every operation and every check.

Knows nothing of how checks are made or the matrix is shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.contract.findings.check_rules import CHECK_RULES
from specloom.contract.plan.phases import AUTHENTICATION, INPUTS, PAGING, PHASES, STATEFUL, STOP

from .applicability import inapplicable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .report import Report

PASSED: Final = "passed"
FAILED: Final = "failed"
KNOWN: Final = "known"
NOT_COVERED: Final = "not covered"

ANOTHER_SHARD: Final = "another shard does it"

_OF_THE_RUN: Final = {"answer", "any_success", "max_response_time", "scenario", "scenario_error"}
"""Checks that are no question to an operation; they are in the matrix where they failed."""

_USUAL: Final = tuple(name for name in CHECK_RULES if name not in _OF_THE_RUN)

_PHASES_OF: Final = {
    "authentication": (AUTHENTICATION,),
    "media_type_rejection": (INPUTS,),
    "malformed_body_rejection": (INPUTS,),
    "paging": (PAGING,),
    "stop_ends_stream": (STOP,),
    "stream_arrival": (STOP,),
    "use_after_free": (STATEFUL,),
    "ensure_resource_availability": (STATEFUL,),
}
"""The phases that make a check, where not all do."""

_NEVER_MET: Final = {
    **dict.fromkeys(
        ("event_stream_framing", "event_stream_events", "event_stream_order"), "no stream came"
    ),
    "stop_ends_stream": "no `[[contract.stops]]` names the operation",
    "stream_arrival": "no `[[contract.stops]]` names the operation",
    "binary_content": "no binary answer came",
    "authentication_challenge": "no 401 came",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A verdict, and how often the check was made; `reason` says why it wasn't, or is known."""

    operation: str
    check: str
    verdict: str
    times: int = 0
    reason: str = ""


def matrix(report: Report) -> list[Cell]:
    """A cell for each operation and check, operations as in the document, checks by their code.

    A check of the project's own is there only for the operations that it was made of.
    """
    verdicts = _verdicts(report)
    idle = inapplicable(report.subject) if report.subject else {}
    made: defaultdict[str, set[str]] = defaultdict(set)
    for operation, check in (*report.outcome.checked, *verdicts):
        made[operation].add(check)
    others = sorted(made.keys() - set(report.operations))
    return [
        _cell(report, (operation, check), verdicts, idle)
        for names, usual in ((report.operations, _USUAL), (others, ()))
        for operation in names
        for check in (*usual, *_in_order(made[operation].difference(usual)))
    ]


def _verdicts(report: Report) -> dict[tuple[str, str], tuple[str, str]]:
    """What the findings say: a check that failed once has failed, known or not."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for finding in report.findings:
        known = finding.example.known
        for operation in finding.operations:
            key = (operation, finding.example.check)
            if known is None:
                found[key] = (FAILED, "")
            else:
                found.setdefault(key, (KNOWN, known))
    return found


def _in_order(checks: Iterable[str]) -> list[str]:
    """Checks by their code, the project's own behind them by name."""
    codes = list(CHECK_RULES)
    return sorted(checks, key=lambda name: (codes.index(name) if name in codes else 999, name))


def _cell(
    report: Report,
    key: tuple[str, str],
    verdicts: dict[tuple[str, str], tuple[str, str]],
    idle: dict[tuple[str, str], str],
) -> Cell:
    times = report.outcome.checked[key]
    if key in verdicts:
        verdict, reason = verdicts[key]
        return Cell(*key, verdict, times, reason)
    if key in idle:
        return Cell(*key, NOT_COVERED, 0, idle[key])
    if times:
        return Cell(*key, PASSED, times)
    return Cell(*key, NOT_COVERED, 0, _why_not(report, *key))


def _why_not(report: Report, operation: str, check: str) -> str:
    phases, plan = _PHASES_OF.get(check, PHASES), report.plan
    if plan and operation not in plan.chosen:
        return "deselected"
    if plan and report.shard != (1, 1) and not any(plan.has(operation, phase) for phase in phases):
        return ANOTHER_SHARD
    skipped = _skipped(report, operation, phases)
    if skipped or check in _NEVER_MET:
        return skipped or _NEVER_MET[check]
    if operation not in report.outcome.succeeded:
        return "the operation was never answered with success"
    return "nothing that was tried came to it"


def _skipped(report: Report, operation: str, phases: Iterable[str]) -> str:
    """Why the phases tried nothing; empty if one of them did."""
    outcome = report.outcome
    if any(outcome.cases[operation, phase] for phase in phases):
        return ""
    return next(filter(None, (outcome.skipped.get((operation, phase)) for phase in phases)), "")
