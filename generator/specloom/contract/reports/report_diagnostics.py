"""The findings of a report into diagnostics, as lint's reporters take them.

Knows nothing of the forms that they are written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.contract.findings.check_rules import CHECK_RULES, rule_of
from specloom.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def report_diagnostics(plain: dict[str, Any]) -> list[Diagnostic]:
    """A diagnostic for each finding, where the document says what it goes against."""
    return [_diagnostic(finding) for finding in plain["findings"]]


def suppressions(plain: dict[str, Any]) -> dict[Diagnostic, str]:
    """Why some of them are accepted: they are known."""
    return {
        _diagnostic(finding): finding["reason"] for finding in plain["findings"] if finding["known"]
    }


def _diagnostic(finding: dict[str, Any]) -> Diagnostic:
    severity = Severity.INFO if finding["known"] else Severity.ERROR
    replay = f"replay: {finding['replay']}" if finding["replay"] else None
    hint = f"known: {finding['reason']}" if finding["known"] else replay
    rule = rule_of(finding["check"])
    return Diagnostic(rule, " ".join(_message(finding)), _location(finding), severity, hint)


def _message(finding: dict[str, Any]) -> Iterator[str]:
    # The project's own checks share a rule, so they are named.
    if finding["check"] not in CHECK_RULES:
        yield f"{finding['check']}:"
    yield f"{', '.join(finding['operations'])}: {finding['message']}"
    yield f"({finding['times']} times, {finding['id']})"


def _location(finding: dict[str, Any]) -> Location:
    place = finding["said"] or finding
    return Location(place["file"], place["line"], 1, place["pointer"])
