"""A fault of a document into a hint at the version that it is written for.

Words of a later version are the commonest faults of a document that says an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .object_kinds import kind_of
from .pointer import step

if TYPE_CHECKING:
    from .object_kinds import Path

_TO_NULL: Final = "in 3.0 write `nullable: true` beside one `type`"
_BOUNDS: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_IN_SCHEMAS: Final = {
    "const": "in 3.0 write `enum` with this one value",
    "examples": "in 3.0 write `example`",
    "$defs": "in 3.0 put schemas into `components`",
    "contentEncoding": "in 3.0 write `format: byte` for base64",
    "contentMediaType": "in 3.0 write `format: binary` for a file",
    **dict.fromkeys(
        (
            "$anchor", "$comment", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "contains",
            "contentSchema", "dependentRequired", "dependentSchemas", "else", "if", "maxContains",
            "minContains", "patternProperties", "prefixItems", "propertyNames", "then",
            "unevaluatedItems", "unevaluatedProperties",
        ),
        "",
    ),
}  # fmt: skip
"""Keywords of Schema Objects since 3.1, and what 3.0 has for them."""
_ELSEWHERE: Final = {
    ("info", "summary"): "in 3.0 write it into `description`",
    ("info", "license", "identifier"): "in 3.0 write `url`",
    ("components", "pathItems"): "",
    ("jsonSchemaDialect",): "",
    ("webhooks",): "in 3.0 only `callbacks` say what a server calls",
}
_SINCE_3_2: Final = {
    "path-item": {"query", "additionalOperations"},
    "media-type": {"itemSchema", "itemEncoding", "prefixEncoding"},
    "response": {"summary"},
    "example": {"dataValue", "serializedValue"},
    "components": {"mediaTypes"},
    "openapi": {"$self"},
}


def hint_of(tree: dict[str, Any], path: Path, version: str) -> str | None:
    """What to write where a place is wrong since it is of another version; None if it isn't."""
    if not path:
        return None
    kind = kind_of(path[:-1])
    holder, key = kind.name if kind else "", path[-1]
    if version != "3.2" and key in _SINCE_3_2.get(holder, ()):
        return f"`{key}` is since 3.2"
    if version != "3.0":
        return _of_3_0(key) if holder == "schema" and _value(tree, path) is True else None
    if holder == "schema":
        return _in_schema(key, _value(tree, path))
    remedy = _ELSEWHERE.get(path)
    return None if remedy is None else _since(key, remedy)


def _in_schema(key: str, value: Any) -> str | None:
    if key in _BOUNDS and isinstance(value, int | float):
        return f"a number is since 3.1; in 3.0 write `{_BOUNDS[key]}: {value}` and `{key}: true`"
    if key == "type" and (value == "null" or isinstance(value, list)):
        return _since("null" if value == "null" else "a list of types", _TO_NULL)
    return _since(key, _IN_SCHEMAS[key]) if key in _IN_SCHEMAS else None


def _of_3_0(key: str) -> str | None:
    bound = _BOUNDS.get(key)
    return f"true is 3.0's; since 3.1 write the number here, not in `{bound}`" if bound else None


def _since(word: str, remedy: str) -> str:
    told = word if " " in word else f"`{word}`"
    return f"{told} is since 3.1; {remedy}" if remedy else f"{told} is since 3.1"


def _value(tree: dict[str, Any], path: Path) -> Any:
    value: Any = tree
    for token in path:
        value = step(value, token)
    return value
