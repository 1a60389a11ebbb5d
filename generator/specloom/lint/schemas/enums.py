"""Rules on `enum` and `const`: values that can never be given, and those that say a thing twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.document.value_text import text_of
from specloom.lint.check import Check, Finding
from specloom.lint.json_types import said, type_of, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

ENUM_OF_OTHER_TYPE = Rule(
    "OAS520",
    "enum-of-other-type",
    "value of enum or const is not of the schema's type",
    "A value must be of the `type` and in the `enum` at once (JSON Schema 2020-12 Validation "
    "§6.1), so one that the type excludes can never be given, and code made of the list is wrong. "
    "Write the value in its type (YAML reads a bare `1` as a number, and `true` as a boolean), or "
    "correct the type.",
)
DUPLICATE_ENUM_VALUE = Rule(
    "OAS521",
    "duplicate-enum-value",
    "enum lists a value twice",
    "The values of an `enum` should be unique (JSON Schema 2020-12 Validation §6.1.2). The second "
    "is a copy to remove, or was meant to be another value that is missing now.",
    Severity.WARNING,
)
ENUM_WITHOUT_NULL = Rule(
    "OAS522",
    "enum-without-null",
    "schema is nullable, but its enum has no null",
    "An `enum` lists all values that are allowed, null too (OAS 3.0.4 §4.7.24.1). Where the type "
    "allows null and the list doesn't, strict readers refuse the null that the type promises. Add "
    "null to the `enum`, or take it from the type.",
    Severity.WARNING,
)
CONST_BESIDE_ENUM = Rule(
    "OAS523",
    "const-beside-enum",
    "const stands beside enum",
    "`const` allows one value alone, so an `enum` beside it adds nothing, and nothing at all is "
    "valid if it lacks that value. Keep the one that is meant.",
    Severity.WARNING,
)
EMPTY_ENUM = Rule(
    "OAS524",
    "empty-enum",
    "enum lists nothing",
    "An `enum` without values allows no value at all (JSON Schema 2020-12 Validation §6.1.2 asks "
    "for one at least). List the values, or remove the keyword.",
    Severity.WARNING,
)


def enums_of_other_type(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The values of a schema's enum and const that its type excludes."""
    if "type" not in node.value:
        return
    types = types_of(node.value)
    for place, value in _values(node):
        found = type_of(value)
        if found not in types:
            expected = " or ".join(sorted(_named(node.value["type"])))
            yield Finding(place, f"{said(value)} is of type {found}, not {expected}")


def _named(types: Any) -> list[str]:
    return [types] if isinstance(types, str) else types


def _values(node: Node) -> Iterator[tuple[str, Any]]:
    for index, value in enumerate(_enum(node)):
        yield join(node.pointer, "enum", index), value
    if "const" in node.value:
        yield join(node.pointer, "const"), node.value["const"]


def _enum(node: Node) -> list[Any]:
    listed = node.value.get("enum")
    return listed if isinstance(listed, list) else []


def duplicate_enum_values(node: Node, _scope: Scope) -> Iterator[Finding]:
    """Every value that the enum has listed before."""
    listed = _enum(node)
    if len(listed) < 2:  # noqa: PLR2004 - one value has no equal
        return
    seen: Counter[str] = Counter()
    for index, value in enumerate(listed):
        seen[key := text_of(value)] += 1
        if seen[key] > 1:
            yield Finding(join(node.pointer, "enum", index), f"{said(value)} is listed twice")


def enums_without_null(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The enum, if the type beside it allows a null that it does not list."""
    types = node.value.get("type")
    if isinstance(types, list) and "null" in types and _enum(node) and None not in _enum(node):
        hint = "add null to the enum"
        yield Finding(join(node.pointer, "enum"), ENUM_WITHOUT_NULL.summary, hint)


def consts_beside_enum(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The const, if there is an enum, too."""
    if "const" in node.value and _enum(node):
        const = node.value["const"]
        listed = text_of(const) in map(text_of, _enum(node))
        message = "the enum adds nothing" if listed else "the enum lacks it: no value is valid"
        yield Finding(join(node.pointer, "const"), f"const is {said(const)}, and {message}")


def empty_enums(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The enum, if it is empty."""
    if node.value.get("enum") == []:
        yield Finding(join(node.pointer, "enum"), EMPTY_ENUM.summary)


CHECKS = (
    Check(ENUM_OF_OTHER_TYPE, "schema", enums_of_other_type),
    Check(DUPLICATE_ENUM_VALUE, "schema", duplicate_enum_values),
    Check(ENUM_WITHOUT_NULL, "schema", enums_without_null),
    Check(CONST_BESIDE_ENUM, "schema", consts_beside_enum),
    Check(EMPTY_ENUM, "schema", empty_enums),
)
