"""Findings that say the same in many places into one for all of them, and that into what is left.

A place may be accepted in specloom.toml while the others are not, so the number of places is said
last of all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .check import Finding


def counted(number: int, noun: str) -> str:
    """A number of things, said as people do."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first of those with the same message, which knows the places of the others."""
    by_message: dict[str, list[Finding]] = {}
    for finding in findings:
        by_message.setdefault(finding.message, []).append(finding)
    for found in by_message.values():
        yield at_all(found)


def at_all(findings: Iterable[Finding]) -> Finding:
    """The first of some findings, which knows the places of the others."""
    first, *others = findings
    places = dict.fromkeys(other.pointer for other in others)
    return replace(first, also=tuple(place for place in places if place != first.pointer))


def told(finding: Finding, is_accepted: Callable[[str], bool]) -> Finding | None:
    """A finding at the places that are left, which says how many; none if none is left."""
    # All places are asked for, since each may be what an entry of specloom.toml is there for.
    left = [place for place in (finding.pointer, *finding.also) if not is_accepted(place)]
    if not left:
        return None
    more = f" (and in {counted(len(left) - 1, 'more place')})" if left[1:] else ""
    return replace(finding, pointer=left[0], message=finding.message + more, also=tuple(left[1:]))
