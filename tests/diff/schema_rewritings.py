"""Schemas written otherwise that mean the same."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Schema = Any
_LISTS = {"required", "enum", "oneOf", "anyOf", "allOf"}
_ONE = {"items", "contains", "additionalProperties", "propertyNames", "not", "if", "then",
        "unevaluatedProperties"}  # fmt: skip
_MANY = {"allOf", "anyOf", "oneOf", "prefixItems"}
_NAMED = {"properties", "patternProperties"}
# What stands together must move together; what looks at all beside it must stay.
_GROUPS = [
    {"properties", "patternProperties", "additionalProperties"},
    {"prefixItems", "items"},
    {"if", "then"},
]
_STAYING = {"unevaluatedProperties"}


@st.composite
def rewritten(draw: st.DrawFn, schemas: dict[str, Schema]) -> dict[str, Schema]:
    """The same schemas, rewritten in some places; components may be more, and renamed."""
    more: dict[str, Schema] = {}
    found = {name: _rewritten(draw, schema, more) for name, schema in schemas.items()}
    found |= more
    if draw(st.booleans()):
        found = _renamed(found, {"A": "Renamed", "B": "Also"})
    order = draw(st.permutations(sorted(found)))
    return {name: found[name] for name in order}


def _rewritten(draw: st.DrawFn, schema: Schema, more: dict[str, Schema]) -> Schema:
    if not isinstance(schema, dict):
        return draw(st.sampled_from([True, {}])) if schema is True else schema
    new = {}
    for keyword in draw(st.permutations(sorted(schema))):
        value = schema[keyword]
        if keyword in _ONE:
            new[keyword] = _rewritten(draw, value, more)
        elif keyword in _MANY:
            new[keyword] = [_rewritten(draw, one, more) for one in value]
        elif keyword in _NAMED:
            new[keyword] = {name: _rewritten(draw, value[name], more) for name in sorted(value)}
        else:
            new[keyword] = value
        if keyword in _LISTS:
            new[keyword] = draw(st.permutations(new[keyword]))
    for rewriting in draw(st.lists(st.sampled_from(_REWRITINGS), max_size=3)):
        new = rewriting(draw, new, more)
    return new


def _in_all_of(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    return {"allOf": [schema]}


def _in_union(draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    return {draw(st.sampled_from(["anyOf", "oneOf"])): [schema]}


def _doubled(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    return {"anyOf": [schema, schema]}


def _extracted(_draw: st.DrawFn, schema: Schema, more: dict[str, Schema]) -> Schema:
    name = f"More{len(more)}"
    more[name] = schema
    return {"$ref": f"#/components/schemas/{name}"}


def _split(draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    """Some keywords moved to a part of `allOf`."""
    if "unevaluatedProperties" in schema:
        return schema
    moved = set(draw(st.lists(st.sampled_from(sorted(schema)), unique=True)) if schema else ())
    for group in _GROUPS:
        if moved & group:
            moved |= group
    moved -= {"allOf"}
    part = {key: value for key, value in schema.items() if key in moved}
    kept = {key: value for key, value in schema.items() if key not in moved}
    return {**kept, "allOf": [*kept.get("allOf", ()), part]}


def _annotated(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    return {**schema, "description": "said anew", "x-ours": {"not": "yours"}, "title": "T"}


def _said_needlessly(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    return {"required": [], "minItems": 0, "minLength": 0, "uniqueItems": False,
            "minProperties": 0, **schema}  # fmt: skip


def _listed(draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    if "const" in schema and "enum" not in schema:
        return {**{key: schema[key] for key in schema if key != "const"}, "enum": [schema["const"]]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"]]}
    if isinstance(schema.get("type"), list):
        return {**schema, "type": draw(st.permutations(schema["type"]))}
    return schema


def _null_apart(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    """Null as an alternative, where a list of types alone has it."""
    types = schema.get("type")
    if schema.keys() - _NAMED - {"type", "minLength", "required", "items", "minimum"}:
        return schema
    if not isinstance(types, list) or "null" not in types or len(set(types)) == 1:
        return schema
    rest = {**schema, "type": [name for name in types if name != "null"]}
    return {"anyOf": [{"type": "null"}, rest]}


def _types_apart(draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    """An alternative for each type."""
    types = schema.get("type")
    if not isinstance(types, list) or {"integer", "number"} <= set(types) or len(types) == 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "type"}
    if "unevaluatedProperties" in rest:
        return schema
    keyword = draw(st.sampled_from(["anyOf", "oneOf"]))
    return {"allOf": [rest], keyword: [{"type": name} for name in types]}


def _respelt(_draw: st.DrawFn, schema: Schema, _more: dict[str, Schema]) -> Schema:
    """The same numbers, and the same bounds of integers."""
    new = dict(schema)
    if (
        schema.get("type") == "integer"
        and isinstance(new.get("exclusiveMinimum"), int)
        and ("minimum" not in new)
    ):
        new["minimum"] = new.pop("exclusiveMinimum") + 1
    for keyword in ("minimum", "maximum", "multipleOf"):
        if isinstance(new.get(keyword), int):
            new[keyword] = float(new[keyword])
    return new


_REWRITINGS: list[Callable[[st.DrawFn, Schema, dict[str, Schema]], Schema]] = [
    _in_all_of, _in_union, _doubled, _extracted, _split, _annotated, _said_needlessly, _listed,
    _null_apart, _types_apart, _respelt,
]  # fmt: skip


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if not isinstance(value, dict):
        return value
    renamed = {names.get(key, key): _renamed(one, names) for key, one in value.items()}
    if isinstance(value.get("$ref"), str):
        name = value["$ref"].rpartition("/")[2]
        renamed["$ref"] = f"#/components/schemas/{names.get(name, name)}"
    return renamed
