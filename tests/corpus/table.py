"""Rows into a table, a line of sums, and what was wrong below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from .measures.row import Row

_COLUMNS = (
    "document", "operations", "modules", "mypy", "ruff", "lines", "CPU s", "MB", "models alone",
    "ratio", "import ms", "first call ms", "round trips", "wider",
)  # fmt: skip


def show(rows: list[Row]) -> None:
    """Print the table."""
    console = Console(width=180)
    table = Table(*_COLUMNS)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        style = "" if row.is_complete else "bold"
        table.add_row(*_cells(row), style=style)
    table.add_section()
    table.add_row(*_sums(rows))
    console.print(table)
    for row in rows:
        for problem in row.problems:
            console.print(f"{row.name}: {escape(problem)}", highlight=False, soft_wrap=True)


def _cells(row: Row) -> list[str]:
    return [
        row.name, f"{row.generated}/{row.operations}", f"{row.imported}/{row.modules}",
        _text(row.mypy_errors), _text(row.ruff_findings), f"{row.lines:,}", f"{row.cpu_s:.1f}",
        f"{row.peak_mb:.0f}", _text(row.models_cpu_s), _ratio(row.cpu_s, row.models_cpu_s),
        _ms(row.import_cpu_s), _ms(row.first_call_cpu_s),
        _of(row.roundtrip_passed, row.roundtrip_total), _text(row.wider),
    ]  # fmt: skip


def _sums(rows: list[Row]) -> list[str]:
    alone = [row for row in rows if row.models_cpu_s]
    tried = [row for row in rows if row.roundtrip_total is not None]
    return [
        f"{sum(row.is_complete for row in rows)} of {len(rows)} complete",
        f"{_sum(rows, 'generated')}/{_sum(rows, 'operations')}",
        f"{_sum(rows, 'imported')}/{_sum(rows, 'modules')}",
        str(_sum(rows, "mypy_errors")),
        str(_sum(rows, "ruff_findings")),
        f"{_sum(rows, 'lines'):,}",
        f"{_sum(rows, 'cpu_s'):.1f}",
        f"{max((row.peak_mb for row in rows), default=0):.0f}",
        f"{_sum(alone, 'models_cpu_s'):.1f}",
        _ratio(_sum(alone, "cpu_s"), _sum(alone, "models_cpu_s")),
        "",
        "",
        f"{_sum(tried, 'roundtrip_passed')}/{_sum(tried, 'roundtrip_total')}" if tried else "-",
        "",
    ]


def _sum(rows: list[Row], name: str) -> Any:
    return sum(getattr(row, name) or 0 for row in rows)


def _text(value: Any) -> str:
    return "-" if value is None else str(value)


def _ms(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1000:.0f}"


def _of(part: int | None, whole: int | None) -> str:
    return "-" if whole is None else f"{part}/{whole}"


def _ratio(one: float, other: float | None) -> str:
    return f"{one / other:.2f}" if other else "-"
