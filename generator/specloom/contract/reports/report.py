"""What a run came to, and the forms in which it is told.

Knows nothing of how the outcome was reached, nor of what the forms look like.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TextIO

from specloom.report import github, sarif

from .page import page
from .report_diagnostics import report_diagnostics, suppressions
from .report_json import plain_report
from .report_text import text_lines, total_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Request
    from specloom.contract.findings.findings import Finding
    from specloom.contract.findings.outcome import Outcome
    from specloom.contract.plan.plan import Plan
    from specloom.contract.plan.settings import Expectation
    from specloom.contract.transport.target import Target

FORMS: Final = ("text", "json", "sarif", "github")


@dataclass(frozen=True, slots=True)
class Report:
    """A run and what it found; `replay` is the command that makes the same run again.

    `server` is what was tested, by the key of which exchanges are redacted. `client` writes a
    request as a call of the generated client, None if it has none for it.
    """

    target: str
    seed: int
    outcome: Outcome
    findings: Sequence[Finding]
    operations: Sequence[str]
    unused: Sequence[Expectation]
    replay: str
    profile: str = ""
    subject: Subject | None = None
    plan: Plan | None = None
    server: Target | None = None
    unused_known_faults: Sequence[str] = ()
    shard: tuple[int, int] = (1, 1)
    client: Callable[[Request], str | None] | None = None
    own_checks: Mapping[str, str] = field(default_factory=dict)
    """What the checks of the project's scenarios mean, by name."""
    keyed: frozenset[str] = frozenset()
    """The operations that demand a key, by their ids."""
    replayable: bool = True
    """Whether findings can be replayed; what was only looked at can't."""

    @property
    def exit_status(self) -> int:
        """1 if there is a finding that is not known, else 0."""
        return int(any(finding.example.known is None for finding in self.findings))


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
