"""What changed for programs and on the wire into an entry of a changelog, in Markdown.

The sections are those of keepachangelog.com. What programs notice is told in the client's own
words, with its reasons on the wire; what they don't notice stands by itself, and says whether
clients of before fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.markdown import code

from .change import Verdict
from .client.calls import METHOD_DEPRECATED
from .spans import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .change import Change
    from .client.change import ClientChange
    from .reasons import Reasons

_SECTIONS: Final = ("Breaking", "Added", "Changed", "Deprecated")
_MOST_REASONS: Final = 3
_FAILING: Final = "; clients of before fail with the new server"


def changelog(version: str, changes: Sequence[ClientChange], reasons: Reasons) -> str:
    """An entry for a version, ready to paste; nothing if there is nothing to tell."""
    lines: dict[str, list[str]] = {section: [] for section in _SECTIONS}
    told: set[Change] = set()
    for change in changes:
        because = reasons.of(change)
        told.update(because)
        lines[_section(change)].append(_line(change, () if change.because else because))
    lines["Changed"] += [_wire_line(found) for found in reasons.wire if found not in told]
    sections = [*_sections(lines)]
    return "\n".join([f"## {version}", *sections]) + "\n" if sections else ""


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


def _line(change: ClientChange, because: Sequence[Change]) -> str:
    reasons = "; ".join(dict.fromkeys(spans(found.message) for found in because[:_MOST_REASONS]))
    return f"- {change.message}" + (f" ({reasons})" if reasons else "")


def _wire_line(found: Change) -> str:
    where = ", ".join(code(operation) for operation in found.operations[:_MOST_REASONS])
    more = len(found.operations) - _MOST_REASONS
    where += f" and {more} more" if more > 0 else ""
    place = code(found.new or found.old or "/")
    line = f"- {where}: {spans(found.message)} at {place}".replace("- : ", "- ")
    return line + (_FAILING if found.clients is Verdict.BREAKING else "")
