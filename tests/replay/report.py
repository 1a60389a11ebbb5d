"""Writes what replays came to: as text for people, and as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.replay.recording import Recording
    from tests.replay.replay import Result

AT_LEAST = 95


@dataclass(frozen=True)
class Replayed:
    """A recording and its results, one for each exchange."""

    recording: Recording
    results: Sequence[Result]

    @property
    def same(self) -> int:
        """How many answers were the same."""
        return sum(result.same for result in self.results)

    @property
    def real_faults(self) -> int:
        """How many of these answer a real server's fault as they should."""
        return sum(map(_is_righted, self.results))

    @property
    def percent(self) -> float:
        """How many of a hundred answers were the same."""
        return 100 * self.same / len(self.results)

    @property
    def passed(self) -> bool:
        """Whether enough of them were."""
        return self.percent >= AT_LEAST


def as_text(replays: Sequence[Replayed]) -> Iterator[str]:
    """Give the lines: figures, real faults answered rightly, answers that differ, the rest."""
    yield f"{'version':9} {'total':>5} {'same':>5} {'of these to faults':>19} {'percent':>8}  file"
    for each in replays:
        total, version = len(each.results), each.recording.version
        counted = f"{total:>5} {each.same:>5} {each.real_faults:>19}"
        yield f"{version:9} {counted} {each.percent:>7.1f}%  {each.recording.path}"
    yield from _section("Real faults, answered as they should be", replays, _is_righted)
    yield from _section("Same, after what was missing", replays, _is_noted)
    yield from _section("Different", replays, _differs)


def as_json(replays: Sequence[Replayed]) -> str:
    """Give `{name, same, reason}` of each; where there are several files, also whence it is."""
    rows = [row for each in replays for row in _rows(each, named=len(replays) > 1)]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _rows(each: Replayed, *, named: bool) -> Iterator[dict[str, Any]]:
    source = {"version": each.recording.version, "file": str(each.recording.path)}
    for result in each.results:
        row = {"name": result.name, "same": result.same, "reason": result.reason}
        yield row | source if named else row


def _section(
    title: str, replays: Sequence[Replayed], belongs: Callable[[Result], bool]
) -> Iterator[str]:
    lines = [
        f"  {each.recording.version:7} {result.name}: {result.reason}"
        for each in replays
        for result in each.results
        if belongs(result)
    ]
    if lines:
        yield from ("", f"{title} ({len(lines)}):", *lines)


def _is_righted(result: Result) -> bool:
    return result.same and result.real_fault


def _is_noted(result: Result) -> bool:
    return result.same and bool(result.reason) and not result.real_fault


def _differs(result: Result) -> bool:
    return not result.same
