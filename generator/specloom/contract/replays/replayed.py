"""What became of a finding whose requests were sent again, and how a terminal shows it.

Knows nothing of how they were sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .reported_finding import ReportedFinding


@dataclass(frozen=True, slots=True)
class Step:
    """A request that was sent again: its answer's status then, and now, if one came."""

    method: str
    target: str
    then: int
    now: int | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a finding; `fault` is what is still wrong.

    If it names a `phase`, nothing was sent: only that phase, made again, can tell.
    """

    finding: ReportedFinding
    steps: Sequence[Step] = ()
    fault: str | None = None
    phase: str | None = None

    @property
    def fails(self) -> bool:
        """Whether the finding is still there."""
        return self.fault is not None


def lines(replayed: Replayed) -> Iterator[str]:
    """What a terminal shows: the sequence, and the verdict."""
    finding = replayed.finding
    for step in replayed.steps:
        now = step.now or "no answer"
        yield printable(f"{step.method} {step.target}: {step.then} then, {now} now")
    about = f"{finding.id} {finding.operation}: {finding.check}"
    if replayed.phase:
        yield printable(f"{about}: only the phase `{replayed.phase}`, made again, can tell")
    elif replayed.fails:
        yield printable(f"{about} still fails: {replayed.fault}")
    else:
        yield printable(f"{about} no longer fails")
