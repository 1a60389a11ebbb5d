"""A rule on values that prose lists and the schema does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding

from .told import DESCRIBED, described, facts, of_items, place
from .told_values import head, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

LIST_IN_PROSE = Rule(
    "OAS595",
    "list-in-prose",
    "the description lists the values that the schema leaves open",
    "The values are known, and only people can read them: a client offers any text, and no test "
    "notices a misspelt one. List them in `enum` "
    "(JSON Schema 2020-12 Validation §6.1), or in `x-extensible-enum` if more may come.",
    Severity.HINT,
)

_ONE: Final = r"(?:`[^`\n]{1,60}`|\"[^\"\n]{1,60}\")"
_LISTED: Final = re.compile(
    r"\b(?:(?:can|must|may|should|will) be(?: set to)?(?: either| one of)?|one of|either|"
    r"(?:possible|valid|allowed|supported|accepted|available) (?:values|options)(?: are| include)?)"
    rf"(?: the following(?: values)?)?:? {{0,2}}"
    rf"({_ONE}(?:(?:,? {{0,2}}(?:or|and) |, {{0,2}}|\|){_ONE}){{1,50}})"
    r"(?= {0,2}(?:$|[.;)\n]))",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(_ONE)
_BULLET: Final = re.compile(
    r"^ {0,8}[-*+] {1,4}`([^`\n]{1,60})` {0,2}(?:[:(\u2013\u2014-]|\n|$)", re.MULTILINE
)
_PLAIN: Final = re.compile(r"[\w.:+-]+")
_OPEN: Final = re.compile(
    r"\b(?:such as|e\.g|for example|for instance|etc|and so on|or a custom|any other|others?|"
    r"separated?|over time|delimited|multiple|combination)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 2


def lists(node: Node, scope: Scope) -> Iterator[Finding]:
    """The values that a description lists, if the schema takes any text."""
    text = described(node)
    is_whole_body = node.key in {"schema", "itemSchema"}
    values = _values(text) if not is_whole_body and _quotes(text) else ()
    if not values:
        return
    said = facts(node, scope)
    if "array" in said.types:
        said = of_items(said, scope)
    if said.types - {"null"} == {"string"} and not (said.listed or said.has("pattern", "format")):
        message = f"the values {_shown(values)} are listed in the description alone"
        yield Finding(place(node), message, "list them in `enum`")


def _values(text: str) -> tuple[str, ...]:
    """The values that a text lists in one place, each once, if nothing says that there are more."""
    found = [
        tuple(unquoted(value) for value in _VALUE.findall(match[1]))
        for match in _LISTED.finditer(text)
        if not _OPEN.search(head(text, match.start()))
    ]
    found = found or [tuple(_BULLET.findall(text))]
    values = tuple(dict.fromkeys(found[0])) if len(found) == 1 else ()
    is_closed = len(values) >= _FEWEST and not _OPEN.search(text)
    return values if is_closed and all(_PLAIN.fullmatch(value) for value in values) else ()


def _quotes(text: str) -> bool:
    return text.count("`") + text.count('"') >= 2 * _FEWEST


def _shown(values: tuple[str, ...]) -> str:
    return ", ".join(values[:4]) + (", …" if len(values) > 4 else "")  # noqa: PLR2004


CHECKS: Final = tuple(Check(LIST_IN_PROSE, kind, lists) for kind in DESCRIBED)
