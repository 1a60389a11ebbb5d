"""Schemas into what they say of objects, the parts of their `allOf` included.

Knows nothing of other combinators, which say that one of several objects may stand there.
"""

from __future__ import annotations

from typing import Any

from .references import follow


def parts(tree: dict[str, Any], schema: Any) -> list[dict[str, Any]]:
    """A schema and all that its `allOf` asks for besides, each once, the schema itself last."""
    found: list[dict[str, Any]] = []
    _collect(tree, schema, found, set())
    return found


def _collect(
    tree: dict[str, Any], schema: Any, found: list[dict[str, Any]], seen: set[int]
) -> None:
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen.add(id(schema))
    for part in schema.get("allOf", ()):
        _collect(tree, part, found, seen)
    found.append(schema)


def is_object(tree: dict[str, Any], schema: Any) -> bool:
    """Whether a schema describes an object with fields."""
    return bool(properties(tree, schema))


def properties(tree: dict[str, Any], schema: Any) -> dict[str, Any]:
    """All properties of an object; its own win over those of its parts."""
    found: dict[str, Any] = {}
    for part in parts(tree, schema):
        found |= part.get("properties", {})
    return found


def required(tree: dict[str, Any], schema: Any) -> set[str]:
    """The names that an object requires."""
    return {name for part in parts(tree, schema) for name in part.get("required", ())}
