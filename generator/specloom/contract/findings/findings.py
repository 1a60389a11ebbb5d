"""Failures into findings: one to a cause, with the smallest request that shows it.

Knows nothing of how a failure was found, nor of how findings are shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.contract.exchanges.exchange import Exchange
    from specloom.diagnostics import Location

# Two operations may fail alike by chance.
MANY: Final = 3
"""How many operations that fail for one cause share a finding."""

SEVERITIES: Final = ("critical", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One failure of a check, as it was met.

    `cause` tells failures of one check of one operation apart; `place` is the operation's.
    `steps` are the requests as curl commands, the one that failed last, and `exchanges` what went
    over the wire for them. `known` says why the failure is a known fault.
    """

    check: str
    operation: str
    cause: str
    message: str
    severity: str
    phase: str
    place: Location
    steps: tuple[str, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    known: str | None = None

    @property
    def exchange(self) -> Exchange | None:
        """The exchange that failed; None if no answer came."""
        return self.exchanges[-1] if self.exchanges else None


def finding_id(check: str, operation: str, cause: str) -> str:
    """The id of a finding; of several operations the first by the alphabet is taken."""
    text = f"{check}\0{operation}\0{cause}"
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]


@dataclass(slots=True)
class Finding:
    """One cause, and how often it was met; `example` is the failure with the smallest request."""

    example: FailedCheck
    times: int = 0
    phases: set[str] = field(default_factory=set)
    also: tuple[str, ...] = ()
    """The other operations that fail for this cause, by their ids."""

    @property
    def id(self) -> str:
        """The same for the same cause in every run."""
        return finding_id(self.example.check, self.operations[0], self.example.cause)

    @property
    def operations(self) -> list[str]:
        """All operations that fail for this cause, by their ids."""
        return sorted({self.example.operation, *self.also})

    def add(self, failure: FailedCheck) -> None:
        """Count one more failure of this cause. A cause is known only if all of them are."""
        self.times += 1
        self.phases.add(failure.phase)
        if _weight(failure) < _weight(self.example):
            self.example = failure


def _weight(failure: FailedCheck) -> tuple[bool, int, int]:
    return failure.known is not None, len(failure.steps), len("".join(failure.steps))


def group(failures: Iterable[FailedCheck]) -> list[Finding]:
    """The findings, the gravest first; one stands for all operations that share its cause."""
    found: dict[tuple[str, str, str], Finding] = {}
    for failure in failures:
        key = (failure.check, failure.operation, failure.cause)
        found.setdefault(key, Finding(failure)).add(failure)
    return sorted(_shared(found.values()), key=_order)


def _shared(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each cause that so many operations have that it lies in none of them."""
    alike: dict[tuple[str, str, str | None], list[Finding]] = {}
    for finding in findings:
        example = finding.example
        alike.setdefault((example.check, example.cause, example.known), []).append(finding)
    for same in alike.values():
        yield from [_joined(same)] if len(same) >= MANY else same


def _joined(findings: list[Finding]) -> Finding:
    example = min((finding.example for finding in findings), key=_simplest)
    operations = sorted(finding.example.operation for finding in findings)
    return Finding(
        example,
        sum(finding.times for finding in findings),
        {phase for finding in findings for phase in finding.phases},
        tuple(name for name in operations if name != example.operation),
    )


def _simplest(failure: FailedCheck) -> tuple[bool, int, int, str]:
    return (*_weight(failure), failure.operation)


def _order(finding: Finding) -> tuple[bool, int, Any]:
    example = finding.example
    return (
        example.known is not None,
        SEVERITIES.index(example.severity),
        (example.operation, example.check, example.cause),
    )
