"""A report into lines for people and logs, without colour.

Knows nothing of how the run was made.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.findings.cause import masked

from .matrix import FAILED, KNOWN, NOT_COVERED, PASSED
from .visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SHOWN: Final = 160
_VERDICTS: Final = (PASSED, FAILED, KNOWN, NOT_COVERED)


def text_lines(plain: dict[str, Any], folder: Path | None) -> Iterator[str]:
    """Findings, operations by phases, checks by verdict, and where the rest is."""
    for finding in plain["findings"]:
        yield finding_line(finding)
    yield from _phase_table(plain)
    never = [
        entry["operation"]
        for entry in plain["operations"]
        if any(entry["cases"].values()) and not entry["succeeded"]
    ]
    if never:
        yield on_one_line(f"never answered with success: {', '.join(never)}")
    unused = len(plain["unused_expectations"])
    if unused:
        yield f"{unused} expectations were not needed this time; report.json lists them"
    yield verdict_line(plain)
    yield total_line(plain)
    if folder is not None:
        yield f"report: {folder / 'index.html'}, {folder / 'report.json'}"


def finding_line(finding: dict[str, Any]) -> str:
    """One finding on one line: `id severity operation: check: cause: message (n times)`."""
    kind = "known" if finding["known"] else finding["severity"]
    said = on_one_line(finding["message"], _SHOWN)
    operations = ", ".join(finding["operations"])
    # Often it is the message without its numbers.
    cause = "" if finding["cause"] == masked(finding["message"]) else f": {finding['cause']}"
    about = on_one_line(f"{operations}: {finding['check']}{cause}")
    return f"{finding['id']} {kind} {about}: {said} ({finding['times']} times)"


def total_line(plain: dict[str, Any]) -> str:
    """The whole run on one line: `n cases in n s, seed n: n findings, n known`."""
    known = sum(finding["known"] for finding in plain["findings"])
    new = len(plain["findings"]) - known
    return (
        f"{plain['cases']} cases in {plain['seconds']:.0f} s, seed {plain['seed']}: "
        f"{new} finding{'' if new == 1 else 's'}, {known} known"
    )


def verdict_line(plain: dict[str, Any]) -> str:
    """How many checks of operations passed, failed and were not covered."""
    counts = Counter(cell["verdict"] for cell in plain["matrix"])
    parts = [f"{counts[verdict]} {verdict}" for verdict in _VERDICTS if counts[verdict]]
    return f"checks of operations: {', '.join(parts) or 'none'}"


def phases_made(operations: Sequence[dict[str, Any]]) -> list[str]:
    """The phases that made a request of any operation, in their order."""
    made = dict.fromkeys(name for entry in operations for name in entry["cases"])
    return [name for name in made if any(entry["cases"].get(name) for entry in operations)]


def _phase_table(plain: dict[str, Any]) -> Iterator[str]:
    """Requests of each operation by phase; phases that made none are left out."""
    rows = {on_one_line(entry["operation"]): entry["cases"] for entry in plain["operations"]}
    phases = phases_made(plain["operations"])
    width = max(map(len, rows), default=0)
    yield " ".join([" " * width, *(f"{phase:>{len(phase)}}" for phase in phases)])
    for name, cases in rows.items():
        counts = (f"{cases.get(phase, 0):>{len(phase)}}" for phase in phases)
        yield " ".join([name.ljust(width), *counts])
