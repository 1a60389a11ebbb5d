"""A type that is wider than its schema is said so where it stands, and is the type that is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.document.load import Document
from specloom.document.source import JsonSource, Source
from specloom.emit.models import render_models
from specloom.translate import translate, wider
from specloom.translate.types import Types

if TYPE_CHECKING:
    from specloom.ir import Package

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
TUPLE = {"type": "array", "prefixItems": [TEXT, NUMBER]}
Case = tuple[Any, str, str]

# A schema, what is said of it, and its type: first of a field, then of a parameter.
MODELS: dict[str, Case] = {
    "an enum of fractions": ({"enum": [1, 2.5]}, "an enum of fractions is typed as `Any`", "Any"),
    "an enum of objects": ({"enum": [{"a": 1}]}, "an enum of objects is typed as `Any`", "Any"),
    "an enum of arrays": ({"enum": [[1], "a"]}, "an enum of arrays is typed as `Any`", "Any"),
    "a const": ({"const": {"a": 1}}, "a const of objects is typed as `Any`", "Any"),
    "a type beside": (
        {"type": "number", "enum": [0.5]}, "an enum of fractions is typed as `float`", "float",
    ),
    "items beside": (
        {"type": "array", "items": NUMBER, "enum": [[1]]},
        "an enum of arrays is typed as `list[int]`",
        "list[int]",
    ),
    "a large integer": (
        {"type": "integer", "enum": [2**64]},
        "an enum of integers beyond 64 bits is typed as `int`",
        "int",
    ),
    "an empty enum": ({"enum": []}, "an empty enum is typed as `Any`", "Any"),
    "beside a reference": (
        {"$ref": "#/components/schemas/Text", "enum": ["a"]},
        "an enum beside a `$ref` is typed as `models.Text`",
        "Text",
    ),
    "false": (False, "no value fits it, but its type is `Any`", "Any"),
    "a tuple": (
        TUPLE | {"items": False},
        "a tuple is typed as a list",
        "Annotated[list[str | int], Field(max_length=2)]",
    ),
    "unevaluated": (
        {"type": "object", "unevaluatedProperties": NUMBER},
        "what `unevaluatedProperties` is about is typed as `Any`",
        "dict[str, Any]",
    ),
}  # fmt: skip
PARAMETERS: dict[str, Case] = {
    "a type beside": (
        {"type": "number", "enum": [0.5]}, "an enum of fractions is typed as `Any`", "Any",
    ),
    "a tuple of a known length": (
        TUPLE | {"items": False, "minItems": 2, "maxItems": 2},
        "a tuple is typed as a list",
        "Sequence[Any]",
    ),
    "patterns": (
        {"type": "object", "patternProperties": {"^a": NUMBER}},
        "what `patternProperties` names is typed as `Any`",
        "Mapping[str, Any]",
    ),
    "false": (False, "no value fits it, but its type is `Any`", "Any"),
}  # fmt: skip
EXACT: dict[str, Case] = {
    "literals": ({"enum": ["a", 1, True, None]}, "", "Literal['a', 1, True] | None"),
    "a tuple of a known length": (
        TUPLE | {"minItems": 2, "maxItems": 2}, "", "tuple[str, int]",
    ),
    "items alike": (
        {"type": "array", "prefixItems": [TEXT], "items": TEXT}, "", "list[str]",
    ),
    "no items": (
        {"type": "array", "items": False}, "", "Annotated[list[Any], Field(max_length=0)]",
    ),
    "a union with false": ({"anyOf": [False, TEXT]}, "", "str"),
    "patterns": (
        {"type": "object", "patternProperties": {"^a": NUMBER}},
        "",
        "dict[Annotated[str, StringConstraints(pattern=r'^a')], int]",
    ),
}  # fmt: skip


def translated(
    schemas: dict[str, Any], *parameters: Any
) -> tuple[Package, dict[str, Any], list[tuple[str, str]]]:
    """The package, its document, and what is widened where."""
    named = [{"name": "given", "in": "query", "schema": schema} for schema in parameters]
    operation = {"operationId": "get", "parameters": named, "responses": {}}
    tree = {
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    }
    collector = Collector()
    document = Document(tree, JsonSource("api.json", "{}"))
    package = translate(document, ClientSettings("d", "p", "Client", "out"), collector)
    found = [(found.location.pointer, found.message) for found in collector.diagnostics]
    assert {found.rule.code for found in collector.diagnostics} <= {"GEN010"}
    return package, tree, found


@pytest.mark.parametrize("case", [*MODELS.values(), *EXACT.values()], ids=[*MODELS, *EXACT])
def test_it_is_the_type_of_a_field(case: Case) -> None:
    schema, message, typed = case
    whole = {"type": "object", "required": ["made"], "properties": {"made": schema}}
    package, tree, found = translated({"Whole": whole, "Text": TEXT})
    place = "/components/schemas/Whole/properties/made"
    assert found == ([(place, message)] if message else [])
    assert f"    made: {typed}\n" in render_models(tree, package.models, "p")["models.py"]


@pytest.mark.parametrize("case", PARAMETERS.values(), ids=PARAMETERS)
def test_it_is_the_type_of_a_parameter(case: Case) -> None:
    schema, message, typed = case
    package, _, found = translated({}, schema)
    assert found == [("/paths/~1a/get/parameters/0/schema", message)]
    assert package.methods[0].arguments[0].annotation == typed


def test_each_part_is_told_at_its_place() -> None:
    lost = {"enum": [0.5]}
    whole = {
        "type": "object",
        "properties": {"a/b": {"type": "array", "items": lost}, "c": {"anyOf": [TEXT, lost]}},
        "additionalProperties": lost,
        "not": lost,
    }
    _, _, found = translated({"Whole": whole})
    assert sorted(place.removeprefix("/components/schemas/Whole/") for place, _ in found) == [
        "additionalProperties", "properties/a~1b/items", "properties/c/anyOf/1",
    ]  # fmt: skip


def test_copies_of_one_schema_are_told_once() -> None:
    tree = {
        "paths": {
            path: {"get": {"parameters": [{"schema": {"enum": [0.5]}}]}} for path in ("/a", "/b")
        }
    }
    source: Source = JsonSource("api.json", "{}")
    origins = {
        f"/paths/~1{name}/get/parameters/0": (source, "/components/parameters/P") for name in "ab"
    }
    collector = Collector()
    wider.report(Document(tree, source, origins), Types(tree, {}), collector)
    assert len(collector.diagnostics) == 1


def test_what_only_callbacks_and_webhooks_say_is_not_told() -> None:
    item = {"post": {"requestBody": {"content": {"application/json": {"schema": False}}}}}
    tree = {
        "paths": {"/a": {"get": {"callbacks": {"c": {"{$url}": item}}}}},
        "webhooks": {"w": item},
    }
    collector = Collector()
    wider.report(Document(tree, JsonSource("api.json", "{}")), Types(tree, {}), collector)
    assert not collector.diagnostics
