"""A rule on bounds that prose tells and the schema does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding

from .told import DESCRIBED, described, facts, place
from .told_values import END, NUMBER, is_conditional, mentions, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

    from .told import Facts

BOUND_IN_PROSE = Rule(
    "OAS594",
    "bound-in-prose",
    "the description tells a bound that the schema lacks",
    "A limit that people alone can read is found out by a refused request. Say it by `minimum` "
    "and `maximum`, `minLength` and `maxLength`, or `minItems` and `maxItems`, so that clients and "
    "tests know it too (JSON Schema 2020-12 Validation §6.2 to §6.4).",
    Severity.HINT,
)

_UP_TO: Final = (
    r"(?:up to|at most|no more than|(?:a )?max(?:imum)?(?: of| is|:)?|limited to|"
    r"(?:can(?:no|')t|must not|may not|should not) exceed)"
)
_WORDS: Final = (
    "between", "range", "from", "max", "min", "most", "least", "than", "up to", "exceed", "limited",
)  # fmt: skip
_CHARACTERS: Final = (
    r"(?: [A-Za-z-]{1,20})? char(?:acter)?s\b(?! (?:long |in length )?(?:for|if|when|in|of|per)\b)"
)
_OF_NUMBERS: Final = re.compile(
    rf"\b(?:between|(?:in the )?range(?: of| from|:)?|(?:ranging )?from) \W?(?P<least>{NUMBER})\W? "
    rf"(?:and|to) \W?(?P<most>{NUMBER})\W?(?:,? inclusive)?{END}"
    rf"|\b(?:at most|no more than|max(?:imum)?(?: value)?(?: of| is|:)?|must not exceed) "
    rf"\W?(?P<only_most>{NUMBER})\W?{END}"
    rf"|\b(?:at least|no less than|min(?:imum)?(?: value)?(?: of| is|:)?) "
    rf"\W?(?P<only_least>{NUMBER})\W?{END}",
    re.IGNORECASE,
)
_OF_TEXT: Final = re.compile(
    rf"\bbetween (?P<least>{NUMBER}) and (?P<most>{NUMBER}){_CHARACTERS}"
    rf"|\b{_UP_TO} \W?(?P<only_most>{NUMBER})\W?{_CHARACTERS}"
    rf"|\bmax(?:imum)? length(?: is| of|:)? \W?(?P<longest>{NUMBER})\W?(?:{_CHARACTERS}|{END})"
    rf"|\b(?:at least|(?:a )?min(?:imum)?(?: of)?) (?P<only_least>{NUMBER}){_CHARACTERS}",
    re.IGNORECASE,
)
_OF_LISTS: Final = re.compile(
    rf"\b{_UP_TO} (?P<only_most>{NUMBER}) (?:items|elements|entries|values|ids)\b", re.IGNORECASE
)
_KINDS: Final = (
    ({"integer", "number"}, _OF_NUMBERS, "minimum", "maximum"),
    ({"string"}, _OF_TEXT, "minLength", "maxLength"),
    ({"array"}, _OF_LISTS, "minItems", "maxItems"),
)
_LEAST: Final = ("least", "only_least")
_EXCLUSIVE: Final = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}


def bounds(node: Node, scope: Scope) -> Iterator[Finding]:
    """Each bound that the description tells, if the schema has none of its kind."""
    text = described(node)
    is_hinted = "total" not in text and mentions(text, _WORDS)
    for types, pattern, least, most in _KINDS if is_hinted else ():
        told = _told(text, pattern, least, most)
        if not told:
            continue
        said = facts(node, scope)
        # A value that may be of several kinds has the bounds of each told in one sentence.
        if said.types - {"null"} and said.types - {"null"} <= types and not said.listed:
            yield from _missing(place(node), told, said)


def _missing(where: str, told: dict[str, int | float], said: Facts) -> Iterator[Finding]:
    missing = [
        f"{keyword} {value}"
        for keyword, value in told.items()
        if not said.has(keyword, _EXCLUSIVE.get(keyword, keyword), "pattern")
    ]
    if missing:
        yield Finding(where, f"{' and '.join(missing)} told in the description alone")


def _told(text: str, pattern: re.Pattern[str], least: str, most: str) -> dict[str, int | float]:
    """The bounds in a text by their keywords, less those that it tells in several ways."""
    told: dict[str, set[int | float]] = {}
    for found in pattern.finditer(text):
        if not is_conditional(text, found.start()):
            for name, value in found.groupdict().items():
                if value is not None:
                    told.setdefault(least if name in _LEAST else most, set()).add(number(value))
    return {keyword: values.pop() for keyword, values in told.items() if len(values) == 1}


CHECKS: Final = tuple(Check(BOUND_IN_PROSE, kind, bounds) for kind in DESCRIBED)
