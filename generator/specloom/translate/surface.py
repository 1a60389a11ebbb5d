"""A package and the document that it was made of into all that programs may hold on to.

Said for comparing two packages: the models themselves are made without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.objects import properties, required
from specloom.ir import Field, Package, Shape, Surface

from .types import Types

if TYPE_CHECKING:
    from specloom.document.load import Document
    from specloom.ir import Model


def surface(package: Package, normal: Document) -> Surface:
    """The package with the shapes of its models."""
    types = Types(normal.tree, {model.component: model.class_name for model in package.models})
    schemas = normal.tree.get("components", {}).get("schemas", {})
    shapes = {
        model.component: _shape(model, schemas[model.component], types) for model in package.models
    }
    return Surface(package, shapes)


def _shape(model: Model, schema: Any, types: Types) -> Shape:
    declared, needed = properties(types.tree, schema), required(types.tree, schema)
    fields = tuple(
        Field(name, wire, types.read(declared[wire]), wire in needed) for wire, name in model.fields
    )
    return Shape("" if fields else types.read(schema), fields)
