"""Rules on `pattern`: regular expressions that are none of ECMA-262, which OpenAPI asks for."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Final

import jsonschema_rs

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.json_types import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

INVALID_PATTERN = Rule(
    "OAS532",
    "invalid-pattern",
    "pattern is no regular expression of ECMA-262",
    "Patterns are regular expressions by ECMA-262 (JSON Schema 2020-12 Core §6.4). What only "
    "Python, PCRE or Java knows (`(?i)`, `(?P<name>…)`, `\\A`, `\\Z`, `[[:alpha:]]`, `a++`) is an "
    "error or means something else to other readers. Say the same by what all share.",
    Severity.WARNING,
)
PATTERN_IN_SLASHES = Rule(
    "OAS533",
    "pattern-in-slashes",
    "pattern stands between slashes",
    "`/^…$/` is how JavaScript's source writes an expression; in a `pattern` the slashes are "
    "characters to match, before the beginning of the text, so that nothing ever does. Remove "
    "them.",
    Severity.WARNING,
)

_CLASS: Final = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_FOREIGN: Final = re.compile(
    rf"(?P<skipped>\\[^AZz]|{_CLASS})"
    r"|(?P<foreign>\\[AZz]|\(\?P[<=>]|\(\?>|\(\?[aiLmsux]+\)|\(\?#|(?<=[^\\(|])(?:[*+?]|\{\d+,?\d*\})\+)"
)
# A hyphen behind a class is itself in ECMA-262's older rules (Annex B.1.2).
_RANGE: Final = re.compile(r"(\\[dswDSW])-(?!\])")
_NAMED: Final = re.compile(r"\(\?<(?=\w)")
_POSIX: Final = re.compile(r"\[\^?[^\]]*(\[:\^?[a-z]+:\])")
_IN_SLASHES: Final = re.compile(r"/\^.*/[dgimsuvy]*|/.*(?<!\\)\$/[dgimsuvy]*", re.DOTALL)
_MOST_READ: Final = 2_000


def invalid_patterns(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's pattern, if it has something foreign in it or can't be read at all."""
    pattern = node.value.get("pattern")
    problem = _problem(pattern) if isinstance(pattern, str) else None
    if problem:
        yield Finding(join(node.pointer, "pattern"), problem)


@cache
def _problem(pattern: str) -> str | None:
    found = _foreign(pattern[:_MOST_READ])
    if found:
        return f"ECMA-262 has no {found!r}, which {said(pattern)} uses"
    if not _is_readable(pattern) and not _is_python(pattern):
        return f"{said(pattern)} is no regular expression"
    return None


def _foreign(pattern: str) -> str | None:
    posix = _POSIX.search(pattern)
    if posix:
        return posix[1]
    return next((found[0] for found in _FOREIGN.finditer(pattern) if found["foreign"]), None)


def _is_readable(pattern: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except jsonschema_rs.ValidationError:
        return False
    return True


def _is_python(pattern: str) -> bool:
    """Whether another reader takes what the first refuses, as ECMA-262's older rules may, too."""
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(_RANGE.sub(r"\1\\-", _NAMED.sub("(?P<", pattern)))
    except (re.error, OverflowError, RecursionError):
        # Neither reader knows these, which are sound.
        return any(sound in pattern for sound in ("[^]", "[]", r"\k<", r"\u{"))
    return True


def patterns_in_slashes(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema's pattern, if it stands between slashes and anchors."""
    pattern = node.value.get("pattern")
    if isinstance(pattern, str) and _IN_SLASHES.fullmatch(pattern):
        inner = pattern[1:].rpartition("/")[0]
        yield Finding(
            join(node.pointer, "pattern"), PATTERN_IN_SLASHES.summary, f"write {said(inner)}"
        )


CHECKS = (
    Check(INVALID_PATTERN, "schema", invalid_patterns),
    Check(PATTERN_IN_SLASHES, "schema", patterns_in_slashes),
)
