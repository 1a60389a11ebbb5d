"""Rules on how a path is spelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding
from specloom.lint.operations import served

from .template import brace_fault, query_fault, repetition, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

MALFORMED_PATH = Rule(
    "OAS220",
    "malformed-path",
    "path has a stray brace, or a variable without a name",
    "Each `{` opens a variable, each `}` closes it, and its name stands between them (OAS 3.2 "
    "§4.8.2). Nobody can tell what else is to be put there.",
)
QUERY_IN_PATH = Rule(
    "OAS221",
    "query-in-path",
    "path has a query or a fragment",
    "`?` and `#` can't be part of a path (OAS 3.2 §4.8.2): what a query says is a parameter with "
    "`in: query`, and a fragment is never sent (RFC 9110 §7.1). Two operations that differ by "
    "them only are one operation to a server.",
)
TRAILING_SLASH = Rule(
    "OAS222",
    "path-trailing-slash",
    "path ends with a slash, or has two in a row",
    "`/things` and `/things/` are two paths; some servers redirect from one to the other, which "
    "loses bodies, and others answer 404. Leave the slash out if the server lets you.",
    Severity.WARNING,
)
EMPTY_PATH = Rule(
    "OAS225",
    "path-without-operations",
    "path has no operation",
    "It may be empty to hide what a reader has no access to (OAS 3.2 §4.9); else its operations "
    "are missing or misspelt.",
    Severity.INFO,
)
REPEATED_VARIABLE = Rule(
    "OAS226",
    "repeated-path-variable",
    "path has a variable twice",
    "A name must not occur twice in one path (OAS 3.2 §4.8.2), since there is one parameter of "
    "that name, with one value.",
)
KEBAB_CASE = Rule(
    "OAS227",
    "path-not-in-kebab-case",
    "path is not in kebab-case",
    "Lower case with hyphens between the words reads well and can't be got wrong by case. It is "
    "a matter of taste, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)
VERB_IN_PATH = Rule(
    "OAS228",
    "verb-in-path",
    "path names what is done",
    "A path names a thing, and the method says what is done to it (RFC 9110 §9.1). Actions that "
    "are no method exist too, so this rule is off by default.",
    Severity.INFO,
    recommended=False,
)

_KEBAB: Final = re.compile(r"[a-z0-9]+(?:[.~:-][a-z0-9]+)*")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_VERBS: Final = {"get", "put", "post", "patch", "delete", "create", "update", "remove", "fetch"}


def malformed_paths(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path whose braces are not those of named variables."""
    for path in served.paths(scope):
        fault = brace_fault(path.name)
        if fault:
            yield Finding(path.pointer, f"{path.name} has {fault}")


def queries(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path with a query or a fragment."""
    for path in served.paths(scope):
        fault = query_fault(path.name)
        if fault:
            hint = "make it parameters with `in: query`" if fault == "a query" else None
            yield Finding(path.pointer, f"{path.name} has {fault}", hint)


def trailing_slashes(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path that has an empty segment, less the path that is nothing but a slash."""
    for path in served.paths(scope):
        if path.name != "/" and path.name.endswith("/"):
            yield Finding(path.pointer, f"{path.name} ends with a slash")
        elif "//" in path.name:
            yield Finding(path.pointer, f"{path.name} has two slashes in a row")


def empty_paths(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path without an operation."""
    for path in served.paths(scope):
        if not any(path.operations()):
            yield Finding(path.pointer, f"{path.name} has no operation")


def repeated_variables(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path that has a variable twice."""
    for path in served.paths(scope):
        fault = repetition(path.name)
        if fault:
            yield Finding(path.pointer, f"{path.name} has {fault}")


def not_in_kebab_case(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path with a segment, variables apart, that is not in kebab-case."""
    for path in served.paths(scope):
        for segment in _segments(path.name):
            if not _KEBAB.fullmatch(segment):
                yield Finding(path.pointer, f"{segment!r} in {path.name} is not in kebab-case")
                break


def verbs(_node: Node, scope: Scope) -> Iterator[Finding]:
    """Every path with a verb that a method could say."""
    for path in served.paths(scope):
        words = (word for segment in _segments(path.name) for word in _WORD.findall(segment))
        verb = next((word for word in words if word.lower() in _VERBS), None)
        if verb:
            yield Finding(path.pointer, f"{path.name} names what is done: {verb!r}")


def _segments(path: str) -> list[str]:
    """The texts between slashes that have no variable in them."""
    return [part for part in skeleton(path).split("/") if part and "{" not in part]


CHECKS = (
    Check(MALFORMED_PATH, "openapi", malformed_paths),
    Check(QUERY_IN_PATH, "openapi", queries),
    Check(TRAILING_SLASH, "openapi", trailing_slashes),
    Check(EMPTY_PATH, "openapi", empty_paths),
    Check(REPEATED_VARIABLE, "openapi", repeated_variables),
    Check(KEBAB_CASE, "openapi", not_in_kebab_case),
    Check(VERB_IN_PATH, "openapi", verbs),
)
