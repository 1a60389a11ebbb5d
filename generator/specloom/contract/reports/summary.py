"""A report into tables on a terminal: what was found, by operation, and where the rest is.

Takes what `report.json` holds. Text of servers and documents is shown, never obeyed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .matrix import FAILED, KNOWN, NOT_COVERED, PASSED
from .report_text import total_line
from .visible import on_one_line

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

_STYLES: Final = {
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "yellow",
    "known": "magenta",
    PASSED: "green",
    FAILED: "bold red",
    KNOWN: "magenta",
    NOT_COVERED: "dim",
}
_VERDICTS: Final = (PASSED, FAILED, KNOWN, NOT_COVERED)
_SHOWN: Final = 240


def write_summary(plain: dict[str, Any], folder: Path, stream: TextIO) -> None:
    """Write the findings, the verdicts by operation, the counts and the reports' places."""
    console = Console(file=stream, highlight=False)
    if plain["findings"]:
        console.print(_findings(plain["findings"]))
    console.print(_operations(plain))
    new = any(not finding["known"] for finding in plain["findings"])
    console.print(Text(total_line(plain), "bold red" if new else "bold green"))
    console.print(Text(f"report: {folder / 'index.html'}", "dim"))


def _findings(findings: list[dict[str, Any]]) -> Table:
    table = Table("finding", "operation", "check and what is wrong", box=None, padding=(0, 2, 0, 0))
    for finding in findings:
        kind = "known" if finding["known"] else finding["severity"]
        table.add_row(
            Text.assemble(finding["id"], "\n", (kind, _STYLES.get(kind, ""))),
            Text(on_one_line(", ".join(finding["operations"]), _SHOWN)),
            Text.assemble(
                (on_one_line(finding["check"]), "bold"),
                f" ({finding['times']} times)\n",
                on_one_line(finding["message"] or finding["cause"], _SHOWN),
            ),
        )
    return table


def _operations(plain: dict[str, Any]) -> Table:
    table = Table("operation", box=None, padding=(0, 2, 0, 0))
    for name in ("cases", *_VERDICTS, "p95 ms"):
        table.add_column(name, justify="right")
    verdicts = Counter((cell["operation"], cell["verdict"]) for cell in plain["matrix"])
    for entry in plain["operations"]:
        name = entry["operation"]
        table.add_row(
            Text(on_one_line(name)),
            Text(str(sum(entry["cases"].values()))),
            *(_count(verdicts[name, verdict], verdict) for verdict in _VERDICTS),
            Text(str(plain["latency"][name]["p95"])),
        )
    return table


def _count(number: int, verdict: str) -> Text:
    return Text(str(number), _STYLES[verdict] if number else "dim")
