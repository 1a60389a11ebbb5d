"""All that changed from one document to another: on the wire, and for programs that use the client.

Each change on the wire has its place, and can be told as a finding of the new document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.pointer import join, tokens

from . import client as clients
from .change import Direction, Verdict
from .changelog import changelog
from .reasons import Reasons
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
    reasons: Reasons
    wire: tuple[Placed, ...]
    client: tuple[ClientChange, ...] | None
    """None if a client can't be made of both."""
    version: str
    """That of the client of the old document."""

    @property
    def level(self) -> Level | None:
        """The part of the client's version that moves; none if there is no client to be moved."""
        return None if self.client is None else bump(self.client, wire=bool(self.wire))

    @property
    def next_version(self) -> str:
        """The version of the client of the new document."""
        return next_version(self.version, self.level)

    @property
    def changelog(self) -> str:
        """The entry of the client's changelog, in Markdown."""
        if self.client is None:
            return ""
        return changelog(self.next_version, self.client, self.reasons)

    def of(self, verdict: Verdict) -> list[Placed]:
        """The changes of one verdict for clients."""
        return [placed for placed in self.wire if placed.change.clients is verdict]

    @property
    def findings(self) -> list[Diagnostic]:
        """The changes as findings of the new document; what is gone stands where it was missed."""
        return [*map(self._finding, self.wire), *self._client_findings()]

    def _finding(self, placed: Placed) -> Diagnostic:
        change = placed.change
        gone = change.new is None
        pointer = _around(self.new.tree, str(change.old)) if gone else str(change.new)
        place = self.new.locate(pointer)
        message = f"{change.message}{met(change)}"
        return Diagnostic(change.rule, message, place, _SEVERITIES[change.clients])

    def _client_findings(self) -> Iterator[Diagnostic]:
        for change in self.client or ():
            severity = Severity.ERROR if change.breaking else Severity.HINT
            place = self.new.locate(_pointer(change))
            yield Diagnostic(change.rule, change.message, place, severity)


def _around(tree: Any, pointer: str) -> str:
    """Where something was that is gone; in a list, others have its index now."""
    place = ""
    for token in tokens(pointer):
        if isinstance(tree, list):
            break
        place = join(place, token)
        tree = tree.get(token) if isinstance(tree, dict) else None
    return place


def _pointer(change: ClientChange) -> str:
    """Where in a document a change of the client comes from, as far as it says."""
    if change.component:
        field = ("properties", change.wire) if change.wire else ()
        return join("/components/schemas", change.component, *field)
    method, _, path = change.operation.partition(" ")
    return join("/paths", path, method.lower()) if path else ""


def difference(
    old: Document,
    new: Document,
    wire: Sequence[Change],
    surfaces: tuple[Surface, Surface] | None,
    version: str,
) -> Difference:
    """What changed, with the places of it."""
    placed = tuple(Placed(change, _place(change, old, new)) for change in wire)
    reasons = Reasons(wire, old.tree, new.tree)
    client = tuple(clients.all_changes(*surfaces, reasons)) if surfaces else None
    return Difference(new, reasons, placed, client, version)


def _place(change: Change, old: Document, new: Document) -> Location:
    return old.locate(str(change.old)) if change.new is None else new.locate(change.new)


def met(change: Change, most: int = 3) -> str:
    """The operations that meet a change, as ` (answers of GET /pets, POST /pets and 7 more)`."""
    if not change.operations:
        return ""
    more = len(change.operations) - most
    listed = f"{_PARTS[change.direction]}{', '.join(change.operations[:most])}"
    return f" ({listed} and {more} more)" if more > 0 else f" ({listed})"


_PARTS: Final = {
    Direction.REQUEST: "requests of ",
    Direction.RESPONSE: "answers of ",
    None: "",
}
