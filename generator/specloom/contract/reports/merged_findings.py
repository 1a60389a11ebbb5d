"""Findings of several reports, as `report.json` holds them, into those of all: one to a cause.

Knows nothing of the rest of a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.contract.findings.check_rules import rule_of
from specloom.contract.findings.findings import MANY, SEVERITIES, finding_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Plain = dict[str, Any]

_NO_SUCCESS: Final = "any_success"


def merged_findings(reports: Sequence[Plain], replay: str) -> list[Plain]:
    """The findings, the gravest first; `replay` is the command that makes the whole run again."""
    findings = [finding for report in reports for finding in report["findings"]]
    joined = (one for same in _alike(findings) for one in _joined(same, replay))
    return sorted(joined, key=_order)


def _alike(findings: Sequence[Plain]) -> Iterable[list[Plain]]:
    """Findings by cause; one of an operation is known only if all of its reports say so."""
    reasons: dict[tuple[str, str, str], str | None] = {}
    for finding in sorted(findings, key=lambda finding: bool(finding["known"])):
        for operation in finding["operations"]:
            key = (finding["check"], finding["cause"], operation)
            reasons.setdefault(key, finding["reason"])
    alike: dict[tuple[str, str, str | None], list[Plain]] = {}
    for finding in findings:
        check, cause = finding["check"], finding["cause"]
        for reason, operations in _by_reason(finding, reasons).items():
            same = alike.setdefault((check, cause, reason), [])
            same.append({**finding, "operations": operations})
    return alike.values()


def _by_reason(
    finding: Plain, reasons: Mapping[tuple[str, str, str], str | None]
) -> dict[str | None, list[str]]:
    """The operations of a finding by why they are known to fail, None where they aren't."""
    found: dict[str | None, list[str]] = {}
    for operation in finding["operations"]:
        reason = reasons[finding["check"], finding["cause"], operation]
        found.setdefault(reason, []).append(operation)
    return found


def nothing_succeeded(findings: Sequence[Plain], replay: str) -> tuple[Plain, Plain]:
    """What makes all else worthless, which no shard can tell: a finding, and the matrix's cell."""
    cause, operation = "nothing succeeded", "all"
    id_ = finding_id(_NO_SUCCESS, operation, cause)
    finding = {
        "id": id_,
        "check": _NO_SUCCESS,
        "code": rule_of(_NO_SUCCESS).code,
        "operation": operation,
        "operations": [operation],
        "cause": cause,
        "message": "No request was ever answered with 2xx: is the key right, and the base URL?",
        "severity": "critical",
        "known": False,
        "reason": None,
        "times": 1,
        "phases": [""],
        "request": None,
        "steps": [],
        "client": [],
        "response": None,
        "exchanges": [],
        "file": next((finding["file"] for finding in findings), ""),
        "line": 1,
        "pointer": "",
        "said": None,
        "replay": f"{replay} --replay {id_}",
    }
    cell = {"operation": operation, "check": _NO_SUCCESS, "verdict": "failed", "times": 0}
    return finding, {**cell, "reason": ""}


def _joined(findings: list[Plain], replay: str) -> Iterator[Plain]:
    """Findings of one cause as one, if it lies in none of its operations; else one to each."""
    operations = sorted({name for finding in findings for name in finding["operations"]})
    if len(operations) >= MANY:
        yield _one(findings, operations, replay)
        return
    for operation in operations:
        same = [finding for finding in findings if operation in finding["operations"]]
        yield _one(same, [operation], replay)


def _one(findings: list[Plain], operations: list[str], replay: str) -> Plain:
    example = min(findings, key=_weight)
    id_ = finding_id(example["check"], operations[0], example["cause"])
    return {
        **example,
        "id": id_,
        "operations": operations,
        "times": sum(finding["times"] for finding in findings),
        "phases": _all(finding["phases"] for finding in findings),
        "replay": f"{replay} --replay {id_}",
    }


def _all(lists: Iterable[list[str]]) -> list[str]:
    return sorted({name for names in lists for name in names})


def _weight(finding: Plain) -> tuple[bool, int, int, str]:
    steps = finding["steps"]
    return finding["known"], len(steps), len("".join(steps)), finding["operation"]


def _order(finding: Plain) -> tuple[bool, int, tuple[str, str, str]]:
    return (
        finding["known"],
        SEVERITIES.index(finding["severity"]),
        (finding["operation"], finding["check"], finding["cause"]),
    )
