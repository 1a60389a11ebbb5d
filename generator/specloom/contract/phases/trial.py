"""What a phase of our own tried: a sequence of exchanges, and what is wrong with the last.

Knows nothing of who tried it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.contract.answers.fault import Fault
    from specloom.contract.exchanges.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial of an operation, by its id; `name` tells it from the phase's others.

    `checks` are the names of those that were made, `faults` what they found. `skipped` says why
    nothing was tried.
    """

    phase: str
    operation: str
    name: str
    exchanges: tuple[Exchange, ...] = ()
    faults: tuple[Fault, ...] = ()
    checks: tuple[str, ...] = ()
    skipped: str | None = None
