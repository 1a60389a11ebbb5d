"""What a run of the contract tests came to.

Knows nothing of how it was made or is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import FailedCheck


@dataclass(slots=True)
class Outcome:
    """Failures as met, the number of requests by operation and phase, and who ever succeeded."""

    failures: list[FailedCheck] = field(default_factory=list)
    cases: Counter[tuple[str, str]] = field(default_factory=Counter)
    succeeded: set[str] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def total(self) -> int:
        """All requests that were made."""
        return self.cases.total()
