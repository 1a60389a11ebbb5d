"""A schema into a value that fits it: its examples first, else the plainest; always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .document import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document import Document

DEEPEST = 6
_BY_FORMAT = {
    "uuid": "5d1c2f0e-7f7e-4b5c-9a53-0a0d6c3c1c11",
    "date": "2024-02-29",
    "date-time": "2024-02-29T12:00:00Z",
    "email": "someone@example.org",
    "uri": "https://example.org/",
    "byte": "dGV4dA==",
    "decimal": "1.50",
}


def instance(document: Document, schema: Any, examples: Sequence[Any] = (), depth: int = 0) -> Any:
    """A value for a schema. Raises ValueError for one that needs an example."""
    for value in (*examples, *_candidates(document, schema, depth)):
        kept = declared(document, schema, value)
        if document.is_valid(schema, kept):
            return kept
    raise ValueError(f"give an example for {schema}")


def declared(document: Document, schema: Any, value: Any) -> Any:
    """A value without what its schema doesn't name."""
    flat = document.flat(schema)
    if isinstance(value, list):
        return [declared(document, flat.get("items", True), item) for item in value]
    if not isinstance(value, dict):
        return value
    known: dict[str, Any] = {}
    for part in [flat, *map(document.flat, document.alternatives(schema, value))]:
        known |= part.get("properties", {})
    more = flat.get("additionalProperties", not known)
    return {
        name: declared(document, known.get(name, more), item)
        for name, item in value.items()
        if name in known or more is not False
    }


def _candidates(document: Document, schema: Any, depth: int) -> Iterator[Any]:
    flat = document.flat(schema)
    yield from [flat["const"]] if "const" in flat else []
    yield from flat.get("examples", [])
    yield from [flat[key] for key in ("example", "default") if key in flat]
    yield from flat.get("enum", [])
    for part in [*flat.get("oneOf", []), *flat.get("anyOf", [])]:
        inner = instance(document, part, (), depth + 1)
        yield inner
        if isinstance(inner, dict):
            yield _object(document, flat, depth) | inner
    for kind in types(flat) or ["object" if "properties" in flat else "string"]:
        yield _MAKERS[kind](document, flat, depth)


def _object(document: Document, schema: dict[str, Any], depth: int) -> dict[str, Any]:
    required = schema.get("required", [])
    made = {
        name: instance(document, described, (), depth + 1)
        for name, described in schema.get("properties", {}).items()
        if name in required or depth < DEEPEST
    }
    more = schema.get("additionalProperties")
    if not made and isinstance(more, dict):
        made = {"one": instance(document, more, (), depth + 1)}
    return made


def _array(document: Document, schema: dict[str, Any], depth: int) -> list[Any]:
    items = schema.get("items", True)
    length = schema.get("minItems", 1 if depth < DEEPEST else 0)
    return [instance(document, items, (), depth + 1) for _ in range(length)]


def _string(_document: Document, schema: dict[str, Any], _depth: int) -> str:
    text = _BY_FORMAT.get(schema.get("format", ""), "text")
    return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength")]


def _number(_document: Document, schema: dict[str, Any], _depth: int) -> float:
    step = schema.get("multipleOf", 1)
    above: float = max(schema.get("minimum", 0), schema.get("exclusiveMinimum", -step) + step)
    highest: float = schema.get("maximum", above)
    return min(above, highest)


_MAKERS: dict[str, Any] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "number": _number,
    "integer": _number,
    "boolean": lambda _document, _schema, _depth: True,
    "null": lambda _document, _schema, _depth: None,
}
