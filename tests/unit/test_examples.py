"""The values and calls that a README shows fit the document that they were made from."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.emit.instances import Instances
from specloom.emit.literals import literal
from specloom.emit.stream_examples import stream_example
from specloom.ir import Content, EventStream

ROOT = Path(__file__).parents[2]
FLAGSHIP = json.loads((ROOT / "generated/completion/openapi.json").read_text(encoding="utf-8"))
TREE = {"components": {"schemas": {"Tree": {
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}}}}  # fmt: skip

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)  # fmt: skip


@given(JSON, st.integers(0, 20))
def test_a_literal_reads_back_as_its_value(value: Any, column: int) -> None:
    assert value == ast.literal_eval(literal(value, column))


@given(JSON)
def test_a_literal_holds_no_line_that_ends_a_code_block(value: Any) -> None:
    assert not any(line.lstrip().startswith("```") for line in literal(value).splitlines())


def test_a_long_literal_has_an_item_to_a_line() -> None:
    long, short = ["x" * 60, "y" * 60], ["z"]
    assert literal({"a": long, "b": short}).splitlines() == [
        "{",
        '    "a": [',
        f'        "{"x" * 60}",',
        f'        "{"y" * 60}",',
        "    ],",
        '    "b": ["z"],',
        "}",
    ]


@pytest.mark.parametrize("name", FLAGSHIP["components"]["schemas"])
def test_an_instance_fits_its_schema(name: str) -> None:
    reference = {"$ref": f"#/components/schemas/{name}"}
    value = Instances(FLAGSHIP).of(reference, name)
    schema = {**reference, "components": FLAGSHIP["components"]}
    jsonschema_rs.validate(schema, value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, "name"),
        ({"type": "string", "minLength": 6}, "namexx"),
        ({"type": "string", "format": "date"}, "2026-01-31"),
        ({"type": "string", "examples": ["Ada"]}, "Ada"),
        ({"type": "string", "default": "Bob"}, "Bob"),
        ({"type": ["string", "null"]}, None),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "exclusiveMinimum": 5}, 6),
        ({"type": "number", "maximum": 0.5}, 0.5),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 2}, [True, True]),
        ({"enum": ["a", "b"]}, "a"),
        ({"oneOf": [{"type": "null"}, {"const": 7}]}, 7),
        ({"allOf": [{"type": "string"}, {"maxLength": 2}]}, "na"),
        ({"properties": {"a": {"const": 1}, "b": {"const": 2}}, "required": ["a"]}, {"a": 1}),
        ({"properties": {"a": {"const": 1}, "b": {"const": 2}}}, {"a": 1, "b": 2}),
        ({}, None),
        (True, None),
    ],
)
def test_a_value_is_the_example_or_a_placeholder(schema: Any, value: Any) -> None:
    assert value == Instances({}).of(schema, "name")


def test_an_example_is_cut_to_what_is_required() -> None:
    schema = {"required": ["a"], "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}
    assert Instances({}).of(schema, "name", {"a": 3, "b": 4}) == {"a": 3}


def test_an_object_that_requires_others_of_its_kind_ends() -> None:
    node = {"$ref": "#/components/schemas/Node"}
    names = ("a", "b", "c", "d", "e")
    schema = {"required": [*names], "properties": dict.fromkeys(names, node)}
    instances = Instances({"components": {"schemas": {"Node": schema}}})
    value = instances.of(node, "node")
    assert value["a"]["b"] == {}


def test_an_endless_schema_ends() -> None:
    optional = {"$ref": "#/components/schemas/Tree"}
    assert Instances(TREE).of(optional, "tree") == {"name": "name"}
    everything = {"properties": {"child": {"$ref": "#/components/schemas/Loop"}}}
    loop = {"components": {"schemas": {"Loop": everything}}}
    assert json.dumps(Instances(loop).of(everything, "loop")).count("child") < 10


@pytest.mark.parametrize(
    ("media_type", "annotation", "separator", "media", "recorded"),
    [
        (
            "text/event-stream",
            "int",
            "",
            {"itemSchema": {"properties": {"data": {"contentSchema": {"type": "integer"}}}}},
            "data: 1\n\n",
        ),
        ("text/event-stream", "TEXT", "", {"schema": {"type": "string"}}, "data: data\n\n"),
        ("application/jsonl", "str", "\n", {"itemSchema": {"const": "é"}}, '"\\u00e9"\n'),
        ("application/jsonl", "Any", "\n", {}, "null\n"),
    ],
)
def test_a_stream_is_shown_as_it_would_come(
    media_type: str, annotation: str, separator: str, media: dict[str, Any], recorded: str
) -> None:
    stream = EventStream(annotation, None, (), None, None, separator=separator)
    shown = stream_example(Content(media_type, annotation, stream), media, Instances({}), ())
    assert ast.literal_eval(shown.recorded) == recorded.encode()
    assert ast.literal_eval(shown.media_type) == media_type
