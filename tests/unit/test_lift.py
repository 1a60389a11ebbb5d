"""Lifting to OpenAPI 3.2 changes spelling and never which instances are valid."""

import copy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.document.lift import lift, lift_document
from specloom.document.load import Document
from specloom.document.source import JsonSource


def lifted(schema: Any, version: str = "3.0.3") -> Any:
    tree = {"openapi": version, "components": {"schemas": {"A": schema}}}
    return lift(tree)["components"]["schemas"]["A"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"nullable": True, "minLength": 1}, {"minLength": 1}),
        (
            {"nullable": True, "allOf": [{"$ref": "#/a"}], "default": None},
            {"anyOf": [{"$ref": "#/a"}, {"type": "null"}], "default": None},
        ),
        (
            {"type": "object", "nullable": True, "oneOf": [{"$ref": "#/a"}, {"nullable": True}]},
            {"anyOf": [{"type": "object", "oneOf": [{"$ref": "#/a"}, {}]}, {"type": "null"}]},
        ),
        (
            {"type": "object", "nullable": True, "allOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]},
            {"type": ["object", "null"], "allOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"example": "a"}, {"examples": ["a"]}),
        (
            {"$ref": "#/a", "nullable": True, "description": "x"},
            {"$ref": "#/a", "description": "x"},
        ),
        (
            {"type": "array", "items": {"type": "integer", "nullable": True}},
            {"type": "array", "items": {"type": ["integer", "null"]}},
        ),
    ],
)
def test_spelling_of_3_0_becomes_that_of_3_2(before: Any, after: Any) -> None:
    assert lifted(before) == after


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_whole_count_is_an_integer(version: str) -> None:
    schema = {"maxLength": 10.0, "items": {"minItems": 2, "maxProperties": 1e3, "maximum": 5.0}}
    found = lifted(schema, version)
    assert found == schema
    counts = [found["maxLength"], found["items"]["minItems"], found["items"]["maxProperties"]]
    assert [type(count) for count in counts] == [int, int, int]
    assert isinstance(found["items"]["maximum"], float)


def test_enum_keeps_its_null() -> None:
    schema = {"type": "string", "nullable": True, "enum": ["a", None]}
    assert lifted(schema) == {"type": ["string", "null"], "enum": ["a", None]}


def test_schema_of_3_1_stays() -> None:
    schema = {"type": ["string", "null"], "example": 1, "exclusiveMinimum": 2}
    assert lifted(schema, "3.1.1") == schema


def test_property_called_like_a_keyword_stays() -> None:
    schema = {"type": "object", "properties": {"nullable": {"type": "boolean"}}}
    assert lifted(schema) == schema


def test_version_is_3_2_and_the_original_is_untouched() -> None:
    tree = {"openapi": "3.0.1", "components": {"schemas": {"A": {"type": "string", "nullable": 1}}}}
    before = copy.deepcopy(tree)
    assert lift(tree)["openapi"] == "3.2.0"
    assert tree == before


SCHEMAS_30 = st.recursive(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "string", "boolean"])},
        optional={
            "nullable": st.booleans(),
            "minimum": st.integers(-2, 2),
            "exclusiveMinimum": st.booleans(),
            "maximum": st.integers(-2, 2),
            "exclusiveMaximum": st.booleans(),
        },
    ),
    lambda inner: (
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"nullable": st.booleans()}
        )
        | st.fixed_dictionaries({"type": st.just("object"), "additionalProperties": inner})
    ),
    max_leaves=3,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just("k"), inner, max_size=1),
    max_leaves=3,
)


def nulls_in_draft_4(schema: Any) -> Any:
    """A 3.0 schema in JSON Schema draft 4, which differs from it only in `nullable`."""
    plain = {
        key: nulls_in_draft_4(value) if isinstance(value, dict) else value
        for key, value in schema.items()
        if key != "nullable"
    }
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") else plain


def is_draft_4(schema: Any) -> bool:
    """Draft 4 refuses an exclusive bound without its bound, which 3.0 ignores."""
    bounds = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))
    inner = [value for value in schema.values() if isinstance(value, dict)]
    return all(b in schema or a not in schema for a, b in bounds) and all(map(is_draft_4, inner))


@given(SCHEMAS_30.filter(is_draft_4), VALUES)
def test_the_same_values_are_valid(schema: Any, value: Any) -> None:
    before = jsonschema_rs.Draft4Validator(nulls_in_draft_4(schema))
    after = jsonschema_rs.Draft202012Validator(lifted(schema))
    assert before.is_valid(value) == after.is_valid(value)


@pytest.mark.parametrize(
    ("lifted_to", "written"),
    [
        ("A/examples/0", '"example": 1'),
        ("B/anyOf/0/minLength", '"minLength"'),
        ("C/anyOf/0/properties/c", '"c"'),
        ("C/anyOf/0/properties/c/examples/0", '"example": 3'),
    ],
)
def test_what_has_moved_is_located_where_it_was_written(lifted_to: str, written: str) -> None:
    text = """{"openapi": "3.0.3", "components": {"schemas": {
        "A": {"example": 1},
        "B": {"nullable": true, "minLength": 1, "oneOf": [{}]},
        "C": {"nullable": true, "allOf": [{"properties": {"c": {"example": 3}}}]}}}}"""
    source = JsonSource("a.json", text)
    place = lift_document(Document(source.parse(), source)).locate(
        f"/components/schemas/{lifted_to}"
    )
    line = text.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith(written)
