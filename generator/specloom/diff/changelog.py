"""What changed for programs and on the wire into an entry of a changelog, in Markdown.

The sections are those of keepachangelog.com. What programs notice is told in the client's own
words, with its reasons on the wire; what they don't notice stands by itself: fixed where clients of
before would fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.markdown import code

from .change import Verdict
from .client.calls import METHOD_DEPRECATED
from .reasons import Reasons
from .spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .change import Change
    from .client.change import ClientChange

_SECTIONS: Final = ("Breaking", "Added", "Changed", "Deprecated", "Fixed")
_MOST_REASONS: Final = 3


def changelog(version: str, changes: Sequence[ClientChange], wire: Sequence[Change]) -> str:
    """An entry for a version, ready to paste."""
    lines: dict[str, list[str]] = {section: [] for section in _SECTIONS}
    reasons = Reasons(wire)
    told: set[Change] = set()
    for change in changes:
        because = reasons.of(change)
        told.update(because)
        lines[_section(change)].append(_line(change, because))
    for found in wire:
        if found not in told:
            lines[_wire_section(found)].append(_wire_line(found))
    return "\n".join([f"## {version}", *_sections(lines)]) + "\n"


def _sections(lines: dict[str, list[str]]) -> Iterator[str]:
    for section in _SECTIONS:
        if lines[section]:
            yield from ("", f"### {section}", "", *dict.fromkeys(lines[section]))


def _section(change: ClientChange) -> str:
    if change.breaking:
        return "Breaking"
    if change.rule == METHOD_DEPRECATED:
        return "Deprecated"
    return "Added" if change.rule.name.endswith("-added") else "Changed"


def _wire_section(found: Change) -> str:
    """What clients of before can't do at a server of today, those that are made now can."""
    return "Fixed" if found.clients is Verdict.BREAKING else "Changed"


def _line(change: ClientChange, because: Sequence[Change]) -> str:
    reasons = "; ".join(dict.fromkeys(spans(found.message) for found in because[:_MOST_REASONS]))
    return f"- {change.message}" + (f" ({reasons})" if reasons else "")


def _wire_line(found: Change) -> str:
    where = ", ".join(code(operation) for operation in found.operations[:_MOST_REASONS])
    more = len(found.operations) - _MOST_REASONS
    where += f" and {more} more" if more > 0 else ""
    place = code(found.new or found.old or "/")
    return f"- {where}: {spans(found.message)} at {place}".replace("- : ", "- ")
