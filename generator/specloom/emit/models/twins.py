"""Objects that a document describes twice are made once, and written down under each name.

A document without `$ref`s describes a user some hundred times, and making a class takes long.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from specloom.document.components import name_of
from specloom.document.walk import Node, below

if TYPE_CHECKING:
    from .text import Statement

# What is about the object's own fields alone, so that a class depends on nothing else.
_PLAIN: Final = {
    "type", "properties", "required", "additionalProperties", "title", "description", "deprecated",
}  # fmt: skip


def without_twins(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The document, later twins emptied; and the first of each, by the names of the others."""
    schemas = document["components"]["schemas"]
    depended_on = _depended_on(schemas)
    first: dict[str, str] = {}
    twins: dict[str, str] = {}
    for name in sorted(schemas):
        schema = schemas[name]
        if name not in depended_on and _is_plain(schema):
            said = first.setdefault(json.dumps(schema), name)
            if said != name:
                twins[name] = said
    for name in twins:
        schemas[name] = {"type": "object", "properties": {}}
    return document, twins


def _is_plain(schema: Any) -> bool:
    return isinstance(schema, dict) and "properties" in schema and schema.keys() <= _PLAIN


def _depended_on(schemas: dict[str, Any]) -> set[str]:
    """The components that others inherit, or that are told apart by their tags."""
    found: set[str] = set()
    for node in below(Node("components", "", {"schemas": schemas})):
        if node.kind == "schema" and isinstance(node.value, dict):
            parts = list(node.value.get("allOf", ()))
            if "discriminator" in node.value:
                parts += [*node.value.get("oneOf", ()), *node.value.get("anyOf", ())]
            found |= {_name(part) for part in parts}
    return found


def _name(part: Any) -> str:
    reference = part.get("$ref", "") if isinstance(part, dict) else ""
    return name_of(reference) or ""


def with_twins(statements: dict[str, Statement], twins: dict[str, str]) -> dict[str, Statement]:
    """The statements, those of twins as they were to be."""
    return {
        name: statements[twins[name]].renamed(name) if name in twins else found
        for name, found in statements.items()
    }
