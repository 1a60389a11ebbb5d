"""Component schemas into the names of classes and of their attributes."""

from __future__ import annotations

from typing import Any

from specloom import names
from specloom.document.references import follow
from specloom.ir import Model


def models(tree: dict[str, Any]) -> tuple[Model, ...]:
    """The class and the attributes of each component, in the document's order."""
    schemas = tree.get("components", {}).get("schemas", {})
    classes = names.class_names(schemas)
    return tuple(
        Model(component, classes[component], _fields(tree, schema))
        for component, schema in schemas.items()
    )


def _fields(tree: dict[str, Any], schema: Any) -> tuple[tuple[str, str], ...]:
    return tuple(names.field_names(properties(tree, schema)).items())


def properties(tree: dict[str, Any], schema: Any) -> dict[str, Any]:
    """All properties of an object, those of its `allOf` parts included; its own win."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict):
        return {}
    found: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        found |= properties(tree, part)
    found |= schema.get("properties", {})
    return found


def required(tree: dict[str, Any], schema: Any) -> set[str]:
    """The names that an object requires, those of its `allOf` parts included."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict):
        return set()
    parts = (required(tree, part) for part in schema.get("allOf", ()))
    return set(schema.get("required", ())).union(*parts)
