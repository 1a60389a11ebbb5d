"""Recorded exchanges, held to the effective document, into an outcome like that of a run.

No server is needed. Knows nothing of how recordings are written, nor of what becomes of it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specloom.contract.answers.operations import find_operation
from specloom.contract.exchanges.curl import curl
from specloom.contract.exchanges.exchange import decode
from specloom.contract.findings.cause import masked
from specloom.contract.findings.check_rules import OUTSIDE
from specloom.contract.findings.excuses import Excuses
from specloom.contract.findings.expectations import Expectations, Failed
from specloom.contract.findings.findings import FailedCheck
from specloom.contract.findings.known_faults import load_known_faults
from specloom.contract.findings.outcome import Outcome
from specloom.contract.transport.credentials import REDACTED, credentials
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector, Location

from .recorded_keys import RecordedKeys, key_names
from .recordings import BAD_RECORDING, read_recordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from specloom.config import Config
    from specloom.contract.answers.fault import Fault
    from specloom.contract.answers.operations import Addressed, Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.findings.excuses import Unmet

RECORDINGS: Final = "recordings"
"""The phase of what was recorded."""
UNUSED: Final = "unused_known_fault"
"""The check that fails where a known fault is no longer recorded."""


def check_recordings(  # noqa: PLR0913, PLR0917 - all that recordings are held to
    config: Config,
    subject: Subject,
    paths: Sequence[Path],
    version: str | None,
    collector: Collector,
    expectations: Expectations | None = None,
) -> Outcome:
    """Hold the exchanges of files to a document; those that it doesn't know are told as INFO.

    Raises HaltedError if a file can't be read, or no exchange has to do with the document.
    """
    started = time.monotonic()
    exchanges = [one for path in paths for one in read_recordings(path, version, collector)]
    known = config.document.known_faults
    faults = load_known_faults(config.folder / known, collector) if known else []
    hold = _Hold(subject, exchanges, Excuses(faults), expectations or Expectations(()))
    hold.all(exchanges, collector)
    if not hold.outcome.total:
        files = ", ".join(map(str, paths))
        message = "no exchange addresses an operation of the document"
        collector.halt(BAD_RECORDING, message, Location(files))
    hold.outcome.seconds = time.monotonic() - started
    return hold.outcome


def recorded_server(tree: dict[str, Any]) -> Target:
    """What stands for the server where recordings don't name it: the document's first, no key."""
    return Target(_origin(tree), credentials(tree, REDACTED))


class _Hold:
    """Holds exchanges to a document, and counts."""

    def __init__(
        self,
        subject: Subject,
        exchanges: Sequence[Exchange],
        excuses: Excuses,
        expectations: Expectations,
    ) -> None:
        self.outcome = Outcome()
        self._subject = subject
        self._excuses = excuses
        self._expectations = expectations
        self._keys = RecordedKeys(exchanges, key_names(subject.tree))
        self._target = recorded_server(subject.tree)

    def all(self, exchanges: Sequence[Exchange], collector: Collector) -> None:
        """Hold them, and look for the known faults that none of them showed."""
        for exchange in exchanges:
            addressed = find_operation(self._subject.tree, exchange.request)
            if addressed is None:
                target = self._keys.redact(exchange.request.target)
                request = f"{exchange.name}: {exchange.request.method} {target}"
                collector.add(OUTSIDE, f"{request} addresses no operation", exchange.place)
            else:
                self._count(addressed.operation.id, exchange)
                self.outcome.failures += self._failures(addressed, exchange)
        versions = {exchange.version for exchange in exchanges}
        self.outcome.failures += map(_unused, self._excuses.unmet(versions))

    def _count(self, operation: str, exchange: Exchange) -> None:
        status = exchange.response.status
        self.outcome.cases[operation, RECORDINGS] += 1
        self.outcome.checked.update((operation, check) for check in self._subject.contract.checks)
        self.outcome.statuses[operation, status] += 1
        if exchange.seconds:
            self.outcome.latencies[operation].append(exchange.seconds)
        if status // 100 == 2:  # noqa: PLR2004 - RFC 9110 §15.3
            self.outcome.succeeded.add(operation)

    def _failures(self, addressed: Addressed, exchange: Exchange) -> Iterator[FailedCheck]:
        operation = addressed.operation
        for fault in self._subject.contract.check(operation, exchange):
            if not self._expectations.accept(_failed(fault, operation, exchange)):
                yield self._failure(fault, addressed, exchange)

    def _failure(self, fault: Fault, addressed: Addressed, exchange: Exchange) -> FailedCheck:
        shown = self._keys.redacted(exchange)
        cause = masked(self._keys.redact(fault.place or fault.message))
        return FailedCheck(
            check=fault.check,
            operation=addressed.operation.id,
            cause=cause,
            message=self._keys.redact(_described(fault, exchange)),
            severity="high",
            phase=RECORDINGS,
            place=self._subject.locate(addressed.operation),
            steps=(curl(shown.request, self._target),),
            exchanges=(shown,),
            known=self._excuses.reason(fault.check, cause, exchange, addressed),
        )


def _described(fault: Fault, exchange: Exchange) -> str:
    at = f" at {fault.place} of the answer" if fault.place else ""
    place = exchange.place
    return f"{fault.message}{at}\nRecorded: {exchange.name} ({place.file}:{place.line})"


def _failed(fault: Fault, operation: Operation, exchange: Exchange) -> Failed:
    """A fault as expectations see it."""
    answer = exchange.response.body.decode("utf-8", "replace")
    try:
        request = {"body": decode(exchange.request)}
    except ValueError:
        request = {}
    return Failed(operation.id, fault.check, exchange.response.status, answer, request, ())


def _unused(unmet: Unmet) -> FailedCheck:
    fault, version = unmet
    return FailedCheck(
        check=UNUSED,
        operation=fault.operation,
        cause=f"{version} {fault.status} {fault.reason}",
        message=f"{fault.operation} of {version} no longer answers {fault.status}: {fault.reason}",
        severity="medium",
        phase=RECORDINGS,
        place=fault.place,
    )


def _origin(tree: dict[str, Any]) -> str:
    """Where the document's first server is, for requests that were recorded without a host."""
    server: dict[str, Any] = next(iter(tree.get("servers", [])), {"url": ""})
    url: str = server["url"]
    for name, variable in server.get("variables", {}).items():
        url = url.replace("{" + name + "}", str(variable["default"]))
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "http://localhost"
