"""A finding into plain JSON values: what happened, what the document says, how to see it again.

Knows nothing of the rest of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.contract.exchanges.exchange_json import plain_exchange, read_exchange
from specloom.contract.findings.check_rules import rule_of

from .excerpt import excerpt
from .spoken_place import OF_SECURITY, spoken_place

if TYPE_CHECKING:
    from specloom.contract.findings.findings import FailedCheck, Finding

    from .report import Report

_SHOWN: Final = 4000
_NO_CALL: Final = "# the client has no call for this step"


def plain_finding(finding: Finding, report: Report) -> dict[str, Any]:
    """One finding; `said` is the part of the document that it goes against, if there is one."""
    example = finding.example
    rule = rule_of(example.check)
    exchanges = _exchanges(example, report)
    return {
        "id": finding.id,
        "check": example.check,
        "code": rule.code,
        "operation": example.operation,
        "operations": finding.operations,
        "cause": example.cause,
        "message": example.message,
        "severity": example.severity,
        "known": example.known is not None,
        "reason": example.known,
        "times": finding.times,
        "phases": sorted(filter(None, finding.phases)),
        "request": example.steps[-1] if example.steps else None,
        "steps": list(example.steps),
        "client": _client(example, exchanges, report),
        "response": _response(example, report),
        "exchanges": exchanges,
        "file": example.place.file,
        "line": example.place.line,
        "pointer": example.place.pointer,
        "said": _said(example, report),
        "replay": f"{report.replay} --replay {finding.id}" if report.replayable else "",
    }


def _client(example: FailedCheck, exchanges: list[dict[str, Any]], report: Report) -> list[str]:
    """The sequence as calls of the generated client; empty if it can't send the last request.

    They are written from what is shown, which has no key in it.
    """
    # A client sends its own key, the right one.
    if report.client is None or example.check in OF_SECURITY:
        return []
    calls = [report.client(read_exchange(exchange).request) for exchange in exchanges]
    if not calls or calls[-1] is None:
        return []
    return [call or _NO_CALL for call in calls]


def _exchanges(example: FailedCheck, report: Report) -> list[dict[str, Any]]:
    """The sequence that shows it. Without the server none is kept: its key could be in it."""
    server = report.server
    return [plain_exchange(one, server) for one in example.exchanges] if server else []


def _response(example: FailedCheck, report: Report) -> dict[str, Any] | None:
    """What came back last, in short, for people; a body that is no text shows its bytes."""
    if example.exchange is None:
        return None
    response = example.exchange.response
    body = report.server.redact_bytes(response.body) if report.server else response.body
    return {
        "status": response.status,
        "content_type": response.content_type,
        "size": len(response.body),
        "cut": len(body) > _SHOWN,
        "body": body[:_SHOWN].decode("utf-8", "backslashreplace"),
    }


def _said(example: FailedCheck, report: Report) -> dict[str, Any] | None:
    # An entry of another file, such as a known fault, is not of the document.
    if report.subject is None or example.place.file != report.subject.document.locate("").file:
        return None
    place = spoken_place(report.subject, example)
    return excerpt(report.subject.document, place) if place else None
