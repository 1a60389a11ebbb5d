"""Schemas of numbers into values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .choices import between

if TYPE_CHECKING:
    from collections.abc import Callable

_FLOATS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: value + 0.0)
_BITS = {"int32": 32, "int64": 64, "int8": 8, "int16": 16, "uint8": 8}
_BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_FAR = 10**6

Schema = dict[str, Any]


def number(draw: Callable[[Any], Any], kind: str, schema: Schema) -> Any:
    """An integer or a number within its bounds."""
    if kind == "number" and not schema.keys() & {*_BOUNDS, "multipleOf"}:
        return draw(_unbounded(_BITS.get(schema.get("format", ""), 40)))
    low, high = _bounds(schema)
    if kind == "integer" or "multipleOf" in schema:
        value = _multiple(draw, schema, low, high)
        return int(value) if kind == "integer" else value
    return draw(_floats(schema, low, high))


def _bounds(schema: Schema) -> tuple[Any, Any]:
    low = max(schema.get("minimum", -_FAR), schema.get("exclusiveMinimum", -_FAR))
    high = min(
        schema.get("maximum", max(_FAR, low + _FAR)),
        schema.get("exclusiveMaximum", 10**12 + abs(low)),
    )
    has_low = "minimum" in schema or "exclusiveMinimum" in schema
    return (low if has_low else min(low, high - _FAR)), high


def _multiple(draw: Callable[[Any], Any], schema: Schema, low: Any, high: Any) -> Any:
    unit = schema.get("multipleOf") or 1
    first, last = -(-low // unit), high // unit
    first += "exclusiveMinimum" in schema and first * unit == schema["exclusiveMinimum"]
    last -= "exclusiveMaximum" in schema and last * unit == schema["exclusiveMaximum"]
    return draw(between(int(first), max(int(first), int(last)))) * unit


def _floats(schema: Schema, low: Any, high: Any) -> Any:
    return st.floats(
        low,
        max(low, high),
        allow_nan=False,
        exclude_min="exclusiveMinimum" in schema and low < high,
        exclude_max="exclusiveMaximum" in schema and low < high,
    ).map(lambda value: value + 0.0)


@cache
def _unbounded(bits: int) -> Any:
    return st.one_of(_FLOATS, st.integers(-(2 ** (bits - 9)), 2 ** (bits - 9)))
