"""What processes cost, as Linux tells it in /proc: CPU time and memory, children included."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
# user, nice, system, irq, softirq and steal, of the first line of /proc/stat; not idle, not iowait.
_BUSY = (1, 2, 3, 6, 7, 8)


@dataclass
class Cost:
    """Seconds: on the clock, and of CPU in the server, in this process and in all others.

    Others include what a host took from a virtual machine: a quiet machine has next to none.
    """

    wall: float = 0.0
    server: float = 0.0
    generator: float = 0.0
    others: float = 0.0


@contextmanager
def costing(pid: int) -> Iterator[Cost]:
    """Give a cost of the server with this process id, filled in when the block ends."""
    cost = Cost()
    before = _clocks(pid)
    yield cost
    took = [end - start for start, end in zip(before, _clocks(pid), strict=True)]
    cost.wall, cost.server, cost.generator, machine = took
    cost.others = max(0.0, machine - cost.server - cost.generator)


def memory(pid: int) -> float:
    """The memory of a process and its children in MB, what they share counted once."""
    return sum(map(_kilobytes, _family(pid))) / 1024


def _clocks(pid: int) -> tuple[float, float, float, float]:
    server = sum(map(_ticks, _family(pid))) / _TICKS
    return time.monotonic(), server, time.process_time(), _machine()


def _machine() -> float:
    with (PROC / "stat").open() as lines:
        fields = lines.readline().split()
    return sum(int(fields[index]) for index in _BUSY) / _TICKS


def _family(pid: int) -> list[int]:
    listed = (path.read_text().split() for path in PROC.glob(f"{pid}/task/*/children"))
    children = [int(child) for row in listed for child in row]
    return [pid, *(each for child in children for each in _family(child))]


def _ticks(pid: int) -> int:
    # The second field, the command's name, may hold spaces: it ends at the last parenthesis.
    fields = (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _kilobytes(pid: int) -> int:
    rollup = (PROC / f"{pid}/smaps_rollup").read_text()
    return sum(map(int, re.findall(r"^Pss:\s+(\d+) kB$", rollup, re.MULTILINE)))
