"""What a document's schemas say of a body beside its shape: which members it has, which values."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.contract.answers.annotations import undocumented_values, unequal_values
from specloom.contract.answers.embedded_content import embedded_faults
from specloom.contract.answers.instances import walk
from specloom.contract.answers.schemas import Schemas
from specloom.contract.answers.undeclared import undeclared_fields

ROOT = "/components/schemas/Root"
PET = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
CAT = {"$ref": "#/components/schemas/Cat"}


def schemas(root: Any, **others: Any) -> Schemas:
    cat = {"properties": {"lives": {"type": "integer"}}, "required": ["lives"]}
    return Schemas({"components": {"schemas": {"Root": root, "Pet": PET, "Cat": cat, **others}}})


def undeclared(root: Any, value: Any, **others: Any) -> list[str]:
    return [place for _, place in undeclared_fields(schemas(root, **others), ROOT, value)]


@pytest.mark.parametrize(
    ("root", "value", "places"),
    [
        (PET, {"name": "Tom", "secret": 1}, ["/secret"]),
        (PET, {"name": "Tom"}, []),
        (
            {"$ref": "#/components/schemas/Pet", "properties": {"age": {}}},
            {"name": "", "age": 1},
            [],
        ),
        ({"properties": {"pet": PET}}, {"pet": {"name": "", "a/b": 1}}, ["/pet/a~1b"]),
        ({"items": PET}, [{"name": ""}, {"name": "", "x": 1}], ["/1/x"]),
        ({"prefixItems": [PET], "items": CAT}, [{"x": 1}, {"lives": 9, "y": 1}], ["/0/x", "/1/y"]),
        ({"additionalProperties": PET}, {"tom": {"name": "", "x": 1}}, ["/tom/x"]),
        ({"patternProperties": {"^t": PET}}, {"tom": {"x": 1}, "jim": 2}, ["/jim", "/tom/x"]),
        ({"allOf": [PET, CAT]}, {"name": "", "lives": 9, "x": 1}, ["/x"]),
        ({"allOf": [PET, {"type": "object", "required": ["name"]}]}, {"name": "", "x": 1}, ["/x"]),
        ({"anyOf": [PET, CAT]}, {"name": "", "lives": 9}, []),
        ({"oneOf": [PET, CAT]}, {"lives": 9, "x": 1}, ["/x"]),
        ({"if": PET, "then": CAT}, {"name": "", "lives": 9, "x": 1}, ["/x"]),
        ({"if": PET, "else": CAT}, {"lives": 9, "x": 1}, ["/x"]),
        ({**PET, "dependentSchemas": {"lives": {"properties": {"x": {}}}}}, {"x": 1}, ["/x"]),
        ({"prefixItems": [PET], "items": {"properties": {"x": {}}}}, [{"x": 1}], ["/0/x"]),
        ({**PET, "dependentSchemas": {"lives": CAT}}, {"name": "", "lives": 9, "x": 1}, ["/x"]),
    ],
)
def test_a_member_that_no_schema_declares_is_undeclared(
    root: Any, value: Any, places: list[str]
) -> None:
    assert undeclared(root, value) == places


@pytest.mark.parametrize(
    ("root", "value"),
    [
        ({"type": "object"}, {"x": 1}),
        ({"properties": {}}, {"x": 1}),
        (True, {"x": 1}),
        ({**PET, "additionalProperties": True}, {"x": 1}),
        ({**PET, "additionalProperties": {}}, {"x": 1}),
        ({**PET, "additionalProperties": {"type": "integer"}}, {"x": 1}),
        ({**PET, "unevaluatedProperties": {"type": "integer"}}, {"x": 1}),
        ({"allOf": [PET, {"additionalProperties": True}]}, {"name": "", "x": 1}),
        ({"anyOf": [PET, {"type": "object"}]}, {"name": "", "x": 1}),
        ({"anyOf": [PET, {"$ref": "#/components/schemas/Any"}]}, {"name": "", "x": 1}),
        ({**PET, "discriminator": {"propertyName": "name"}}, {"name": "Cat", "lives": 9}),
        ({**PET, "$ref": "#somewhere"}, {"x": 1}),
    ],
)
def test_an_object_that_is_open_on_purpose_has_nothing_undeclared(root: Any, value: Any) -> None:
    assert undeclared(root, value, Any={"type": "object", "description": "Anything."}) == []


def test_closed_objects_are_left_to_the_schema() -> None:
    assert undeclared({**PET, "additionalProperties": False}, {"name": "", "x": 1}) == []


def test_where_no_alternative_fits_nothing_is_known_to_be_undeclared() -> None:
    assert undeclared({**PET, "oneOf": [CAT]}, {"name": "", "lives": "nine"}) == []


def test_a_schema_that_contains_itself_is_walked_as_deep_as_the_value() -> None:
    node = {"properties": {"next": {"$ref": ROOT_REFERENCE}}, "allOf": [{"$ref": ROOT_REFERENCE}]}
    value: dict[str, Any] = {"last": True}
    for _ in range(50):
        value = {"next": value}
    assert undeclared(node, value) == ["/next" * 50 + "/last"]
    assert len(list(walk(schemas(node), ROOT, value))) == 51 * 3 - 1


ROOT_REFERENCE = f"#{ROOT}"
KNOWN = {"items": {"x-extensible-enum": ["like", "dislike", 1]}}


@pytest.mark.parametrize("value", ["like", 1, 1.0, None])
def test_a_value_that_is_listed_is_documented(value: Any) -> None:
    assert list(undocumented_values(schemas(KNOWN), ROOT, [value])) == []


@pytest.mark.parametrize("value", ["love", True, ["like"]])
def test_a_value_that_is_not_listed_is_undocumented(value: Any) -> None:
    found = undocumented_values(schemas(KNOWN), ROOT, ["like", value])
    assert [place for _, place in found] == ["/1"]


def test_what_is_unknown_is_shown_as_json() -> None:
    found = list(undocumented_values(schemas(KNOWN), ROOT, ["\x1b[2J\u202e"]))
    assert found == [('"\\u001b[2J\\u202e" is not among the values known', "/0")]


SENT = {"$statusCode": 404, "$request.query.page": "2", "$request.body#/pet": {"a": [1, True]}}


def unequal(expression: str, value: Any) -> list[str]:
    root = schemas({"properties": {"x": {"x-equals": expression}}})
    return [place for _, place in unequal_values(root, ROOT, value, SENT.__getitem__)]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$statusCode", 404),
        ("$statusCode", 404.0),
        ("$request.query.page", 2),
        ("$request.query.page", "2"),
        ("$request.body#/pet", {"a": [1, True]}),
        ("$request.body#/nothing", 1),
    ],
)
def test_a_value_may_repeat_what_was_sent(expression: str, value: Any) -> None:
    assert unequal(expression, {"x": value}) == []


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$statusCode", 400),
        ("$statusCode", "404"),
        ("$request.query.page", 3),
        ("$request.body#/pet", {"a": [True, 1]}),
    ],
)
def test_a_value_must_equal_what_it_repeats(expression: str, value: Any) -> None:
    assert unequal(expression, {"x": value}) == ["/x"]


def test_a_value_that_is_left_out_repeats_nothing() -> None:
    assert unequal("$statusCode", {}) == []


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (
            {"format": "decimal"},
            ["1", "0.0", "-12.50", "0E-7", "1e+3"],
            ["", "0,001", "1_0", " 1", "NaN", "٣"],
        ),
        ({"format": "byte"}, ["", "QQ==", "+/+/"], ["QQ", "-_-_", "Q Q==", "SUQz*BAA"]),
        (
            {"format": "url"},
            ["http://a/b", "https://ü.example/ö?q#f"],
            ["/a/b", "a b", "mailto:a@b"],
        ),
        ({"contentEncoding": "base64"}, ["QQ=="], ["*"]),
    ],
)
def test_formats_are_really_checked(schema: Any, right: list[str], wrong: list[str]) -> None:
    root = schemas({"items": {"oneOf": [{"type": "string", **schema}, {"type": "integer"}]}})
    assert list(root.errors(ROOT, [*right, 5])) == []
    places = [f"/{index}" for index in range(len(wrong))]
    assert [place for _, place in root.errors(ROOT, wrong)] == places
    assert [place for _, place in root.format_errors(ROOT, wrong)] == places


def test_a_format_of_json_schema_is_left_to_the_schema() -> None:
    root = schemas({"type": "string", "format": "uri"})
    assert list(root.errors(ROOT, "/a"))
    assert list(root.format_errors(ROOT, "/a")) == []


def test_format_errors_are_those_that_the_format_alone_makes() -> None:
    root = schemas({"items": {"type": "string", "format": "decimal", "maxLength": 3}})
    errors = list(root.format_errors(ROOT, ["1,2", 7, "1.234"], "/at"))
    assert errors == [('"1,2" is not a "decimal"', "/at/0")]


SPOKEN = {"contentEncoding": "base64", "contentMediaType": "audio/mpeg"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [("//NAxA==", []), ("", []), ("*", []), ("SGVsbG8=", [("not audio/mpeg: it is text", "/0")])],
)
def test_text_within_text_is_no_binary(text: str, faults: list[tuple[str, str]]) -> None:
    assert list(embedded_faults(schemas({"items": SPOKEN}), ROOT, [text])) == faults


def test_the_alternative_that_the_tag_names_is_to_blame() -> None:
    tagged = [
        {"properties": {"tag": {"const": "a"}, "x": {"type": "integer"}, "y": {"type": "integer"}}},
        {"properties": {"tag": {"const": "b"}}},
    ]
    errors = schemas({"oneOf": tagged}).errors(ROOT, {"tag": "a", "x": "1", "y": "1"})
    assert [place for _, place in errors] == ["/x"]


def test_that_two_alternatives_fit_is_said_of_the_whole() -> None:
    errors = schemas({"oneOf": [PET, {"type": "object"}]}).errors(ROOT, {"name": ""})
    assert [place for _, place in errors] == [""]
