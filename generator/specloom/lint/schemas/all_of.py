"""Rules on `allOf`: parts that can't hold together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding
from specloom.lint.json_types import TYPES, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

CLASHING_TYPES = Rule(
    "OAS554",
    "clashing-types",
    "parts of allOf share no type",
    "A value must be valid against all parts of `allOf` at once (JSON Schema 2020-12 Core "
    "§10.2.1.1), and none is of two types. Where one of several is meant, `anyOf` or `oneOf` says "
    "so.",
)
CLOSED_PART = Rule(
    "OAS555",
    "closed-part",
    "a part of allOf forbids the properties of another",
    "`additionalProperties` knows only the `properties` beside it (JSON Schema 2020-12 Core "
    "§10.3.2.3), so a part of `allOf` that sets it to false forbids what the other parts define: "
    "those properties can never be sent. Put `unevaluatedProperties: false` (3.1 and later) beside "
    "the `allOf` instead, or nothing.",
    Severity.WARNING,
)

_ENOUGH: Final = 5
"""As many names as tell which are meant."""


def clashing_types(node: Node, scope: Scope) -> Iterator[Finding]:
    """The allOf, if no type is allowed by all its parts."""
    if not node.value.get("allOf"):
        return
    left = TYPES
    for part in scope.parts(node.value):
        if "type" in part:
            allowed = types_of(part)
            if left.isdisjoint(allowed):
                names = f"{_listed(left)} and {_listed(allowed)}"
                yield Finding(join(node.pointer, "allOf"), f"parts are of type {names} at once")
                return
            left &= allowed


def _listed(types: frozenset[str]) -> str:
    return " or ".join(sorted(types - {"integer"} if "number" in types else types))


def closed_parts(node: Node, scope: Scope) -> Iterator[Finding]:
    """The allOf, if a closed part of it leaves out properties of others."""
    if not node.value.get("allOf"):
        return
    parts = list(scope.parts(node.value))
    closed = [part for part in parts if part.get("additionalProperties") is False]
    names = dict.fromkeys(name for part in parts for name in part.get("properties", ()))
    forbidden = [name for name in names if any(not _takes(part, name) for part in closed)]
    if forbidden:
        some = ", ".join([*map(repr, forbidden[:_ENOUGH]), *(["…"] if forbidden[_ENOUGH:] else [])])
        message = f"a part with `additionalProperties: false` forbids {some} of another part"
        yield Finding(join(node.pointer, "allOf"), message)


def _takes(part: dict[str, Any], name: str) -> bool:
    patterns = part.get("patternProperties", ())
    return name in part.get("properties", ()) or any(_matches(p, name) for p in patterns)


def _matches(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return True


CHECKS = (
    Check(CLASHING_TYPES, "schema", clashing_types),
    Check(CLOSED_PART, "schema", closed_parts),
)
