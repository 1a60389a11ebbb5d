"""Recorded exchanges, held to the effective document: what was found of each.

A recording is one JSON object a line: `{name, request: {method, path, json_text},
response: {status, headers, body}}`, where `body` is `{"text": …}` or `{"base64": …}`.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Collector, Location, Rule, Severity

from .exchange import Exchange, Request, Response
from .known_faults import UNUSED_FAULT
from .operations import find_operation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .answers import Contract
    from .known_faults import KnownFault
    from .operations import Addressed
    from .violations import Violation

BAD_RECORDING = Rule(
    "CON001",
    "bad-recording",
    "a recording can't be read",
    "Each line of the file must be a recorded exchange, as the README describes it.",
    exit_status=2,
)
OUTSIDE = Rule(
    "CON015",
    "outside-document",
    "a request addresses no documented operation",
    "No path and method of the document matches, so nothing is said of the answer.",
    severity=Severity.INFO,
)

RULES = (BAD_RECORDING, OUTSIDE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of one exchange; outside the document, nothing is addressed."""

    exchange: Exchange
    addressed: Addressed | None
    violations: Sequence[Violation] = ()
    fault: KnownFault | None = None


def read_recordings(path: Path, version: str, collector: Collector) -> list[Exchange]:
    """The exchanges of a file, all with a server of one version. Raises HaltedError."""
    exchanges = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        collector.halt(BAD_RECORDING, f"can't be read: {error}", Location(str(path)))
    for number, line in enumerate(lines, 1):
        if line:
            place = Location(str(path), number)
            try:
                exchanges.append(_exchange(json.loads(line), version, place))
            except (ValueError, KeyError, TypeError) as error:
                collector.halt(BAD_RECORDING, f"not a recorded exchange: {error!r}", place)
    return exchanges


def _exchange(recorded: dict[str, Any], version: str, place: Location) -> Exchange:
    request, response = recorded["request"], recorded["response"]
    headers = {name.lower(): value for name, value in response["headers"]}
    return Exchange(
        recorded["name"],
        version,
        Request(request["method"], request["path"], request["json_text"]),
        Response(response["status"], headers.get("content-type", ""), _body(response["body"])),
        place,
    )


def _body(body: dict[str, str]) -> bytes:
    return body["text"].encode() if "text" in body else base64.b64decode(body["base64"])


def compare(contract: Contract, exchange: Exchange, faults: Sequence[KnownFault]) -> Outcome:
    """Hold one exchange to the document; what is wrong with it may be a known fault."""
    addressed = find_operation(contract.tree, exchange.request)
    if addressed is None:
        return Outcome(exchange, None)
    violations = contract.check(addressed.operation, exchange.response)
    explaining = (fault for fault in faults if fault.explains(exchange, addressed))
    return Outcome(exchange, addressed, violations, next(explaining, None) if violations else None)


def unused_faults(
    outcomes: Sequence[Outcome], faults: Sequence[KnownFault]
) -> list[tuple[KnownFault, str]]:
    """The known faults that no exchange showed, each with the version that it was said of.

    Only versions that there are exchanges with are looked at.
    """
    seen = {outcome.exchange.version for outcome in outcomes}
    met = {(outcome.fault, outcome.exchange.version) for outcome in outcomes}
    said = [(fault, version) for fault in faults for version in fault.versions]
    return [
        (fault, version)
        for fault, version in said
        if version in seen and (fault, version) not in met
    ]


def report(outcomes: Sequence[Outcome], faults: Sequence[KnownFault], collector: Collector) -> None:
    """Say what is wrong with the exchanges, and which known faults are out of date."""
    for outcome in outcomes:
        exchange = outcome.exchange
        request = f"{exchange.name}: {exchange.request.method} {exchange.request.target}"
        if outcome.addressed is None:
            collector.add(OUTSIDE, f"{request} addresses no operation", exchange.place)
        elif outcome.fault is None:
            for violation in outcome.violations:
                message = f"{request}: {violation.message}{_at(violation.pointer)}"
                collector.add(violation.rule, message, exchange.place)
    for fault, version in unused_faults(outcomes, faults):
        message = f"{fault.operation} of {version} no longer answers {fault.status} like this"
        collector.add(UNUSED_FAULT, message, fault.place)


def _at(pointer: str) -> str:
    return f" at {pointer} of the answer" if pointer else ""
