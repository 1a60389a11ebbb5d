"""Schemas into the kinds of JSON that they allow.

Knows nothing of media types.
"""

from __future__ import annotations

from typing import Any

from .objects import parts
from .references import follow


def kinds(schema: dict[str, Any]) -> list[str]:
    """What a schema's own `type` lists."""
    listed = schema.get("type", [])
    return [listed] if isinstance(listed, str) else listed


def options(schema: dict[str, Any]) -> list[Any]:
    """The alternatives of a schema."""
    return schema.get("oneOf") or schema.get("anyOf") or []


def allows_no_text(tree: dict[str, Any], schema: Any, seen: tuple[int, ...] = ()) -> bool:
    """Whether a schema is of objects, arrays, numbers or such, and of no string."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return False
    for part in parts(tree, schema):
        if "string" not in kinds(part) and (kinds(part) or "properties" in part):
            return True
    found = options(schema)
    return bool(found) and all(allows_no_text(tree, one, (*seen, id(schema))) for one in found)
