"""A schema into one simple value that fits it: the document's own example, or one made up.

Only what the document says is known; a server may want more of a value.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from hypothesis import find, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from specloom.document.objects import parts, properties, required
from specloom.document.pointer import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.schemas import Schemas

_DEEPEST: Final = 6
_TEXTS: Final = {
    "byte": "aGVsbG8=",
    "date": "2024-01-31",
    "date-time": "2024-01-31T12:00:00Z",
    "decimal": "1.5",
    "duration": "PT1H",
    "email": "somebody@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "12:00:00Z",
    "uri": "https://example.com/",
    "uri-reference": "/",
    "url": "https://example.com/",
    "uuid": "7d444840-9dc0-41d1-b245-5ffdce74fad2",
}
_TEXT: Final = "hello"


def simple_value(schemas: Schemas, pointer: str, depth: int = 0) -> Any:
    """A value that fits the schema at a pointer, if it is not too hard to find one."""
    pointer, schema = schemas.follow(pointer)
    if not isinstance(schema, dict):
        return _TEXT
    fits = schemas.validator(pointer).is_valid
    given = [value for value in _given(schema) if fits(value)]
    return given[0] if given else _made(schemas, pointer, schema, depth)


def _given(schema: dict[str, Any]) -> Iterator[Any]:
    """What the schema says itself; an example tells more than a default."""
    examples = schema.get("examples", ())
    yield from examples if isinstance(examples, list) else ()
    for name in ("example", "const", "default"):
        if name in schema:
            yield schema[name]
    yield from (value for value in schema.get("enum", ()) if value is not None)


def _made(schemas: Schemas, pointer: str, schema: dict[str, Any], depth: int) -> Any:
    for keyword in ("oneOf", "anyOf"):
        if schema.get(keyword) and "properties" not in schema:
            return simple_value(schemas, f"{pointer}/{keyword}/0", depth + 1)
    kind = kind_of(schemas, pointer)
    if kind == "object":
        return _object(schemas, pointer, depth)
    if kind == "array":
        return _array(schemas, pointer, schema, depth)
    if kind == "string":
        return _string(schema)
    if kind in {"integer", "number"}:
        return _number(schema)
    return {"boolean": True, "null": None}.get(kind, _TEXT)


def kind_of(schemas: Schemas, pointer: str) -> str:
    """The JSON type that a schema is of, the first but null of several; empty if it doesn't say."""
    schema = schemas.follow(pointer)[1]
    for part in parts(schemas.tree, schema):
        kinds = part.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds:
            return str(next((kind for kind in kinds if kind != "null"), "null"))
    return "object" if properties(schemas.tree, schema) else ""


def property_pointers(schemas: Schemas, pointer: str) -> dict[str, str]:
    """The pointers to the schemas of an object's properties; its own win over its parts'."""
    pointer, schema = schemas.follow(pointer)
    found: dict[str, str] = {}
    if isinstance(schema, dict):
        for index in range(len(schema.get("allOf", ()))):
            found |= property_pointers(schemas, f"{pointer}/allOf/{index}")
        found |= {
            name: f"{pointer}/properties/{name.replace('~', '~0').replace('/', '~1')}"
            for name in schema.get("properties", ())
        }
    return found


def _object(schemas: Schemas, pointer: str, depth: int) -> dict[str, Any]:
    if depth > _DEEPEST:
        return {}
    pointers = property_pointers(schemas, pointer)
    needed = required(schemas.tree, resolve(schemas.tree, pointer))
    return {
        name: simple_value(schemas, pointers[name], depth + 1) if name in pointers else _TEXT
        for name in sorted(needed)
    }


def _array(schemas: Schemas, pointer: str, schema: dict[str, Any], depth: int) -> list[Any]:
    if depth > _DEEPEST or not isinstance(schema.get("items"), dict):
        return []
    item = simple_value(schemas, f"{pointer}/items", depth + 1)
    return [item] * max(1, schema.get("minItems", 1))


def _string(schema: dict[str, Any]) -> str:
    if schema.get("format") in _TEXTS:
        return _TEXTS[schema["format"]]
    if "pattern" in schema:
        return _matching(schema["pattern"], schema.get("minLength", 0))
    text = _TEXT.ljust(schema.get("minLength", 0), "o")
    return text[: schema.get("maxLength", len(text))]


def _matching(pattern: str, shortest: int) -> str:
    """The simplest text that matches, the empty one if none is found."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of what it would find for the empty text
            return find(
                st.from_regex(pattern, fullmatch=False),
                lambda text: len(text) >= shortest,
                settings=settings(database=None, derandomize=True, max_examples=200),
            )
    except (HypothesisException, ValueError):
        return ""


def _number(schema: dict[str, Any]) -> float:
    step = schema.get("multipleOf", 1)
    least = schema.get("minimum", schema.get("exclusiveMinimum", 0) + step)
    most = schema.get("maximum", schema.get("exclusiveMaximum", least + step) - step)
    wanted = least if least > 1 else min(step, most)
    return int(wanted) if wanted == int(wanted) else float(wanted)
