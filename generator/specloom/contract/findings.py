"""Failures into findings: one to a cause, with the smallest request that shows it.

Knows nothing of how a failure was found, nor of how findings are shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Location

    from .exchange import Exchange


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One failure of a check, as it was met.

    `cause` tells failures of one check of one operation apart; `place` is the operation's.
    `steps` are the requests as curl commands, the one that failed last. `known` says why the
    failure is a known fault.
    """

    check: str
    operation: str
    cause: str
    message: str
    severity: str
    phase: str
    place: Location
    steps: tuple[str, ...] = ()
    exchange: Exchange | None = None
    known: str | None = None


@dataclass(slots=True)
class Finding:
    """One cause, and how often it was met; `example` is the failure with the smallest request."""

    example: FailedCheck
    times: int = 0
    phases: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The same for the same cause in every run."""
        parts = (self.example.check, self.example.operation, self.example.cause)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]

    def add(self, failure: FailedCheck) -> None:
        """Count one more failure of this cause. A cause is known only if all of them are."""
        self.times += 1
        self.phases.add(failure.phase)
        if _weight(failure) < _weight(self.example):
            self.example = failure


def _weight(failure: FailedCheck) -> tuple[bool, int, int]:
    return failure.known is not None, len(failure.steps), len("".join(failure.steps))


def group(failures: Iterable[FailedCheck]) -> list[Finding]:
    """The findings, the gravest first."""
    found: dict[tuple[str, str, str], Finding] = {}
    for failure in failures:
        key = (failure.check, failure.operation, failure.cause)
        found.setdefault(key, Finding(failure)).add(failure)
    return sorted(found.values(), key=_order)


def _order(finding: Finding) -> tuple[bool, int, Any]:
    example = finding.example
    severities = ("critical", "high", "medium", "low")
    return (
        example.known is not None,
        severities.index(example.severity),
        (example.operation, example.check, example.cause),
    )
