"""Examples against schemas: what many break alike is told once, and only what is wrong is told."""

from typing import Any

import pytest

from specloom import lint
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.lint.check import Finding

REQUEST = "/paths/~1things/post/requestBody/content/application~1json"


def found(
    code: str, media: dict[str, Any], kind: str = "application/json", **schemas: Any
) -> list[Finding]:
    """What a rule finds in a document with one request body, and an answer of the same kind."""
    operation = {
        "requestBody": {"content": {kind: media}},
        "responses": {"200": {"description": "", "content": {kind: media}}},
    }
    tree = {
        "openapi": "3.2.0",
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas},
    }
    checks = tuple(check for check in lint.CHECKS if check.rule.code == code)
    document = Document(tree, JsonSource("things.json", "{}"))
    return [finding for _, finding in lint.find(document, checks)]


def examples(schema: Any, *values: Any) -> dict[str, Any]:
    return {
        "schema": schema,
        "examples": {str(at): {"value": value} for at, value in enumerate(values)},
    }


def test_missing_properties_are_told_together() -> None:
    schema = {"type": "object", "required": ["a", "b"]}
    first, second = found("OAS601", examples(schema, {}))
    assert first.pointer == f"{REQUEST}/examples/0/value"
    assert first.message == second.message == '"a", "b" are required properties'


def test_one_fault_of_a_schema_is_told_once_for_all_examples() -> None:
    thing = {"type": "object", "properties": {"at": {"type": "string", "format": "date"}}}
    media = examples({"$ref": "#/components/schemas/Thing"}, {"at": "x"}, {"at": "y"}, {"at": "z"})
    (finding,) = found("OAS609", media, Thing=thing)
    assert finding.message == '"x" is not a "date"'
    assert len(finding.also) == 5


@pytest.mark.parametrize(("other", "count"), [("at", 1), ("until", 2)])
def test_one_fault_of_a_property_is_told_once_for_its_copies(other: str, count: int) -> None:
    empty = {"type": "string", "maxLength": 0}
    one, two = ({"properties": {name: empty}, "examples": [{name: "x"}]} for name in ("at", other))
    media = {
        "schema": {"type": "array", "prefixItems": [one, two]},
        "examples": {"one": {"value": [{"at": "x"}, {other: "x"}]}},
    }
    assert len(found("OAS601", media)) == count


def test_faults_of_different_kinds_are_told_apart() -> None:
    thing = {"type": "object", "properties": {"size": {"type": "integer"}}}
    media = examples({"$ref": "#/components/schemas/Thing"}, {"size": "1"}, {"size": None})
    messages = {
        finding.message.partition(" (")[0] for finding in found("OAS601", media, Thing=thing)
    }
    assert messages == {'"1" is not of type "integer"', 'null is not of type "integer"'}


@pytest.mark.parametrize(
    ("mark", "side"), [("readOnly", "responses"), ("writeOnly", "requestBody")]
)
def test_required_property_may_be_missing_where_it_is_not_sent(mark: str, side: str) -> None:
    thing = {"type": "object", "required": ["id"], "properties": {"id": {mark: True}}}
    (finding,) = found("OAS601", examples(thing, {}))
    assert side in finding.pointer


def test_alternative_of_the_right_type_is_the_closest() -> None:
    schema = {"anyOf": [{"type": "object", "required": ["a", "b", "c"]}, {"type": "null"}]}
    finding = found("OAS601", examples(schema, {}))[0]
    assert finding.message == '"a" is a required property'


def test_json_as_text_is_hinted_at() -> None:
    finding = found("OAS601", examples({"type": "object"}, '{"a": 1}'))[0]
    assert finding.hint == "write the value itself, not its JSON as text"


def test_long_value_is_cut() -> None:
    finding = found("OAS601", examples({"type": "string"}, {"b": "x" * 99, "a": 1}))[0]
    assert finding.message.endswith('… is not of type "string"')
    assert len(finding.message) < 100


@pytest.mark.parametrize(
    ("schema", "witness"),
    [
        ({"oneOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}, '"b"'),
        ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 50}]}, "100"),
        ({"oneOf": [{"type": ["string", "null"]}, {"type": ["object", "null"]}]}, "null"),
        ({"oneOf": [{"type": "array"}, {"type": "array", "items": {"type": "string"}}]}, "[]"),
        ({"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, "{}"),
    ],
)
def test_overlap_is_proved_by_a_value(schema: Any, witness: str) -> None:
    (finding,) = found("OAS551", {}, Thing=schema)
    assert finding.message.startswith(f"{witness} fits alternatives 0 and 1")


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"oneOf": [{"type": "array", "minItems": 1}, {"type": "string"}, {"type": "object"}]},
        {"type": "object", "oneOf": [{"type": "array"}, {"type": "array", "items": {}}]},
    ],
)
def test_alternatives_that_share_no_plain_value_do_not_overlap(schema: Any) -> None:
    assert found("OAS551", {}, Thing=schema) == []


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "boolean"}, "true"),
        ({"type": "integer"}, "12"),
        ({"type": "number"}, "12.50"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, "a,b"),
        ({"type": "object", "properties": {"on": {"type": "boolean"}}}, {"on": "false"}),
    ],
)
def test_example_of_a_form_may_be_the_text_that_is_sent(schema: Any, text: Any) -> None:
    assert found("OAS601", examples(schema, text), kind="application/x-www-form-urlencoded") == []
    assert found("OAS601", examples(schema, text)), "in JSON it is wrong"


def test_data_value_is_never_the_text_that_is_sent() -> None:
    media = {"schema": {"type": "integer"}, "examples": {"one": {"dataValue": "1"}}}
    assert len(found("OAS601", media, kind="multipart/form-data")) == 2


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        ({"type": "string", "enum": ["a"]}, ["a"], '["a"] is not of type "string"'),
        ({"minLength": 1, "pattern": "^a"}, "", '"" is shorter than 1 character'),
    ],
)
def test_a_value_that_breaks_one_schema_twice_is_told_once(
    schema: Any, value: Any, message: str
) -> None:
    (finding,) = found("OAS603", {}, Thing={**schema, "default": value})
    assert finding.message == message


@pytest.mark.parametrize(
    "schema", [{"type": ["string", "null"], "enum": ["a"]}, {"type": "string", "nullable": True}]
)
def test_example_of_null_is_no_fault_where_another_rule_finds_the_schemas(schema: Any) -> None:
    assert found("OAS602", {}, Thing={**schema, "examples": [None]}) == []
    assert len(found("OAS603", {}, Thing={**schema, "default": None})) == 1


def test_example_that_proves_an_overlap_is_told_with_the_overlap() -> None:
    texts = [{"type": "string", "examples": ["a"]}, {"type": "string", "maxLength": 3}]
    thing = {"oneOf": texts, "examples": ["a", 1]}
    assert len(found("OAS551", {}, Thing=thing)) == 1
    (finding,) = found("OAS602", {}, Thing=thing)
    assert finding.pointer == "/components/schemas/Thing/examples/1"


def test_null_is_never_the_alternative_that_is_meant() -> None:
    schema = {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "null"}]}
    messages = [each.message for each in found("OAS601", {"schema": schema, "example": 5})]
    assert messages == ['5 is not of type "string"'] * 2


@pytest.mark.parametrize("schema", [{}, {"properties": {"id": {}}}])
def test_every_property_that_none_defines_is_named(schema: dict[str, Any]) -> None:
    media = {
        "schema": {**schema, "additionalProperties": False},
        "example": {"name": "Rex", "colour": "red"},
    }
    (message,) = {finding.message for finding in found("OAS601", media)}
    assert "'name', 'colour'" in message


def test_what_is_forbidden_is_said_to_be() -> None:
    media = {"schema": {"properties": {"": False}}, "example": {"": 1}}
    assert {each.message for each in found("OAS601", media)} == {"nothing is allowed here"}


def test_text_of_a_stream_is_read_event_by_event() -> None:
    event = {"type": "object", "properties": {"data": {"contentSchema": {"required": ["id"]}}}}
    event["properties"]["data"] |= {"type": "string", "contentMediaType": "application/json"}  # type: ignore[index]
    media = {"itemSchema": event, "examples": {"one": {"serializedValue": "data: {}\n\n"}}}
    findings = found("OAS702", media, kind="text/event-stream")
    assert [each.pointer.rpartition("/")[2] for each in findings] == ["serializedValue"] * 2


def test_lines_of_a_stream_that_are_no_json_are_numbered() -> None:
    media = {
        "itemSchema": {"type": "integer"},
        "examples": {"one": {"value": "1\nx\n\ny\n'2'\nz\n"}},
    }
    (first, _) = found("OAS702", media, kind="application/jsonl")
    expected = "not what the media type says: line 2, line 4, line 5 and 1 more are no JSON"
    assert first.message == expected


def test_text_within_a_value_that_is_no_json_is_said_so() -> None:
    schema = {"type": "string", "contentMediaType": "application/json", "contentSchema": {}}
    (finding,) = found("OAS603", {}, Thing={**schema, "default": "{"})
    assert finding.message.endswith("is no JSON")


def test_media_type_of_a_component_is_that_of_its_use() -> None:
    media = {"schema": {"type": "integer"}, "example": "1"}
    content = {"application/json": {"$ref": "#/components/mediaTypes/Number"}}
    operation = {"responses": {"200": {"description": "", "content": content}}}
    tree = {
        "openapi": "3.2.0",
        "paths": {"/things": {"get": operation}},
        "components": {"mediaTypes": {"Number": media}},
    }
    checks = tuple(check for check in lint.CHECKS if check.rule.code == "OAS601")
    (pair,) = lint.find(Document(tree, JsonSource("things.json", "{}")), checks)
    assert pair[1].pointer == "/components/mediaTypes/Number/example"


def test_a_value_that_breaks_more_than_its_format_is_an_error() -> None:
    schema = {"type": "string", "format": "date", "not": {"maxLength": 5}}
    media = {"schema": schema, "example": "soon"}
    assert [len(found(code, media)) for code in ("OAS601", "OAS609")] == [2, 0]


def test_encodings_of_a_component_may_be_of_any_media_type() -> None:
    media = {"schema": {"properties": {"a": {}}}, "encoding": {"a": {}}}
    assert found("OAS621", media, kind="*/*") == []
    assert found("OAS621", media, kind="image/png") != []
