"""A difference into Markdown, as a comment on a pull request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction, Verdict
from specloom.diff.spans import spans
from specloom.markdown import code, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.difference import Difference, Placed

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
            yield from map(_line, changes)
            yield ""


def _line(placed: Placed) -> str:
    change = placed.change
    where = ", ".join(map(code, change.operations[:_MOST_OPERATIONS]))
    more = len(change.operations) - _MOST_OPERATIONS
    where += f" and {more} more" if more > 0 else ""
    where = f"{_PARTS[change.direction]}{where}: " if where else ""
    about = f"{change.rule.code}; {change.servers} for servers; {_place(placed)}"
    return f"- {where}{spans(change.message)} ({about})"


_PARTS: Final = {
    Direction.REQUEST: "requests of ",
    Direction.RESPONSE: "answers of ",
    None: "",
}


def _place(placed: Placed) -> str:
    """The file and the line, from where the command is run; the folder of before is elsewhere."""
    path, here = Path(placed.place.file), Path.cwd()
    is_gone = placed.change.new is None
    file = path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
    file = path.name if is_gone else file
    return code(f"{file}:{placed.place.line}") + (" of before" if is_gone else "")


def _client(difference: Difference) -> Iterator[str]:
    if difference.client is None:
        yield "The client can't be made of both documents."
    elif difference.level:
        yield f"### The client: {prose(difference.version)} to {prose(difference.next_version)}"
        yield from ("", difference.changelog.rstrip("\n").replace("\n### ", "\n#### "))
