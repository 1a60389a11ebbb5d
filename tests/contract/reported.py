"""A report made by hand: a small document, a server's answers that mean harm, and a key in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.contract.answers.subject import Subject
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.findings.findings import FailedCheck, group
from specloom.contract.findings.outcome import Outcome
from specloom.contract.reports.report import Report
from specloom.contract.reports.report_json import plain_report
from specloom.contract.transport.credentials import credentials
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector
from specloom.document.load import load

if TYPE_CHECKING:
    from pathlib import Path

KEY = "app-0123456789abcdef"
URL = "http://127.0.0.1:8765/v1"
HOSTILE = (
    "</pre><script>document.title='pwned'</script><img src=x onerror=alert(1)>\x00\u202egnp.exe"
)
SUMMARY = "Tell <script>alert('document')</script>"

DOCUMENT: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Small", "version": "1"},
    "servers": [{"url": URL}],
    "security": [{"key": []}],
    "paths": {
        "/info": {
            "get": {
                "operationId": "getInfo",
                "summary": SUMMARY,
                "responses": {
                    "200": {
                        "description": "It.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Info"}}
                        },
                    },
                },
            }
        },
        "/ping": {
            "get": {
                "operationId": "ping",
                "security": [],
                "responses": {"200": {"description": "It.", "content": {"text/event-stream": {}}}},
            }
        },
    },
    "components": {
        "schemas": {"Info": {"type": "object", "required": ["name"]}},
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
    },
}


def subject(folder: Path) -> Subject:
    """The document, from a file as it is written by people."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(DOCUMENT, indent=2), encoding="utf-8")
    return Subject(load(file, Collector()))


def failure(
    about: Subject, check: str, *, body: bytes = b"{}", status: int = 200, known: str | None = None
) -> FailedCheck:
    """A failure of getInfo; its request holds the key."""
    _, operation = about.named("getInfo")
    sent = Request("GET", f"{URL}/info", headers={"authorization": f"Bearer {KEY}"})
    answer = Response(status, headers={"content-type": "application/json"}, body=body)
    place = about.locate(operation)
    exchange = Exchange("", "", sent, answer, place, 0.004)
    return FailedCheck(
        check, "getInfo", f"cause of {check}", f"what {check} found", "high", "fuzzing", place,
        steps=("curl http://127.0.0.1:8765/v1/info",), exchanges=(exchange,), known=known,
    )  # fmt: skip


def report(about: Subject, *failures: FailedCheck) -> Report:
    """A run of both operations, of which only getInfo was answered."""
    outcome = Outcome(failures=list(failures), seconds=2.5, succeeded={"getInfo"})
    outcome.cases["getInfo", "fuzzing"] = 5
    outcome.cases["ping", "fuzzing"] = 1
    outcome.checked["getInfo", "status_code_conformance"] = 5
    outcome.checked["getInfo", "response_schema_conformance"] = 4
    outcome.checked["getInfo", "event_stream_order"] = 5
    outcome.statuses["getInfo", 200] = 4
    outcome.statuses["getInfo", 503] = 1
    outcome.latencies["getInfo"] = [0.001, 0.002, 0.003, 0.004, 0.9]
    outcome.skipped["ping", "stop"] = "it could not be reached"
    server = Target(URL, credentials(about.tree, KEY))
    return Report(
        URL, 7, outcome, group(failures), ["getInfo", "ping"], [],
        "specloom contract spec --seed 7", profile="quick", subject=about, server=server,
    )  # fmt: skip


def plain(about: Subject, *failures: FailedCheck) -> dict[str, Any]:
    """The same as JSON."""
    return plain_report(report(about, *failures))
