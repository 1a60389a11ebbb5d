"""Every subject's figures, printed as they come and written to `build/bench.json`.

Exits with 0 whatever they say: machines are noisy. Knows nothing of how they are measured.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from tests.bench.measure import Figure, LeftOut, Scale
from tests.bench.process import CLIENT, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def figures(scale: Scale) -> Iterator[Figure | LeftOut]:
    """All of them, one by one."""
    # They import the generated client, which isn't installed.
    from tests.bench import (
        commands,
        contract,
        decoding,
        documents,
        events,
        get,
        importing,
        memory,
        openai_stream,
    )

    for subject in (
        get,
        events,
        openai_stream,
        decoding,
        importing,
        memory,
        commands,
        documents,
        contract,
    ):
        yield from subject.figures(scale)


def report(found: Iterable[Figure | LeftOut], path: Path) -> None:
    """Print each figure as it comes, and write them all as JSON in the end."""
    _print("what", "beside", "ratio", "at most", "spread", "rounds", "difference")
    rows: list[dict[str, Any]] = []
    for figure in found:
        if isinstance(figure, LeftOut):
            print(f"left out: {figure.name}, since {figure.reason}")  # noqa: T201
        else:
            _print(*_cells(figure))
            rows.append(_json(figure))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def _json(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.row.name,
        "ratio": figure.ratio,
        "target": figure.row.target,
        "n": figure.n,
        "spread": figure.spread,
    }


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        figure.row.name,
        figure.row.beside,
        f"{figure.ratio:.3f}",
        f"{figure.row.target:.2f}",
        f"{figure.spread:.3f}",
        str(figure.n),
        f"{figure.measured - figure.yardstick:+.1f} {figure.unit}",
    )


def _print(name: str, beside: str, *cells: str) -> None:
    print(f"{name:50}{beside:38}", *(f"{cell:>8}" for cell in cells), flush=True)  # noqa: T201


def main() -> None:
    """Measure everything at full scale."""
    sys.path.insert(0, str(CLIENT))
    report(figures(Scale()), ROOT / "build/bench.json")


if __name__ == "__main__":
    main()
