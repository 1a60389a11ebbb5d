"""Whether a default is a value that a field of a model can have as it stands in the document."""

from __future__ import annotations

from typing import Any, Final

from specloom.document.references import follow
from specloom.formats import runtime_type

# The Python value is another than the wire's text.
_READ_FORMATS: Final = ("binary", "date")
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


def fits(tree: dict[str, Any], schema: Any, value: Any) -> bool:
    """Whether a default is a text, number or boolean that the schema describes.

    Lists, objects and null are left to the server: an unset field is unset.
    """
    return isinstance(value, str | int | float) and _describes(tree, schema, value, ())


def _describes(tree: dict[str, Any], schema: Any, value: Any, above: tuple[int, ...]) -> bool:
    schema = follow(tree, schema)
    if not isinstance(schema, dict) or id(schema) in above:
        return schema is True
    above = (*above, id(schema))
    if runtime_type(schema) or schema.get("format") in _READ_FORMATS:
        return False
    if "enum" in schema or "const" in schema:
        return _is_among(value, schema.get("enum", [schema.get("const")]))
    parts = [
        any(_describes(tree, part, value, above) for part in schema[key])
        for key in ("oneOf", "anyOf")
        if key in schema
    ]
    parts += [_describes(tree, part, value, above) for part in schema.get("allOf", ())]
    if "type" in schema:
        parts.append(_is_of(schema["type"], value))
    return all(parts)


def _is_of(kinds: Any, value: Any) -> bool:
    listed = kinds if isinstance(kinds, list) else [kinds]
    if isinstance(value, bool):
        return "boolean" in listed
    return any(isinstance(value, _TYPES.get(kind, ())) for kind in listed)


def _is_among(value: Any, values: list[Any]) -> bool:
    return any(type(value) is type(one) and value == one for one in values)
