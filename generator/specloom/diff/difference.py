"""All that changed from one document to another: on the wire, and for programs that use the client.

Each change on the wire has its place, and can be told as a finding of the new document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.pointer import join

from . import client as clients
from .change import Verdict
from .changelog import changelog
from .version import bump, next_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.diagnostics import Location
    from specloom.document.load import Document
    from specloom.ir import Surface

    from .change import Change
    from .client import ClientChange, Level

_SEVERITIES: Final = {
    Verdict.BREAKING: Severity.ERROR,
    Verdict.RISKY: Severity.WARNING,
    Verdict.SAFE: Severity.HINT,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A change on the wire, and where a reader finds it: what is gone in the old document."""

    change: Change
    place: Location


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, from the old document to the new one."""

    new: Document
    wire: tuple[Placed, ...]
    client: tuple[ClientChange, ...] | None
    """None if a client can't be made of both."""
    version: str
    """That of the client of the old document."""

    @property
    def level(self) -> Level | None:
        """The part of the client's version that moves."""
        return bump(self.client or (), wire=bool(self.wire))

    @property
    def next_version(self) -> str:
        """The version of the client of the new document."""
        return next_version(self.version, self.level)

    @property
    def changelog(self) -> str:
        """The entry of the client's changelog, in Markdown."""
        changes = [placed.change for placed in self.wire]
        return changelog(self.next_version, self.client or (), changes)

    def of(self, verdict: Verdict) -> list[Placed]:
        """The changes of one verdict for clients."""
        return [placed for placed in self.wire if placed.change.clients is verdict]

    @property
    def findings(self) -> list[Diagnostic]:
        """The changes as findings of the new document; what is gone stands where it was missed."""
        return [*map(self._finding, self.wire), *self._client_findings()]

    def _finding(self, placed: Placed) -> Diagnostic:
        change = placed.change
        place = self.new.locate(change.new if change.new is not None else str(change.old))
        message = f"{change.message}{met(change)}"
        return Diagnostic(change.rule, message, place, _SEVERITIES[change.clients])

    def _client_findings(self) -> Iterator[Diagnostic]:
        for change in self.client or ():
            method, _, path = change.operation.partition(" ")
            pointer = join("/paths", path, method.lower()) if path else ""
            severity = Severity.ERROR if change.breaking else Severity.HINT
            yield Diagnostic(change.rule, change.message, self.new.locate(pointer), severity)


def difference(
    old: Document,
    new: Document,
    wire: Sequence[Change],
    surfaces: tuple[Surface, Surface] | None,
    version: str,
) -> Difference:
    """What changed, with the places of it."""
    placed = tuple(Placed(change, _place(change, old, new)) for change in wire)
    client = tuple(clients.changes(*surfaces)) if surfaces else None
    return Difference(new, placed, client, version)


def _place(change: Change, old: Document, new: Document) -> Location:
    return old.locate(str(change.old)) if change.new is None else new.locate(change.new)


def met(change: Change, most: int = 3) -> str:
    """The operations that meet a change, as ` (GET /pets, POST /pets and 7 more)`."""
    if not change.operations:
        return ""
    more = len(change.operations) - most
    listed = ", ".join(change.operations[:most])
    return f" ({listed} and {more} more)" if more > 0 else f" ({listed})"
