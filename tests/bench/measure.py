"""Two works and what each costs, turned into a ratio: the figure.

Works go on by turns, step by step, so that a machine that slows down slows both; the ratio is the
median of the rounds' ratios. Knows nothing of what is measured.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["ms", "MB"]
# Does something once, and gives what each step of it cost: milliseconds of CPU, or megabytes.
Work: TypeAlias = Callable[[], Iterator[float]]


@dataclass(frozen=True)
class Scale:
    """How much is done in a round, and how many rounds."""

    rounds: int = 25
    requests: int = 400
    events: int = 100_000
    feedback_items: int = 2_000
    stream_rounds: int = 15
    process_rounds: int = 21
    command_rounds: int = 7
    document_rounds: int = 3
    contract_rounds: int = 1
    contract_profile: str = "default"
    memory_rounds: int = 3
    memory_events: int = 1_000_000
    upload: int = 2 * 1024**3
    """Bytes."""


@dataclass(frozen=True)
class Row:
    """What is measured, what stands beside it, and the most that their ratio should be."""

    name: str
    beside: str
    target: float


@dataclass(frozen=True)
class Figure:
    """A row's ratio, and the medians of the two works."""

    row: Row
    ratio: float
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


def compare(row: Row, measured: Work, yardstick: Work, *, rounds: int, unit: Unit = "ms") -> Figure:
    """Run both, round by round; before more than one, once for nothing, so that caches fill."""
    if rounds > 1:
        _pair(measured, yardstick)
    pairs = [_turned(measured, yardstick, turn) for turn in range(rounds)]
    ratios = [cost / beside for cost, beside in pairs]
    costs, besides = zip(*pairs, strict=True)
    ratio, cost, beside = map(statistics.median, (ratios, costs, besides))
    return Figure(row, ratio, rounds, _spread(ratios), cost, beside, unit)


def cpu_of(steps: Callable[[], Iterator[object]]) -> Work:
    """Make a work of a generator function: the CPU time of this process, in milliseconds."""

    def timed() -> Iterator[float]:
        running = steps()
        goes_on = True
        while goes_on:
            start = time.process_time()
            goes_on = next(running, running) is not running
            yield (time.process_time() - start) * 1000

    return timed


def repeated(step: Callable[[], object], times: int) -> Work:
    """Make a work of so many times the same step: its CPU time, in milliseconds."""
    return cpu_of(lambda: (step() for _ in range(times)))


def _turned(measured: Work, yardstick: Work, turn: int) -> tuple[float, float]:
    """Run both once; every other turn the yardstick goes first."""
    if turn % 2:
        beside, cost = _pair(yardstick, measured)
        return cost, beside
    return _pair(measured, yardstick)


def _pair(first: Work, second: Work) -> tuple[float, float]:
    """Run both once, a step of one and a step of the other."""
    gc.collect()
    # Or a collection of all that lives would now and then be charged to whoever's turn it is.
    gc.freeze()
    steps = list(zip_longest(first(), second(), fillvalue=0.0))
    gc.unfreeze()
    return sum(cost for cost, _ in steps), sum(cost for _, cost in steps)


def _spread(ratios: list[float]) -> float:
    if len(ratios) == 1:
        return 0.0
    first, _, third = statistics.quantiles(ratios, n=4, method="inclusive")
    return third - first
