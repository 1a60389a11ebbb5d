"""Small documents of any schemas, and instances made of the words that they know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from specloom.document.load import Document
from specloom.document.source import JsonSource

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

NAMES = ("A", "B", "C", "D")
PROPERTIES = ("a", "b", "kind", "a-b")
VALUES = (None, True, 0, 7, "x", "y")


def document(tree: dict[str, Any]) -> Document:
    return Document(tree, JsonSource("case.json", "{}"))


def shuffled(value: Any, order: random.Random) -> Any:
    """The same JSON with the members of every object in another order."""
    if isinstance(value, list):
        return [shuffled(item, order) for item in value]
    if not isinstance(value, dict):
        return value
    names = order.sample(list(value), len(value))
    return {name: shuffled(value[name], order) for name in names}


_PLAIN = st.one_of(
    st.booleans(),
    st.sampled_from(
        [
            {},
            {"type": "string"},
            {"type": ["string", "null"]},
            {"type": "integer", "minimum": 1},
            {"type": "null"},
            {"enum": ["x", None]},
            {"const": "y"},
            {"type": "object"},
            {"type": "array", "items": True},
        ]
    ),
)


def _reference(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from([{"$ref": f"#/components/schemas/{name}"} for name in names])


def _within() -> st.SearchStrategy[Any]:
    return _schemas(NAMES)


_WITHIN: st.SearchStrategy[Any] = st.deferred(_within)


def _objects(here: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"properties": st.dictionaries(st.sampled_from(PROPERTIES), _WITHIN, max_size=2)},
        optional={
            "type": st.sampled_from(["object", ["object", "null"]]),
            "required": st.lists(st.sampled_from(PROPERTIES), max_size=2, unique=True),
            "additionalProperties": _WITHIN,
            "patternProperties": st.dictionaries(st.just("^a"), _WITHIN, max_size=1),
            "$defs": st.dictionaries(st.just("inner"), _WITHIN, max_size=1),
            "allOf": st.lists(here, min_size=1, max_size=2),
            "description": st.just("of an object"),
        },
    ).filter(lambda one: not ("allOf" in one and "null" in one.get("type", ())))


@cache
def _schemas(later: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """A schema that says of its own instance only what it and the later components say.

    So none leads only back to itself; what is within may be any component.
    """
    here: st.SearchStrategy[Any] = st.deferred(lambda: _schemas(later))
    kinds = [
        _PLAIN,
        _PLAIN,
        _objects(here),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["array", ["array", "null"]]), "items": _WITHIN},
            optional={"prefixItems": st.lists(_WITHIN, min_size=1, max_size=2)},
        ),
        *(
            st.fixed_dictionaries({word: st.lists(here, min_size=1, max_size=2)})
            for word in ("allOf", "anyOf", "oneOf")
        ),
    ]
    if later:
        kinds += [_reference(later), _reference(later)]
    return st.one_of(kinds)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A document with four components, each of them answered and sent by an operation."""
    schemas = {
        name: draw(_schemas(NAMES[at + 1 :]).filter(lambda one: not _is_reference(one)))
        for at, name in enumerate(NAMES)
    }
    return tree_of(schemas, draw(_schemas(NAMES)))


def tree_of(schemas: dict[str, Any], inline: Any) -> dict[str, Any]:
    """A document with these components, and one more schema of an operation's own."""
    return {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            **{f"/{name}": _path(f"do{name}", _ref(name)) for name in NAMES},
            "/inline": _path("inline", inline),
        },
        "components": {"schemas": schemas},
    }


def _is_reference(schema: Any) -> bool:
    return isinstance(schema, dict) and "$ref" in schema


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _path(name: str, schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "post": {
            "operationId": name,
            "requestBody": {"content": content},
            "responses": {"200": {"description": "ok", "content": content}},
        }
    }


def _instances() -> Iterator[Any]:
    leaves: list[Any] = [*VALUES, {}, []]
    yield from leaves
    yield from ([one] for one in leaves)
    for one in leaves:
        for name in (*PROPERTIES, "other"):
            yield {name: one}
            yield {"a": {name: one}}
            yield {"a": 7, "b": "x", name: one}
            yield {name: [one, one]}


INSTANCES = tuple(_instances())
