"""How much is asked of a server, and what was found of it; knows nothing of how it is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Scale:
    """How much is asked for; times are in seconds.

    With the pause after each word a stream outlasts the arrivals, so that all are open at once.
    """

    warming: float = 2.0
    """How long each server is asked for /info first, so that all of its workers run."""
    streams: int = 500
    arriving: float = 5.0
    words: int = 100
    pause: float = 0.06
    connections: int = 16
    info_rounds: int = 5
    info_round: float = 1.0
    few_completions: int = 1_000
    completions: int = 100_000
    longest: float = 900.0
    """How long the completions may take; then the rest is not asked for."""


@dataclass(frozen=True)
class Figure:
    """What was found of a server of so many worker processes, and the most that it should be."""

    workers: int
    name: str
    value: float
    unit: str = ""
    at_most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it is no more than it should be."""
        return self.at_most is None or self.value <= self.at_most


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that so many percent don't pass (nearest rank); nan of none."""
    if not values:
        return math.nan
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
