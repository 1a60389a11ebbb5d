"""How long answers took, into the figures that tell slow from fast.

Knows nothing of requests.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOUNDS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 30000)
"""Milliseconds up to which each bucket of a histogram goes; one more is open."""


def latency(seconds: Sequence[float]) -> dict[str, Any]:
    """`{p50, p95, max, histogram: [{up_to, times}]}` in milliseconds; `up_to` null is open."""
    times = sorted(1000 * value for value in seconds)
    counts = [0] * (len(BOUNDS) + 1)
    for value in times:
        counts[bisect_left(BOUNDS, value)] += 1
    return {
        "p50": _quantile(times, 0.50),
        "p95": _quantile(times, 0.95),
        "max": round(times[-1], 1) if times else 0.0,
        "histogram": _histogram(counts),
    }


def joined_latency(parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several of them as one; what can't be told from histograms is their buckets' bound."""
    counts, highest = [0] * (len(BOUNDS) + 1), 0.0
    for part in parts:
        highest = max(highest, part["max"])
        for place, bucket in enumerate(part["histogram"]):
            counts[place] += bucket["times"]
    return {
        "p50": _bound(counts, 0.50, highest),
        "p95": _bound(counts, 0.95, highest),
        "max": highest,
        "histogram": _histogram(counts),
    }


def _histogram(counts: list[int]) -> list[dict[str, int | None]]:
    bounds = (*BOUNDS, None)
    return [{"up_to": bound, "times": count} for bound, count in zip(bounds, counts, strict=True)]


def _quantile(times: list[float], share: float) -> float:
    """The least time that a share of them don't exceed."""
    return round(times[_rank(len(times), share) - 1], 1) if times else 0.0


def _bound(counts: list[int], share: float, highest: float) -> float:
    rank, seen = _rank(sum(counts), share), 0
    for bound, count in zip(BOUNDS, counts, strict=False):
        seen += count
        if seen >= rank:
            return min(float(bound), highest)
    return highest


def _rank(number: int, share: float) -> int:
    return max(1, -int(-share * number // 1))
