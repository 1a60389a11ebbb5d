"""Component schemas into the names of classes and of their attributes."""

from __future__ import annotations

from typing import Any

from specloom import names
from specloom.document.objects import properties
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
