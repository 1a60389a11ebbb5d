"""Values and schemas into the types of JSON Schema (2020-12 Core §4.2.1); integers are numbers.

Knows nothing of references.
"""

from __future__ import annotations

import json
from typing import Any, Final

TYPES: Final = frozenset({"null", "boolean", "object", "array", "number", "string", "integer"})
_BY_CLASS: Final = {dict: "object", list: "array", str: "string", bool: "boolean"}


def type_of(value: Any) -> str:
    """The narrowest type of a value."""
    if value is None:
        return "null"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "integer" if value == value // 1 else "number"
    return _BY_CLASS.get(type(value), "string")


def types_of(schema: dict[str, Any]) -> frozenset[str]:
    """All types that a schema's own `type` allows; all there are, if it names none."""
    listed = schema.get("type", TYPES)
    types = frozenset([listed] if isinstance(listed, str) else listed)
    return types | {"integer"} if "number" in types else types


def said(value: Any, limit: int = 60) -> str:
    """A value as a message shows it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= limit else text[: limit - 1] + "…"
