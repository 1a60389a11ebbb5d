"""Findings that say the same in many places into one for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .check import Finding


def counted(number: int, noun: str) -> str:
    """A number of things, said as people do."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first of those with the same message, which says how many more there are."""
    by_message: dict[str, list[Finding]] = {}
    for finding in findings:
        by_message.setdefault(finding.message, []).append(finding)
    for message, (first, *others) in by_message.items():
        more = f" (and in {counted(len(others), 'more place')})" if others else ""
        yield replace(first, message=message + more)
