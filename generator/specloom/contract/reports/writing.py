"""A report into the forms in which it is told: files, and what goes to a terminal.

Knows nothing of what the forms look like.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TextIO

from specloom.report import github, sarif

from .page import page
from .report_diagnostics import report_diagnostics, suppressions
from .report_json import plain_report
from .report_text import text_lines, total_line

if TYPE_CHECKING:
    from pathlib import Path

    from .report import Report

FORMS: Final = ("text", "json", "sarif", "github")


def write_reports(plain: dict[str, Any], folder: Path) -> None:
    """Write `report.json`, `report.sarif` and `index.html` of what `plain_report` gives."""
    _write(folder / "report.json", _json(plain))
    _write(folder / "report.sarif", render(plain, "sarif"))
    _write(folder / "index.html", page(plain, folder))


def render(plain: dict[str, Any], form: str, folder: Path | None = None) -> str:
    """What goes to standard output; `folder` is where the reports are."""
    if form == "json":
        return _json(plain)
    if form == "sarif":
        return sarif.render(report_diagnostics(plain), suppressions(plain))
    if form == "github":
        return "\n".join(
            filter(None, (github.render(report_diagnostics(plain)), total_line(plain)))
        )
    return "\n".join(text_lines(plain, folder))


def tell(report: Report, form: str, folder: Path, stream: TextIO) -> None:
    """Write a report in one of FORMS; as text with tables and colours if it is a terminal."""
    plain = plain_report(report)
    if form == "text" and stream.isatty():
        # rich costs a tenth of a second, and only a terminal needs it.
        from .summary import write_summary  # noqa: PLC0415

        write_summary(plain, folder, stream)
    else:
        stream.write(_writable(render(plain, form, folder)) + "\n")


def _json(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _writable(text: str) -> str:
    """A request that was recorded may hold half characters; JSON has the same escape for them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
