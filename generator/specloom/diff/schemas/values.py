"""JSON values into texts that are equal where the values are, and types by their values."""

from __future__ import annotations

import json
from typing import Any


def text_of(value: Any) -> str:
    """A value as JSON, without regard to order and to how a number is written."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def type_of(value: Any) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value
