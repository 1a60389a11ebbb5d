"""Rules on how schemas are spelt and spelt out; all are matters of taste."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join
from specloom.lint.check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

UNDESCRIBED_PROPERTY = Rule(
    "OAS566",
    "undescribed-property",
    "property has no description",
    "What a name means is known to those who gave it. A `description` of each property is the "
    "documentation of the generated code.",
    Severity.INFO,
    recommended=False,
)
LIKE_NAMES = Rule(
    "OAS567",
    "like-names",
    "names of properties differ by case or separators alone",
    "`userId` beside `user_id` is easily mistaken, and both become the same name in languages with "
    "a spelling of their own. Keep one.",
    Severity.HINT,
    recommended=False,
)
UNTYPED_SCHEMA = Rule(
    "OAS568",
    "untyped-schema",
    "schema does not say its type",
    "Keywords look at values of their own type alone (JSON Schema 2020-12 Validation §4.1): "
    "`properties` without `type: object` takes any text, too. Readers guess the type, each in its "
    "own way. Write it.",
    Severity.INFO,
    recommended=False,
)
CAMEL_CASE = Rule(
    "OAS569",
    "camel-case-properties",
    "name of a property is not in camelCase",
    "One spelling of names throughout is easier to remember; camelCase is JavaScript's. Where "
    "another is the house's, leave this rule off.",
    Severity.INFO,
    recommended=False,
)

_TYPING: Final = frozenset(
    {"type", "$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "enum", "const", "if"}
)
_CAMEL: Final = re.compile(r"[a-z][a-zA-Z0-9]*")


def undescribed_properties(node: Node, scope: Scope) -> Iterator[Finding]:
    """The properties of a schema that neither they nor what they refer to describe."""
    for name, schema in node.value.get("properties", {}).items():
        if isinstance(schema, dict) and not _is_described(schema, scope):
            yield Finding(join(node.pointer, "properties", name), f"{name!r} has no description")


def _is_described(schema: dict[str, Any], scope: Scope) -> bool:
    return any(part.get("description") for part in scope.parts(schema))


def like_names(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The properties whose names differ from an earlier one's in spelling alone."""
    seen: dict[str, str] = {}
    for name in node.value.get("properties", {}):
        bare = "".join(filter(str.isalnum, str(name))).lower()
        if bare and bare in seen:
            place = join(node.pointer, "properties", name)
            yield Finding(place, f"{name!r} is easily mistaken for {seen[bare]!r}")
        seen.setdefault(bare, name)


def untyped_schemas(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema, if it says something, but nothing of its type."""
    if node.value and _TYPING.isdisjoint(node.value) and "type" not in scope.whole(node).keywords:
        yield Finding(node.pointer, UNTYPED_SCHEMA.summary)


def names_not_in_camel_case(node: Node, _scope: Scope) -> Iterator[Finding]:
    """The properties of a schema that are spelt in another way."""
    for name in node.value.get("properties", {}):
        if not _CAMEL.fullmatch(str(name)):
            place = join(node.pointer, "properties", name)
            yield Finding(place, f"{name!r} is not in camelCase")


CHECKS = (
    Check(UNDESCRIBED_PROPERTY, "schema", undescribed_properties),
    Check(LIKE_NAMES, "schema", like_names),
    Check(UNTYPED_SCHEMA, "schema", untyped_schemas),
    Check(CAMEL_CASE, "schema", names_not_in_camel_case),
)
