"""The types of JSON: which a value is of, which a schema means."""

from __future__ import annotations

from typing import Any

_TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
    "number": (int, float), "integer": int,
}  # fmt: skip
_MEANT_BY = {
    "object": {
        "properties", "required", "additionalProperties", "patternProperties", "minProperties",
    },
    "array": {"items", "prefixItems", "minItems", "uniqueItems"},
    "string": {"pattern", "minLength", "maxLength", "format", "contentEncoding"},
    "number": {"minimum", "maximum", "multipleOf"},
}  # fmt: skip


def meant(schema: dict[str, Any]) -> list[str]:
    """The types that a schema means that names none."""
    found = [kind for kind, words in _MEANT_BY.items() if words & schema.keys()]
    return found[:1] or ["null", "boolean", "integer", "string", "object", "array"]


def is_of(kinds: Any, value: Any) -> bool:
    """Whether a value is of one of some types."""
    names = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)
