"""A difference into Markdown, as a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diff.change import Verdict
from specloom.diff.spans import spans
from specloom.markdown import code, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change
    from specloom.diff.difference import Difference

_MOST_OPERATIONS = 3


def render(difference: Difference) -> str:
    """What changed on the wire by verdict, then the entry of the client's changelog."""
    return "\n".join([*_wire(difference), *_client(difference)])


def _wire(difference: Difference) -> Iterator[str]:
    if not difference.wire:
        yield "No change on the wire."
        return
    for verdict in Verdict:
        changes = difference.of(verdict)
        if changes:
            yield from (f"### {verdict.capitalize()} for clients ({len(changes)})", "")
            yield from (_line(placed.change) for placed in changes)
            yield ""


def _line(change: Change) -> str:
    where = ", ".join(map(code, change.operations[:_MOST_OPERATIONS]))
    more = len(change.operations) - _MOST_OPERATIONS
    where += f" and {more} more" if more > 0 else ""
    told = f"{spans(change.message)} ({change.rule.code}; {change.servers} for servers)"
    return f"- {where}: {told}" if where else f"- {told}"


def _client(difference: Difference) -> Iterator[str]:
    if difference.client is None:
        yield "The client can't be made of both documents."
    elif difference.level:
        yield f"### The client: {prose(difference.version)} to {prose(difference.next_version)}"
        yield from ("", difference.changelog.rstrip("\n").replace("\n### ", "\n#### "))
