"""Words that name rules into the rules that they name.

Knows nothing of where the words stand.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specloom.diagnostics import Rule

_BEGINNING: Final = re.compile(r"[A-Z]{3}\d*")
_ALWAYS_TOLD: Final = re.compile(r"(?:DOC|OVL|CFG)\d*$")


def chosen(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """The codes of the rules that a word of `select` names and none of `ignore`."""
    taken = frozenset[str]().union(*(named(rules, word) for word in select))
    return taken.difference(*(named(rules, word) for word in ignore))


def named(rules: Sequence[Rule], word: str) -> frozenset[str]:
    """The codes that a word stands for: of a set, a code, the beginning of one, or a name."""
    if word == "all":
        return frozenset(rule.code for rule in rules)
    if word == "recommended":
        return frozenset(rule.code for rule in rules if rule.recommended)
    if _BEGINNING.fullmatch(word.upper()):
        return frozenset(rule.code for rule in rules if rule.code.startswith(word.upper()))
    return frozenset(rule.code for rule in rules if rule.name == word)


def unknown(rules: Sequence[Rule], words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word that names no rule, and what to say of it."""
    for word in words:
        if not named(rules, word):
            yield word, f"{word!r} names no rule{near(rules, word)}"


def near(rules: Sequence[Rule], word: str) -> str:
    """The end of a sentence about a word that names no rule: those that are like it."""
    if _ALWAYS_TOLD.match(word.upper()):
        return " to choose: what can't be read or breaks the specification is always told"
    known = ["all", "recommended", *(text for rule in rules for text in (rule.code, rule.name))]
    like = get_close_matches(word, known) or get_close_matches(word.upper(), known)
    return f"; did you mean {' or '.join(like)}?" if like else ""
