"""Rules on `oneOf`, `anyOf` and `allOf`: parts that are alone, repeat or overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.document.value_text import text_of
from specloom.lint.check import Check, Finding
from specloom.lint.json_types import said, type_of, types_of

from .witnesses import witnesses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

SINGLE_PART = Rule(
    "OAS550",
    "single-part",
    "oneOf, anyOf or allOf has one part",
    "A choice of one is none, and an `allOf` of one with nothing beside it is that one; tools make "
    "unions and classes of them that programs must unpack. Write the part itself, unless more are "
    "to come.",
    Severity.HINT,
)
OVERLAPPING_ONE_OF = Rule(
    "OAS551",
    "overlapping-one-of",
    "a value fits two alternatives of oneOf",
    "`oneOf` takes what is valid against exactly one alternative (JSON Schema 2020-12 Core "
    "§10.2.1.3), so it refuses each value that two take: a text beside a text with a `format`, an "
    "integer beside a number. Tell them apart, or write `anyOf`.",
    Severity.WARNING,
)
ALTERNATIVE_TWICE = Rule(
    "OAS552",
    "alternative-twice",
    "anyOf or allOf has the same part twice",
    "The second adds nothing. It is a copy to remove, or another schema was meant.",
    Severity.WARNING,
)

_MOST: Final = 40
"""Alternatives beyond this are not compared: their pairs would cost more than they tell."""


def single_parts(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every combination of the schema that combines nothing."""
    for keyword in ("oneOf", "anyOf"):
        if len(node.value.get(keyword, ())) == 1:
            yield Finding(join(node.pointer, keyword), f"{keyword} has one alternative only")
    # Beside other keywords it is how 3.0 puts them beside a `$ref`.
    if len(node.value) == 1 and len(node.value.get("allOf", ())) == 1:
        yield Finding(join(node.pointer, "allOf"), "allOf has one part only, and nothing beside it")


def alternatives_twice(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every part of anyOf or allOf that equals an earlier one."""
    for keyword in ("anyOf", "allOf"):
        parts = node.value.get(keyword, ())
        if len(parts) > 1:
            for first, second in _equal(parts):
                message = f"is the same as part {first} of this {keyword}"
                yield Finding(join(node.pointer, keyword, second), message)


def _equal(parts: list[Any]) -> Iterator[tuple[int, int]]:
    seen: dict[str, int] = {}
    for index, part in enumerate(parts):
        key = text_of(part)
        if key in seen:
            yield seen[key], index
        seen.setdefault(key, index)


def overlapping_one_ofs(node: Node, scope: Scope) -> Iterator[Finding]:
    """The oneOf, if a simple value is valid against two of its alternatives."""
    alternatives = node.value.get("oneOf", ())
    if not 1 < len(alternatives) <= _MOST or "discriminator" in node.value:
        return
    place = join(node.pointer, "oneOf")
    for first, second in _equal(alternatives):
        yield Finding(
            f"{place}/{second}", f"is the same as alternative {first}, so neither ever fits alone"
        )
        return
    places = [f"{place}/{index}" for index in range(len(alternatives))]
    for value in witnesses(alternatives, scope):
        fitting = scope.instances.fitting(places, value) if _may_be(node, value) else []
        if len(fitting) > 1:
            names = _names(alternatives, fitting)
            message = f"{said(value)} fits alternatives {names}, so oneOf refuses it"
            hint = "require what tells them apart" if value == {} else "write anyOf"
            yield Finding(place, message, hint)
            return


def _may_be(node: Node, value: Any) -> bool:
    """Whether what stands beside the oneOf takes a value, as far as one sees at once."""
    return type_of(value) in types_of(node.value) and (value != {} or "required" not in node.value)


def _names(alternatives: list[Any], fitting: list[int]) -> str:
    first, second = (_name(alternatives[index], index) for index in fitting[:2])
    return f"{first} and {second}"


def _name(alternative: Any, index: int) -> str:
    reference = alternative.get("$ref") if isinstance(alternative, dict) else None
    return repr(reference.rpartition("/")[2]) if isinstance(reference, str) else str(index)


CHECKS = (
    Check(SINGLE_PART, "schema", single_parts),
    Check(OVERLAPPING_ONE_OF, "schema", overlapping_one_ofs),
    Check(ALTERNATIVE_TWICE, "schema", alternatives_twice),
)
