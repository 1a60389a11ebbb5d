"""Rules on properties: those that are required but not there, and those that nobody may send."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join, tokens
from specloom.lint.check import Check, Finding
from specloom.lint.whole import outermost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope
    from specloom.lint.whole import Whole

UNDEFINED_REQUIRED = Rule(
    "OAS540",
    "undefined-required",
    "required names a property that nothing defines",
    "`required` asks for a property by its name alone (JSON Schema 2020-12 Validation §6.5.3); "
    "where no `properties` defines it, it may be anything, and a misspelt name demands what no one "
    "sends. Define the property, or correct the name.",
    Severity.WARNING,
)
READ_ONLY_AND_WRITE_ONLY = Rule(
    "OAS542",
    "read-only-and-write-only",
    "schema is both readOnly and writeOnly",
    "A `readOnly` property is never part of a request, a `writeOnly` one never of a response, so "
    "one that is both is never sent (OAS 3.0.4 §4.7.24.2 forbids it). Keep one of the two.",
)
DEFAULT_OF_REQUIRED = Rule(
    "OAS543",
    "default-of-required",
    "required property has a default",
    "A default is what a reader assumes where a value is left out, and a required property can't "
    "be (JSON Schema 2020-12 Validation §9.2). It is not required in truth, or the default is for "
    "nobody.",
    Severity.INFO,
    recommended=False,
)


_MOST_COMPARED: Final = 200


def undefined_required(node: Node, scope: Scope) -> Iterator[Finding]:
    """The names that a schema requires, but neither it nor what it is a branch of defines."""
    required = node.value.get("required")
    if not isinstance(required, list) or node.pointer in scope.bases or _is_forbidden(node):
        return
    own = node.value.get("properties", {})
    for index, name in enumerate(required):
        if name not in own:
            yield from _undefined(node, scope.whole(node), index)


def _is_forbidden(node: Node) -> bool:
    """Whether a schema is of `not`, where what it requires is what must not be there."""
    return "not" in tokens(node.pointer.removeprefix(outermost(node.pointer)))


def _undefined(node: Node, whole: Whole, index: int) -> Iterator[Finding]:
    name = node.value["required"][index]
    if whole.names and not whole.are_open and name not in whole.names:
        few = islice(whole.names, _MOST_COMPARED)
        near = get_close_matches(str(name), few, n=1, cutoff=0.8)
        hint = f"{near[0]!r} is defined" if near else None
        place = join(node.pointer, "required", index)
        yield Finding(place, f"no `properties` defines {name!r}", hint)


def read_only_and_write_only(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The schema, if it is both."""
    if node.value.get("readOnly") is True and node.value.get("writeOnly") is True:
        yield Finding(join(node.pointer, "writeOnly"), READ_ONLY_AND_WRITE_ONLY.summary)


def defaults_of_required(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The defaults of the properties that a schema itself requires."""
    properties = node.value.get("properties", {})
    for name in node.value.get("required", ()):
        schema = properties.get(name)
        if isinstance(schema, dict) and "default" in schema:
            place = join(node.pointer, "properties", name, "default")
            yield Finding(place, f"{name!r} is required, so its default is never assumed")


CHECKS = (
    Check(UNDEFINED_REQUIRED, "schema", undefined_required),
    Check(READ_ONLY_AND_WRITE_ONLY, "schema", read_only_and_write_only),
    Check(DEFAULT_OF_REQUIRED, "schema", defaults_of_required),
)
