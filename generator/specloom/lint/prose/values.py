"""Rules on single values that prose tells and the schema does not: defaults and constants."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding

from .told import DESCRIBED, described, facts, of_items, place
from .told_values import (
    END,
    QUOTED,
    VALUE,
    head,
    is_conditional,
    mentions,
    readings,
    unquoted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

    from .told import Facts

CONSTANT_IN_PROSE = Rule(
    "OAS592",
    "constant-in-prose",
    "the description tells the only value, the schema allows others",
    "People read that the value is always the same; a client and a test read the schema alone, "
    "and take any. Say it by `const`, or by an `enum` of one value in OpenAPI 3.0 "
    "(JSON Schema 2020-12 Validation §6.1).",
    Severity.HINT,
)
DEFAULT_IN_PROSE = Rule(
    "OAS593",
    "default-in-prose",
    "the description tells a default that the schema lacks",
    "What the server takes for a value left out is told to people alone, or told in two ways. "
    "Give it as `default`, so that clients show it and tools can compare "
    "(JSON Schema 2020-12 Validation §9.2).",
    Severity.HINT,
)

_DEFAULT: Final = re.compile(
    r"(?:\bdefaults? to|\bdefault(?: value)?(?: is|:| =|=)|\bdefault value of|\(default)"
    rf"\*{{0,2}}:? {{0,2}}({VALUE}){END}",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(rf"({QUOTED}) (?:will |would |may |can )?$")
_BLANK: Final = re.compile(r"\{[^{}]{1,60}\}|<[^<>]{1,60}>")
_CONSTANTS: Final = ("fixed ", "always ", "only ")
_CONSTANT: Final = re.compile(
    rf"\bfixed (?:as|to|at) ({QUOTED})"
    rf"|(?:^|[.,;:(\n]|\bis) {{0,2}}always (?:be |set to |equal to |equals )?({VALUE}){END}"
    rf"|\bonly ({QUOTED}) is (?:currently )?(?:supported|allowed|accepted|valid)\b",
    re.IGNORECASE,
)


def defaults(node: Node, scope: Scope) -> Iterator[Finding]:
    """The default that a description tells, if the schema has none or another."""
    text = described(node)
    is_for_all = mentions(text, ("default",)) and not mentions(text, ("default for ",))
    told = _only(text, _DEFAULT) if is_for_all else None
    if told is None:
        return
    said = facts(node, scope)
    value = next(readings(told, said.types), None)
    known = said.values("default")
    if value is None or _has_blanks(value) or any(_is_same(value, one) for one in known):
        return
    if any(_is_of_value(text, found.start(), said) for found in _DEFAULT.finditer(text)):
        return
    if known:
        message = f"the description says default {dumps(value)}, the schema {dumps(known[0])}"
        yield Finding(place(node), message)
    elif _is_fit(value, said):
        message = f"default {dumps(value)} is told in the description alone"
        yield Finding(place(node), message, "give it as `default`")


def _has_blanks(value: Any) -> bool:
    """Whether a value is a pattern with names for what is filled in, as in "Made at {time}"."""
    return isinstance(value, str) and _BLANK.search(value) is not None


def _is_of_value(text: str, start: int, said: Facts) -> bool:
    """Whether it is one of the field's values that has a default: "`auto` defaults to `high`"."""
    subject = _SUBJECT.search(head(text, start))
    return subject is not None and unquoted(subject[1]) in said.listed


def constants(node: Node, scope: Scope) -> Iterator[Finding]:
    """The only value that a description tells, if the schema allows others."""
    text = described(node)
    told = _only(text, _CONSTANT) if mentions(text, _CONSTANTS) else None
    if told is None:
        return
    said = facts(node, scope)
    if "array" in said.types:
        said = of_items(said, scope)
    value = next(readings(told, said.types), None)
    if value is not None and not said.listed and not said.has("pattern"):
        message = f"{dumps(value)} is told to be the only value, the schema does not say so"
        yield Finding(place(node), message, "say it by `const`, or by an `enum` of one value")


def _only(text: str, pattern: re.Pattern[str]) -> str | None:
    """The one value that a text tells by a pattern; None if several, or only under a condition."""
    told = {
        next(group for group in found.groups() if group is not None)
        for found in pattern.finditer(text)
        if not is_conditional(text, found.start())
    }
    return told.pop() if len(told) == 1 else None


def _is_fit(value: Any, said: Facts) -> bool:
    """Whether a value is one of those listed, if any are."""
    return not said.listed or any(_is_same(value, one) for one in said.listed)


def _is_same(told: Any, value: Any) -> bool:
    if isinstance(told, str) and isinstance(value, str):
        return told.casefold() == value.casefold()
    return isinstance(told, bool) == isinstance(value, bool) and bool(told == value)


CHECKS: Final = (
    *(Check(CONSTANT_IN_PROSE, kind, constants) for kind in DESCRIBED),
    *(Check(DEFAULT_IN_PROSE, kind, defaults) for kind in DESCRIBED),
)
