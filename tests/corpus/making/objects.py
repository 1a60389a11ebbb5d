"""A flat schema of objects into a value: which properties, and which that no schema names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .choices import up_to
from .texts import NAMES, matching
from .validity import NoValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .values import Maker

_MANY = 40
_UNKNOWN = "a property of tomorrow"
_BOUNDS = {
    "additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames",
    "maxProperties",
}  # fmt: skip


def an_object(maker: Maker, schema: dict[str, Any], depth: int) -> dict[str, Any]:
    """An object; its properties are in the order of the schema."""
    properties: dict[str, Any] = schema.get("properties", {})
    left_out = set(schema.get("x-left-out", ()))
    required = [name for name in schema.get("required", []) if name not in left_out]
    not_optional = {*required, *left_out, *(n for n, s in properties.items() if s is False)}
    optional = [name for name in properties if name not in not_optional]
    made = {}
    for name in required:
        described = properties.get(name, schema.get("additionalProperties", {}))
        made[name] = maker.part(described, depth + 1)
    made |= dict(_optional(maker, properties, _some(maker, optional, depth), depth))
    if maker.grows and not maker.is_large(depth) and not schema.keys() & _BOUNDS:
        made |= {_UNKNOWN: 1} if maker.draw(up_to(2)) == 0 else {}
    if depth or maker.adds:
        _add(maker, schema, made, depth)
    return {name: made[name] for name in [*properties, *made] if name in made}


def _optional(
    maker: Maker, properties: dict[str, Any], names: list[str], depth: int
) -> Iterator[tuple[str, Any]]:
    for name in names:
        try:
            yield name, maker.part(_without_default_null(properties[name]), depth + 1)
        except NoValueError:
            continue


def _without_default_null(schema: Any) -> Any:
    """A schema of pydantic's without the null that says that a property may be left out."""
    if isinstance(schema, dict) and "default" in schema and schema["default"] is None:
        kept = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
        if len(kept) < len(schema.get("anyOf", [])):
            return {**schema, "anyOf": kept}
    return schema


def _some(maker: Maker, names: list[str], depth: int) -> list[str]:
    """All, some or none of the names; fewer the larger the value is."""
    if maker.is_large(depth) or not names:
        return []
    how = maker.one_of(("all", "some", "none"))
    if how == "all" and len(names) <= _MANY and depth < 2:
        return names
    if how == "none":
        return []
    count = maker.draw(up_to(8 - 2 * depth))
    return list(dict.fromkeys(maker.one_of(names) for _ in range(count)))


def _add(maker: Maker, schema: dict[str, Any], made: dict[str, Any], depth: int) -> None:
    """Add properties that have no name of their own in the schema."""
    least = schema.get("minProperties", 0) - len(made)
    more = schema.get("additionalProperties")
    patterns = schema.get("patternProperties", {})
    names: Any = NAMES
    if patterns:
        pattern = maker.one_of(list(patterns))
        names, more = matching(pattern, 0, 20), patterns[pattern]
    elif schema.get("propertyNames"):
        names = None
    if more is False or (not isinstance(more, dict | bool) and least <= 0):
        return
    count = 0 if maker.is_large(depth) else maker.draw(up_to(2))
    for _ in range(max(count, least)):
        name = maker.part(schema["propertyNames"], depth) if names is None else maker.draw(names)
        if isinstance(name, str) and name not in {*made, *schema.get("properties", {})}:
            made[name] = maker.part(more if isinstance(more, dict) else {}, depth + 1)
