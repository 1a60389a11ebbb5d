"""Rules on bounds: those that contradict one another, and those of which one is idle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

CONTRADICTORY_BOUNDS = Rule(
    "OAS530",
    "contradictory-bounds",
    "bounds leave no value",
    "The lower bound lies above the upper one, so no value is valid, and every request or answer "
    "with one breaks the document. Often the two are exchanged.",
)
BOUND_TWICE = Rule(
    "OAS531",
    "bound-twice",
    "an inclusive bound stands beside an exclusive one",
    "Both bounds hold at once, so the looser of `minimum` and `exclusiveMinimum` (or of the "
    "maxima) never has an effect (JSON Schema 2020-12 Validation §6.2). Keep the one that is "
    "meant.",
    Severity.WARNING,
)

_PAIRS: Final = (
    ("minimum", "maximum", False),
    ("minimum", "exclusiveMaximum", True),
    ("exclusiveMinimum", "maximum", True),
    ("exclusiveMinimum", "exclusiveMaximum", True),
    ("minLength", "maxLength", False),
    ("minItems", "maxItems", False),
    ("minContains", "maxContains", False),
    ("minProperties", "maxProperties", False),
)
_LOWER: Final = frozenset(pair[0] for pair in _PAIRS)
_BOUNDS: Final = frozenset(bound for lower, upper, _ in _PAIRS for bound in (lower, upper))
_KINDS: Final = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def contradictory_bounds(node: Node, scope: Scope) -> Iterator[Finding]:
    """Every lower bound of the schema, or of its `allOf`, that lies above the upper one."""
    schema = node.value
    if not _BOUNDS.isdisjoint(schema):
        found = list(_contradictions(schema))
        yield from (Finding(join(node.pointer, lower), message) for lower, message in found)
        yield from _too_many_required(node)
        if found:
            return
    if schema.get("allOf"):
        together = _together(scope.parts(schema))
        for _, message in _contradictions(together):
            yield Finding(join(node.pointer, "allOf"), f"in parts: {message}")


def _contradictions(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for lower, upper, exclusive in _PAIRS:
        low, high = _bound(schema, lower), _bound(schema, upper)
        if low is not None and high is not None and (low > high or (exclusive and low == high)):
            yield lower, f"{lower} {low} leaves no {upper} {high}"


def _together(parts: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """The tightest of all the parts' bounds."""
    found: dict[str, Any] = {}
    for part in parts:
        for keyword in _BOUNDS & part.keys():
            bound = _bound(part, keyword)
            if bound is not None:
                tightest = max if keyword in _LOWER else min
                found[keyword] = tightest(found.get(keyword, bound), bound)
    return found


def _too_many_required(node: Node) -> Iterator[Finding]:
    required, most = node.value.get("required", ()), _bound(node.value, "maxProperties")
    if most is not None and len(required) > most:
        message = f"{len(required)} properties are required, but maxProperties is {most}"
        yield Finding(join(node.pointer, "maxProperties"), message)


def bounds_twice(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every exclusive bound of the schema that has an inclusive one beside it."""
    for exclusive, inclusive in _KINDS:
        if _bound(node.value, exclusive) is not None and _bound(node.value, inclusive) is not None:
            message = f"{exclusive!r} and {inclusive!r} are both given"
            yield Finding(join(node.pointer, exclusive), message)


def _bound(schema: dict[str, Any], keyword: str) -> float | None:
    """A bound; none if it is one of 3.0's booleans."""
    value = schema.get(keyword)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None


CHECKS = (
    Check(CONTRADICTORY_BOUNDS, "schema", contradictory_bounds),
    Check(BOUND_TWICE, "schema", bounds_twice),
)
