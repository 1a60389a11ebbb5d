"""Two works and what each costs, turned into a ratio: the figure.

Rounds are interleaved, so that a machine that slows down slows both works; the ratio is the median
of the rounds' ratios. Knows nothing of what is measured.
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Unit: TypeAlias = Literal["ms", "MB"]
# Does something once, and gives what it cost: milliseconds of CPU, or megabytes.
Work: TypeAlias = "Callable[[], float]"


@dataclass(frozen=True)
class Scale:
    """How much is done in a round, and how many rounds."""

    rounds: int = 41
    requests: int = 100
    events: int = 100_000
    feedback_items: int = 2_000
    stream_rounds: int = 9
    process_rounds: int = 9
    memory_rounds: int = 1
    memory_events: int = 1_000_000
    upload: int = 2 * 1024**3
    """Bytes."""


@dataclass(frozen=True)
class Figure:
    """A ratio, the most that it should be, and the medians that it comes from."""

    name: str
    ratio: float
    target: float
    n: int
    spread: float
    """From the first to the third quartile of the rounds' ratios."""
    measured: float
    yardstick: float
    unit: Unit = "ms"


@dataclass(frozen=True)
class LeftOut:
    """What can't be measured here."""

    name: str
    reason: str


def compare(  # noqa: PLR0913 (a figure has as many sides)
    name: str, target: float, measured: Work, yardstick: Work, *, rounds: int, unit: Unit = "ms"
) -> Figure:
    """Run both in turn; before more than one round, once for nothing, so that caches fill."""
    if rounds > 1:
        measured(), yardstick()
    pairs = [_pair(measured, yardstick, swapped=bool(turn % 2)) for turn in range(rounds)]
    ratios = [cost / beside for cost, beside in pairs]
    costs, besides = zip(*pairs, strict=True)
    return Figure(
        name,
        statistics.median(ratios),
        target,
        rounds,
        _spread(ratios),
        statistics.median(costs),
        statistics.median(besides),
        unit,
    )


def cpu_of(work: Callable[[], object]) -> Work:
    """Make a work of a function: the CPU time of this process, in milliseconds."""

    def timed() -> float:
        gc.collect()
        start = time.process_time()
        work()
        return (time.process_time() - start) * 1000

    return timed


def _pair(measured: Work, yardstick: Work, *, swapped: bool) -> tuple[float, float]:
    """Run both; every other round the yardstick goes first."""
    if swapped:
        beside = yardstick()
        return measured(), beside
    return measured(), yardstick()


def _spread(ratios: list[float]) -> float:
    if len(ratios) == 1:
        return 0.0
    first, _, third = statistics.quantiles(ratios, n=4, method="inclusive")
    return third - first
