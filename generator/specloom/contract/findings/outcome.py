"""What a run of the contract tests came to.

Knows nothing of how it was made or is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import FailedCheck


@dataclass(slots=True)
class Outcome:
    """Failures as met, and counts, all by the operation's id.

    `cases` counts requests by operation and phase, `checked` the checks that were made by
    operation and check, `statuses` answers by operation and status. `latencies` are seconds.
    `skipped` says of an operation and a phase why nothing was tried.
    """

    failures: list[FailedCheck] = field(default_factory=list)
    cases: Counter[tuple[str, str]] = field(default_factory=Counter)
    checked: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    latencies: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    skipped: dict[tuple[str, str], str] = field(default_factory=dict)
    succeeded: set[str] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """All requests that were made."""
        return self.cases.total()
