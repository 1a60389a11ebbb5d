"""Findings less those that specloom.toml accepts; an entry that accepts nothing is an error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.config import BAD_CONFIG
from specloom.diagnostics import Collector, Rule

from .pointer_pattern import pattern
from .selection import named, near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from specloom.config import Config, Suppression

UNUSED_SUPPRESSION = Rule(
    "OAS990",
    "unused-suppression",
    "a suppression suppresses nothing",
    "A `[[lint.suppress]]` of specloom.toml names a rule and the pointer of findings that are "
    "accepted; in the pointer, the token `*` stands for any one and `**` for any number of them. "
    "If there is no such finding any more, the fault is mended or has moved, and the entry would "
    "hide the next one. Remove it, or correct its `code` or `pointer`.",
)

RULES = (UNUSED_SUPPRESSION,)

_TABLE: Final = "lint.suppress"


class Suppressions:
    """Entries of one specloom.toml, and which of them were of use.

    Each comes with its place in the file's list and the code of its rule.
    """

    def __init__(self, entries: Sequence[tuple[int, Suppression, str]]) -> None:
        self._entries = entries
        self._used: set[int] = set()
        # By rule and a token that the pointer must have, so that few are tried at a finding.
        self._patterns: dict[tuple[str, str], list[tuple[int, re.Pattern[str]]]] = {}
        for index, entry, code in entries:
            key = (code, _last_literal(entry.pointer))
            self._patterns.setdefault(key, []).append((index, pattern(entry.pointer)))

    def cover(self, code: str, pointer: str) -> bool:
        """Whether a finding is accepted."""
        entries = [
            index
            for token in {"", *pointer.split("/")}
            for index, like in self._patterns.get((code, token), ())
            if like.fullmatch(pointer)
        ]
        self._used.update(entries)
        return bool(entries)

    def unused(self, looked_for: Collection[str]) -> Iterator[tuple[int, Suppression]]:
        """The entries that covered no finding, of rules that were looked for."""
        for index, entry, code in self._entries:
            if index not in self._used and code in looked_for:
                yield index, entry


def _last_literal(text: str) -> str:
    """The last token that stands for itself; every pointer has the empty one at its head."""
    return next(one for one in reversed(text.split("/")) if one not in {"*", "**"})


def read(config: Config, rules: Sequence[Rule], collector: Collector) -> Suppressions:
    """What specloom.toml accepts. An entry that names no rule, or no place, is told."""
    sound: list[tuple[int, Suppression, str]] = []
    for index, entry in enumerate(config.lint.suppress):
        found = named(rules, entry.code)
        wrong = _fault(entry, found, rules)
        if wrong:
            key, message = wrong
            collector.add(BAD_CONFIG, message, config.place.of_entry(_TABLE, index, key))
        else:
            sound.extend((index, entry, code) for code in found)
    return Suppressions(sound)


def _fault(
    entry: Suppression, found: Collection[str], rules: Sequence[Rule]
) -> tuple[str, str] | None:
    """The key of an entry that says what it can't, and what to say of that."""
    if len(found) != 1:
        return "code", f"`code` {entry.code!r} names no rule{near(rules, entry.code)}"
    if not re.match("/|$", entry.pointer):
        return "pointer", "`pointer` must begin with /, or be empty"
    return None


def report_unused(
    accepted: Suppressions, looked_for: Collection[str], config: Config, collector: Collector
) -> None:
    """Report each entry that covered no finding, at its place in the file."""
    for index, entry in accepted.unused(looked_for):
        message = f"no finding of {entry.code} at {entry.pointer or 'the top'}"
        collector.add(UNUSED_SUPPRESSION, message, config.place.of_entry(_TABLE, index))
