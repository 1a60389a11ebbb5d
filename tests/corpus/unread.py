"""A value that was read, and its schema, into a property of the document that has no field.

Models keep what they don't know, and write it back: what they ought to know would not be missed.
"""

from __future__ import annotations

from typing import Any

from .server.texts import Shapes


def unread_property(value: Any, schema: dict[str, Any]) -> str:
    """The pointer of a property that the schema names and a model doesn't; empty if none."""
    return _unread(value, schema, Shapes(schema), "")


def _unread(value: Any, schema: Any, shapes: Shapes, at: str) -> str:
    if isinstance(value, list | tuple):
        items = [(index, item) for index, item in enumerate(value)]
    elif hasattr(value, "model_extra"):
        certain = shapes.certain_names(schema)
        lost = next((name for name in value.model_extra or () if name in certain), None)
        if lost is not None:
            return f"{at}/{lost}"
        fields = type(value).model_fields.items()
        items = [(each.alias or name, value.__dict__[name]) for name, each in fields]
    else:
        return ""
    below = (
        _unread(item, shapes.below(schema, step), shapes, f"{at}/{step}") for step, item in items
    )
    return next(filter(None, below), "")
