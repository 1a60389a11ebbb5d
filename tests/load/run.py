"""Every subject's figures, printed as they come and written to `build/bench-server.json`.

Knows nothing of how they are measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from tests.load import completions, info, streams
from tests.load.cost import PROC
from tests.load.measure import Figure, Scale
from tests.server_process import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def figures(workers: Sequence[int], scale: Scale) -> Iterator[Figure]:
    """All of them, for each number of workers."""
    for count in workers:
        for subject in (streams, info, completions):
            yield from subject.figures(count, scale)


def report(found: Iterable[Figure], path: Path) -> bool:
    """Print each figure as it comes, and write them all as JSON; gives whether all are kept."""
    _print("workers", "what", "value", "", "at most")
    rows = []
    for figure in found:
        at_most = "" if figure.at_most is None else f"{figure.at_most:g}"
        _print(str(figure.workers), figure.name, _written(figure.value), figure.unit, at_most)
        rows.append(figure)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")
    return all(row.kept for row in rows)


def _written(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _print(workers: str, what: str, value: str, unit: str, at_most: str) -> None:
    print(f"{workers:>7}  {what:36}{value:>10} {unit:8}{at_most:>8}", flush=True)  # noqa: T201


def main() -> int:
    """Measure everything; 1 if a figure is more than it should be at most."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.run", description=main.__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--completions", type=int, default=Scale().completions, metavar="N")
    options = parser.parse_args()
    if not PROC.exists():
        print(f"left out: there is no {PROC} to read a process's cost from")  # noqa: T201
        return 0
    scale = Scale(completions=options.completions)
    kept = report(figures(options.workers, scale), ROOT / "build/bench-server.json")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
