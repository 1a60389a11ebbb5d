"""Small schemas by hypothesis, others made from them, and values to try on both."""

from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import strategies as st

Schema = Any

SCALARS = [
    None, True, False, -1, 0, 1, 2, 3, 4, 1.5, "", "a", "ab", "abc", "2020-01-01", "10.0.0.1",
]  # fmt: skip
_SOME = [None, True, 0, 1, 3, "", "a", "abc", []]
NAMES = ["a", "b", "ab"]
INSTANCES = [
    *SCALARS,
    [],
    {},
    *([one] for one in SCALARS),
    *(list(pair) for pair in product([None, 1, 3, "a", "abc"], repeat=2)),
    [1, "a", None],
    *({name: one} for name in NAMES for one in SCALARS),
    *({"a": one, "b": other} for one, other in product(_SOME, repeat=2)),
    *({"b": one, "ab": other} for one, other in product(_SOME[:6], repeat=2)),
    *({"a": one, "b": other, "ab": 1} for one, other in product(_SOME[:6], repeat=2)),
    *({"a": {"a": one}} for one in _SOME),
    *({"a": [one]} for one in _SOME),
    *({"a": {"b": one}, "b": {"a": 1}} for one in _SOME),
    [{"a": 1}],
    [{"a": "a"}],
]

_SCALAR = st.sampled_from(SCALARS[:-2])
_COUNT = st.integers(0, 3)


def _type() -> st.SearchStrategy[Any]:
    names = ["null", "boolean", "integer", "number", "string", "array", "object"]
    single = st.sampled_from(["object", "object", "array", "string", *names])
    return single | st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)


def _keywords(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    properties = st.dictionaries(st.sampled_from(NAMES), inner, max_size=2)
    few = st.lists(inner, min_size=1, max_size=3)
    return {
        "type": _type(),
        "enum": st.lists(_SCALAR, min_size=1, max_size=3),
        "const": _SCALAR,
        "minimum": st.sampled_from([0, 1, 1.5, 2.0]),
        "exclusiveMinimum": st.sampled_from([0, 1, 1.5]),
        "maximum": st.sampled_from([1, 1.5, 2, 3.0]),
        "exclusiveMaximum": st.sampled_from([1, 2, 3.5]),
        "multipleOf": st.sampled_from([0.5, 1, 1.0, 2, 3]),
        "minLength": _COUNT,
        "maxLength": _COUNT,
        "pattern": st.sampled_from(["^a", "b", "^[a-c]+$"]),
        "format": st.sampled_from(["date", "ipv4"]),
        "minItems": _COUNT,
        "maxItems": _COUNT,
        "uniqueItems": st.booleans(),
        "items": inner,
        "prefixItems": few,
        "contains": inner,
        "properties": properties,
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=1),
        "additionalProperties": inner | st.booleans(),
        "unevaluatedProperties": st.just(False),  # noqa: FBT003 -- a value of the schema
        "propertyNames": st.just({"maxLength": 1}) | inner,
        "required": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "minProperties": st.integers(0, 2),
        "maxProperties": st.integers(0, 2),
        "allOf": few,
        "anyOf": few,
        "oneOf": few,
        "not": inner,
        "if": inner,
        "then": inner,
        "dependentRequired": st.just({"a": ["b"]}),
        "$ref": st.sampled_from(["#/components/schemas/A", "#/components/schemas/B"]),
    }


# Keywords that meet one another are tried together; all of them together seldom meet.
_NUMBERS = ["enum", "const", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"]
_FAMILIES = [
    ["type", "allOf", "anyOf", "multipleOf", *_NUMBERS],
    ["type", "enum", "minLength", "maxLength", "pattern", "format", "anyOf", "not"],
    ["type", "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "allOf"],
    [
        "properties", "patternProperties", "additionalProperties", "required", "propertyNames",
        "minProperties", "maxProperties", "allOf", "$ref", "unevaluatedProperties",
    ],
    ["type", "const", "enum", "oneOf", "anyOf", "properties", "required", "minimum", "$ref"],
    ["properties", "additionalProperties", "allOf"],
    ["oneOf", "minimum", "type", "properties"],
]  # fmt: skip


def _objects(names: list[str]) -> Callable[[st.SearchStrategy[Any]], st.SearchStrategy[Any]]:
    def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        keywords = _keywords(inner)
        return st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).flatmap(
            lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in chosen})
        )

    return objects


_LEAVES = st.sampled_from([{"type": "string"}, {"type": "integer"}, {"type": "null"}, {}, True]) | (
    st.booleans()
)


class _Family:
    """Schemas of some keywords, and small changes of them."""

    def __init__(self, names: list[str]) -> None:
        self.schemas = st.recursive(_LEAVES, _objects(names), max_leaves=5)
        self.keywords = {
            name: strategy for name, strategy in _keywords(self.schemas).items() if name in names
        }

    def changed(self, draw: st.DrawFn, schema: Schema) -> Schema:
        """A schema that differs from another in one place."""
        if not isinstance(schema, dict) or not schema or draw(st.integers(0, 3)) == 0:
            return self._replaced(draw, schema)
        keyword = draw(st.sampled_from(sorted(schema)))
        match schema[keyword]:
            case dict() as value if keyword in {"properties", "patternProperties"}:
                return {**schema, keyword: self._renamed(draw, value)}
            case dict() as value if keyword != "dependentRequired":
                return {**schema, keyword: self.changed(draw, value)}
            case list() as value if keyword in {"allOf", "anyOf", "oneOf", "prefixItems"}:
                at = draw(st.integers(0, len(value) - 1))
                one = self.changed(draw, value[at])
                return {**schema, keyword: [*value[:at], one, *value[at + 1 :]]}
        return self._replaced(draw, schema)

    def _renamed(self, draw: st.DrawFn, named: dict[str, Schema]) -> dict[str, Schema]:
        if not named or draw(st.booleans()):
            return {**named, draw(st.sampled_from(NAMES)): draw(self.schemas)}
        name = draw(st.sampled_from(sorted(named)))
        if draw(st.booleans()):
            return {key: value for key, value in named.items() if key != name}
        return {**named, name: self.changed(draw, named[name])}

    def _replaced(self, draw: st.DrawFn, schema: Schema) -> Schema:
        """A schema with a keyword more, less, or other; or another."""
        if not isinstance(schema, dict):
            return draw(self.schemas)
        known = sorted(schema.keys() & self.keywords.keys())
        match draw(st.integers(0, 4)):
            case 0 if schema:
                gone = draw(st.sampled_from(sorted(schema)))
                return {key: value for key, value in schema.items() if key != gone}
            case 1:
                return {"anyOf": [schema, draw(self.schemas)]}
            case 2 if known:
                name = draw(st.sampled_from(known))
            case _:
                name = draw(st.sampled_from(sorted(self.keywords)))
        return {**schema, name: draw(self.keywords[name])}


_ALL = _Family(sorted(_keywords(st.nothing())))
_FAMILY = st.sampled_from([*map(_Family, _FAMILIES), _ALL])


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Schema]:
    """Three schemas by name, which may refer to one another."""
    family = draw(_FAMILY)
    return {name: draw(family.schemas) for name in "TAB"}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """Two documents, the second made from the first."""
    family = draw(_FAMILY)
    old = {name: draw(family.schemas) for name in "TAB"}
    name = draw(st.sampled_from("TTAB"))
    return old, {**old, name: family.changed(draw, old[name])}
