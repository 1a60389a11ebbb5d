"""Alternatives into a few values that are likely to fit more than one of them.

Nothing is claimed by them: each is to be validated.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from specloom.document.value_text import text_of
from specloom.lint.json_types import type_of, types_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.lint.scope import Scope

_TEXTS: Final = {
    "date": "2024-02-29",
    "date-time": "2024-02-29T12:00:00Z",
    "uuid": "8c4fbbd1-5d10-4b8e-9e8a-4d4f3c1a2b70",
    "uri": "https://example.com/",
    "email": "someone@example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
_SAMPLES: Final[dict[str, list[Any]]] = {
    "null": [None],
    "boolean": [True],
    "integer": [1, 100],
    "number": [0.5],
    "string": ["text", ""],
    "array": [[]],
    "object": [{}],
}


def witnesses(alternatives: list[Any], scope: Scope) -> Iterator[Any]:
    """Values that some two alternatives may both take, simple ones, each once."""
    schemas = [scope.follow(alternative) for alternative in alternatives]
    shared = _shared([_types(schema) for schema in schemas])
    if not shared:
        return
    seen = set()
    for value in _candidates(schemas, shared):
        key = text_of(value)
        if key not in seen:
            seen.add(key)
            yield value


def _types(schema: Any) -> frozenset[str]:
    """The types that a schema says it takes; none if it says nothing."""
    if not isinstance(schema, dict):
        return frozenset()
    if "type" in schema:
        return types_of(schema)
    if "properties" in schema:
        return frozenset({"object"})
    return frozenset(map(type_of, schema.get("enum", ())))


def _shared(types: list[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(one & other for one, other in combinations(types, 2)))


def _candidates(schemas: list[Any], shared: frozenset[str]) -> Iterator[Any]:
    for schema in schemas:
        if isinstance(schema, dict):
            yield from _stated(schema)
            if "string" in shared and schema.get("format") in _TEXTS:
                yield _TEXTS[schema["format"]]
    for name in sorted(shared):
        yield from _SAMPLES[name]


def _stated(schema: dict[str, Any]) -> Iterator[Any]:
    """Values that the schema itself names."""
    for keyword in ("enum", "examples"):
        values = schema.get(keyword)
        if isinstance(values, list):
            yield from (value for value in values[:5] if not isinstance(value, dict | list))
