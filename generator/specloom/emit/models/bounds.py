"""Bounds and patterns that pydantic could not build a model with, or Python can't write."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

_COUNTS: Final = (
    "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
)  # fmt: skip
_BOUNDS: Final = (
    *_COUNTS, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "pattern",
)  # fmt: skip
# Of what pydantic counts with.
_MOST: Final = 2**63


def drop_unbuildable(schema: dict[str, Any]) -> None:
    """Drop them: what is left says less of a value, and nothing wrong."""
    for keyword in _COUNTS:
        if keyword in schema and not _is_count(schema[keyword]):
            del schema[keyword]
    if "pattern" in schema and not is_pattern(schema["pattern"]):
        del schema["pattern"]
    if "patternProperties" in schema:
        named = schema["patternProperties"]
        if not all(map(is_pattern, named)):
            del schema["patternProperties"]
    if not schema.get("multipleOf", 1):
        del schema["multipleOf"]
    if isinstance(schema.get("type"), list) and len(set(schema["type"]) - {"null"}) > 1:
        # Each is about one of the types; together they would be about none.
        for keyword in _BOUNDS:
            schema.pop(keyword, None)


def _is_count(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value < _MOST


@cache
def is_pattern(pattern: str) -> bool:
    """Whether a regular expression of ECMA 262 is one for pydantic and for Python, too."""
    try:
        re.compile(pattern)
        SchemaValidator(core_schema.str_schema(pattern=pattern))
    except (re.error, SchemaError, RecursionError, OverflowError):
        return False
    return True
