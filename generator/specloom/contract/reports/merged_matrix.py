"""The matrices of several reports, as `report.json` holds them, into that of all.

Knows nothing of the rest of a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .matrix import FAILED, KNOWN, NOT_COVERED, PASSED

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = dict[str, Any]

_GRAVEST_FIRST: Final = (FAILED, KNOWN, PASSED, NOT_COVERED)
_ELSEWHERE: Final = "deselected"


def merged_matrix(reports: Sequence[dict[str, Any]]) -> list[Cell]:
    """A cell for each operation and check, operations in the order in which they are met."""
    cells: dict[str, dict[str, list[Cell]]] = {}
    for cell in (cell for report in reports for cell in report["matrix"]):
        cells.setdefault(cell["operation"], {}).setdefault(cell["check"], []).append(cell)
    return [_one(same) for checks in cells.values() for same in checks.values()]


def _one(cells: list[Cell]) -> Cell:
    """The gravest verdict; where nothing was tried, why not by the shard that was to try it."""
    gravest = min(cells, key=_order)
    return {**gravest, "times": sum(cell["times"] for cell in cells)}


def _order(cell: Cell) -> tuple[int, bool]:
    return _GRAVEST_FIRST.index(cell["verdict"]), cell["reason"] == _ELSEWHERE
