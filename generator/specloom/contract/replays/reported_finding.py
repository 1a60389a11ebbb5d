"""`report.json` and an id into the finding that it has under it, with its exchanges.

Knows nothing of what becomes of it.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.contract.exchanges.exchange_json import read_exchange
from specloom.diagnostics import Location, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specloom.contract.exchanges.exchange import Exchange
    from specloom.diagnostics import Collector

BAD_REPLAY = Rule(
    "CON034",
    "bad-replay",
    "a finding can't be replayed",
    "`--replay` takes the id of a finding that report.json of the `--report` folder has, with its "
    "requests. What was cut because it was long can't be sent again.",
    exit_status=2,
)
RULES = (BAD_REPLAY,)


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding, by the example that the report has of it; its operation by the id."""

    id: str
    check: str
    operation: str
    exchanges: Sequence[Exchange]


def find(report: Path, wanted: str, collector: Collector) -> ReportedFinding:
    """The finding whose id is the one that is wanted, or alone begins with it.

    Raises HaltedError if there is none, or it can't be read.
    """
    place = Location(str(report))
    try:
        findings = json.loads(report.read_text(encoding="utf-8"))["findings"]
        plain = _chosen({str(finding["id"]): finding for finding in findings}, wanted)
        found = _finding(plain)
    except (OSError, ValueError, TypeError, KeyError) as error:
        collector.halt(BAD_REPLAY, f"can't be read: {error!r}", place)
    except LookupError as error:
        collector.halt(BAD_REPLAY, str(error), place)
    return found


def check_whose(report: Path, url: str | None, collector: Collector) -> None:
    """Raises HaltedError if a report is of a server with a URL, and none is given."""
    try:
        run = json.loads(report.read_text(encoding="utf-8"))
        elsewhere = "--url" in shlex.split(run["replay"]) and run["target"]
    except (OSError, ValueError, TypeError, KeyError):
        return  # `find` tells
    if elsewhere and url is None:
        message = f"the report is of {elsewhere}: say with --url which server to ask"
        collector.halt(BAD_REPLAY, message, Location(str(report)))


def _chosen(findings: dict[str, dict[str, Any]], wanted: str) -> dict[str, Any]:
    """The finding; LookupError with the ids that there are."""
    found = [wanted] if wanted in findings else [id_ for id_ in findings if id_.startswith(wanted)]
    if len(found) == 1:
        return findings[found[0]]
    problem = "several findings begin with" if found else "no finding is called"
    ids = ", ".join(found or findings) or "none"
    raise LookupError(f"{problem} {wanted!r}; there are: {ids}")


def _finding(plain: dict[str, Any]) -> ReportedFinding:
    if any("size" in exchange["request"]["body"] for exchange in plain["exchanges"]):
        raise ValueError("a request of the finding was too long to be kept")
    exchanges = [read_exchange(exchange) for exchange in plain["exchanges"]]
    return ReportedFinding(plain["id"], plain["check"], plain["operation"], exchanges)
