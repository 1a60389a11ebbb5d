"""A difference into lines for people: what breaks clients first, and the counts last."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from specloom.diff.change import Verdict
from specloom.diff.difference import met
from specloom.markdown import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.diff.client import ClientChange
    from specloom.diff.difference import Difference, Placed


def render(difference: Difference) -> str:
    """A change a line; its place is in the new document, or in the old one for what is gone."""
    return "\n".join([*_wire(difference), *_client(difference), *_counts(difference)])


def _wire(difference: Difference) -> Iterator[str]:
    for verdict in Verdict:
        changes = difference.of(verdict)
        if changes:
            yield f"{verdict} for clients:"
            yield from map(_line, changes)
            yield ""


def _line(placed: Placed) -> str:
    change = placed.change
    told = f"{change.message}{met(change)}; {change.servers} for servers"
    return "  " + line(f"{placed.place} {change.rule.code} {told}")


def _client(difference: Difference) -> Iterator[str]:
    if difference.client is None:
        yield from ("the client can't be made of both documents", "")
    elif difference.client:
        yield "for programs that use the client:"
        yield from map(_client_line, sorted(difference.client, key=lambda one: not one.breaking))
        yield ""


def _client_line(change: ClientChange) -> str:
    weight = "breaking " if change.breaking else ""
    return "  " + line(f"{weight}{change.rule.code} {change.message}")


def _counts(difference: Difference) -> Iterator[str]:
    changes = [placed.change for placed in difference.wire]
    if changes:
        clients = _count(change.clients for change in changes)
        servers = _count(change.servers for change in changes)
        number = "1 change" if len(changes) == 1 else f"{len(changes)} changes"
        yield f"{number}: {clients} for clients; {servers} for servers"
    else:
        yield "no change on the wire"
    if difference.level:
        yield f"client: {difference.version} to {difference.next_version} ({difference.level})"


def _count(verdicts: Iterable[Verdict]) -> str:
    number = Counter(verdicts)
    return ", ".join(f"{number[verdict]} {verdict}" for verdict in Verdict if number[verdict])
