"""Rules on sizes that a schema leaves without limit; all are matters of taste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.lint.check import Check, Finding
from specloom.lint.json_types import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNLIMITED_STRING = Rule(
    "OAS562",
    "unlimited-string",
    "string has no maximum length",
    "A text without `maxLength` may be of any size, and a server that stores it needs a limit of "
    "its own, which the document then hides. An `enum`, a `const` or a `format` limits it, too.",
    Severity.INFO,
    recommended=False,
)
UNLIMITED_INTEGER = Rule(
    "OAS563",
    "unlimited-integer",
    "integer has no bounds",
    "Without `minimum` and `maximum`, or a `format` such as `int32`, nothing says how large an "
    "integer may be, and code in most languages has to choose a type for it.",
    Severity.INFO,
    recommended=False,
)
UNLIMITED_ARRAY = Rule(
    "OAS564",
    "unlimited-array",
    "array has no maximum of items",
    "An array without `maxItems` may be of any size, and a client can't tell how much it has to "
    "hold.",
    Severity.INFO,
    recommended=False,
)
_FINITE: Final = frozenset({"enum", "const", "$ref"})

_LIMITING: Final = _FINITE | {"maxLength", "format"}


def unlimited_strings(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema, if it is a text of any length."""
    if _is(node, "string") and not (node.value.keys() & _LIMITING):
        yield Finding(node.pointer, UNLIMITED_STRING.summary)


def unlimited_integers(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema, if it is an integer of any size."""
    schema = node.value
    if _is(node, "integer") and not _is(node, "number") and _FINITE.isdisjoint(schema):
        is_low = "minimum" in schema or "exclusiveMinimum" in schema
        is_high = "maximum" in schema or "exclusiveMaximum" in schema
        if not ((is_low and is_high) or "format" in schema):
            yield Finding(node.pointer, UNLIMITED_INTEGER.summary)


def unlimited_arrays(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema, if it is an array of any length."""
    if _is(node, "array") and _FINITE.isdisjoint(node.value) and "maxItems" not in node.value:
        yield Finding(node.pointer, UNLIMITED_ARRAY.summary)


def _is(node: Node, kind: str) -> bool:
    return "type" in node.value and kind in types_of(node.value)


CHECKS = (
    Check(UNLIMITED_STRING, "schema", unlimited_strings),
    Check(UNLIMITED_INTEGER, "schema", unlimited_integers),
    Check(UNLIMITED_ARRAY, "schema", unlimited_arrays),
)
