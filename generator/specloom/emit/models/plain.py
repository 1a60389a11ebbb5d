"""An `allOf` that no object fits is said as one type, since a class would be an empty one.

The nearest type is what the narrowest part says; the bounds of the others are left to the server.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

from specloom.document.objects import parts, properties
from specloom.document.references import follow

_ALL: Final = frozenset({"null", "boolean", "object", "array", "integer", "number", "string"})
_KINDS: Final[dict[type, set[str]]] = {
    str: {"string"}, bool: {"boolean"}, int: {"integer", "number"}, float: {"integer", "number"},
    type(None): {"null"}, list: {"array"}, dict: {"object"},
}  # fmt: skip
# How far components are followed into one another.
_DEEPEST: Final = 20
_UNIONS: Final = ("oneOf", "anyOf")
_TEXTS: Final = {"title", "description", "default", "deprecated", "readOnly", "writeOnly"}


def impossible(tree: dict[str, Any]) -> tuple[str, ...]:
    """The components whose parts have no type in common, nor fields that a class could have."""
    return tuple(
        name
        for name, schema in tree["components"]["schemas"].items()
        if _is_whole(schema) and not _kinds(tree, schema) and not properties(tree, schema)
    )


def say_plainly(schema: dict[str, Any], tree: dict[str, Any]) -> None:
    """Replace such an `allOf` by one part, or by lists of what fits the items of all."""
    if not _is_whole(schema) or properties(tree, schema):
        return
    kinds = _kinds(tree, schema)
    if "object" in kinds:
        return
    whole = [_own(part) for part in parts(tree, schema)]
    if not kinds:
        _become(schema, {})
    elif len(_types(kinds) - {"null"}) > 1 or any(key in part for part in whole for key in _UNIONS):
        said = (part for part in whole if _kinds(tree, part) == kinds)
        _become(schema, next(said, {"type": sorted(_types(kinds))}))
    elif _types(kinds) == {"array"} and len(items := _items(whole)) > 1:
        may_be = set.intersection(*(set(_kinds(tree, item)) for item in items))
        _become(schema, {"type": "array", "items": {"allOf": items} if "object" in may_be else {}})


def _is_whole(schema: Any) -> bool:
    return isinstance(schema, dict) and "allOf" in schema and "$ref" not in schema


def _become(schema: dict[str, Any], said: dict[str, Any]) -> None:
    noted = {key: schema[key] for key in schema if key in _TEXTS}
    schema.clear()
    schema.update(deepcopy({key: said[key] for key in said if key not in _TEXTS}) | noted)


def _own(part: dict[str, Any]) -> dict[str, Any]:
    return {keyword: value for keyword, value in part.items() if keyword != "allOf"}


def _items(whole: list[dict[str, Any]]) -> list[Any]:
    """What is said of items, each once."""
    found: list[Any] = []
    found += (part["items"] for part in whole if "items" in part and part["items"] not in found)
    return found


def _types(kinds: frozenset[str]) -> set[str]:
    """The types as a schema lists them: a number may be an integer."""
    return set(kinds) - ({"integer"} if "number" in kinds else set())


def _kinds(tree: dict[str, Any], schema: Any) -> frozenset[str]:
    """The types of the values that fit a schema."""
    return _found(tree, schema, {}, 0)


def _found(
    tree: dict[str, Any], schema: Any, known: dict[int, frozenset[str]], depth: int
) -> frozenset[str]:
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return _ALL
    if id(schema) not in known:
        known[id(schema)] = _ALL  # as far as it is a part of itself
        found = _said(schema)
        for part in schema.get("allOf", ()):
            found &= _found(tree, part, known, depth + 1)
        for key in _UNIONS:
            if key in schema:
                members = (_found(tree, part, known, depth + 1) for part in schema[key])
                found &= frozenset().union(*members)
        known[id(schema)] = found
    return known[id(schema)]


def _said(schema: dict[str, Any]) -> frozenset[str]:
    """The types that a schema names, or that the values have that it lists."""
    found = _ALL
    if "type" in schema:
        named = schema["type"]
        types = {named} if isinstance(named, str) else set(named)
        found &= types | ({"integer"} if "number" in types else set())
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        found &= {kind for value in values for kind in _KINDS[type(value)]}
    return found
