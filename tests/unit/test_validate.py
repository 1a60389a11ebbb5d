"""What is not OpenAPI, or breaks it, is told with its place, and nothing else is."""

import json
from contextlib import suppress
from typing import Any

import pytest

from specloom.diagnostics import Collector, Diagnostic, HaltedError
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.document.validate import validate, validate_by_library

INFO = {"title": "Things", "version": "1.0.0"}
OK = {"200": {"description": "Done."}}


def findings(tree: Any, judge: Any = validate) -> list[tuple[str, str]]:
    """The codes and pointers found in a tree."""
    return [(found.rule.code, found.location.pointer) for found in told(tree, judge)]


def told(tree: Any, judge: Any = validate) -> list[Diagnostic]:
    source = JsonSource("openapi.json", json.dumps(tree))
    collector = Collector()
    with suppress(HaltedError):
        judge(Document(source.parse(), source), collector)
    return collector.diagnostics


def document(version: str = "3.1.0", **fields: Any) -> dict[str, Any]:
    return {"openapi": version, "info": INFO, "paths": {}, **fields}


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.2", "3.2.0"])
def test_versions_that_are_read(version: str) -> None:
    assert findings(document(version)) == []


@pytest.mark.parametrize("version", ["2.0", "3.3.0", "4.0.0", "3.1", "", 3.1, None])
def test_versions_that_are_not(version: Any) -> None:
    assert findings(document(version)) == [("DOC005", "/openapi")]


def test_swagger_is_told_apart() -> None:
    assert findings({"swagger": "2.0", "info": INFO}) == [("DOC006", "/swagger")]


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        ({"A": {"$ref": "#/components/schemas/B"}}, ("DOC010", "/components/schemas/A/$ref")),
        ({"A": {"$ref": "#/components/schemas/A"}}, ("DOC011", "/components/schemas/A/$ref")),
        ({"A": {"$ref": "other.json#/A"}}, ("DOC012", "/components/schemas/A/$ref")),
    ],
)
def test_reference_that_leads_nowhere(schemas: Any, expected: tuple[str, str]) -> None:
    assert findings(document(components={"schemas": schemas})) == [expected]


def test_references_in_a_ring_are_told_at_each() -> None:
    ring = {name: {"$ref": f"#/components/schemas/{to}"} for name, to in ("AB", "BC", "CA")}
    found = findings(document(components={"schemas": ring}))
    assert found == [("DOC011", f"/components/schemas/{name}/$ref") for name in "ABC"]


def test_schema_that_contains_itself_is_no_fault() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    assert findings(document(components={"schemas": {"Node": node}})) == []


def test_reference_is_percent_decoded() -> None:
    paths = {
        "/a/{id}": {
            "get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": OK,
            }
        },
        "/b/{id}": {
            "get": {
                "parameters": [{"$ref": "#/paths/~1a~1%7Bid%7D/get/parameters/0"}],
                "responses": OK,
            }
        },
    }
    assert findings(document(paths=paths)) == []


def test_ref_within_an_example_is_only_a_value() -> None:
    schema = {"type": "object", "example": {"$ref": "#/nowhere"}, "default": {"$ref": 1}}
    assert findings(document(components={"schemas": {"A": schema}})) == []


def test_only_a_breakdown_of_the_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("specloom.document.validate.pointer_of", broken)
    with pytest.raises(ZeroDivisionError):
        findings(document(info={}), validate_by_library)


def test_breakdown_of_the_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr("openapi_spec_validator.OpenAPIV31SpecValidator.iter_errors", broken)
    assert findings(document(), validate_by_library) == [("DOC020", "")]


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": 5},
        {"tags": [5, {"name": "a"}, {"name": "a"}]},
        {"paths": {"/a": {"parameters": 5, "get": 5}}},
        {"paths": {"/a": {"get": {"parameters": [5, {"name": 5}], "responses": {}}}}},
        {"components": {"schemas": {"A": {"allOf": [{}], "required": 5}}}},
        {"components": {"schemas": {"A": {"allOf": 5, "properties": 5, "default": {}}}}},
        {"components": {"schemas": 5}},
    ],
)
def test_anything_may_stand_anywhere(fields: dict[str, Any]) -> None:
    assert {code for code, _ in findings(document(**fields))} == {"DOC020"}


def parameter(**schema: Any) -> dict[str, Any]:
    return {"name": "q", "in": "query", "schema": schema}


def get(**fields: Any) -> dict[str, Any]:
    return {"get": {"responses": OK, **fields}}


A_SCHEMA: dict[str, Any] = {"components": {"schemas": {"A": {}}}}
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "response": (
        {"paths": {"/a": {"get": {"responses": {"200": {"content": 1}}}}}},
        "/paths/~1a/get/responses/200",
    ),
    "info": ({"info": {"title": "Things"}}, "/info"),
    "schema": (
        {"components": {"schemas": {"A": {"properties": {"a": {"type": "text"}}}}}},
        "/components/schemas/A/properties/a/type",
    ),
    "default": (
        {"paths": {"/a": get(parameters=[parameter(type="integer", default="x")])}},
        "/paths/~1a/get/parameters/0/schema/default",
    ),
    "field of a default": (
        {
            "components": {
                "schemas": {"A": {"properties": {"n": {"type": "integer"}}, "default": {"n": "x"}}}
            }
        },
        "/components/schemas/A/default/n",
    ),
    "required": (
        {"components": {"schemas": {"A": {"allOf": [{"type": "object"}], "required": ["z"]}}}},
        "/components/schemas/A/required",
    ),
    "operation ids": (
        {"paths": {"/a": get(operationId="x"), "/b": get(operationId="x")}},
        "/paths/~1b/get",
    ),
    "path parameter": ({"paths": {"/a/{id}": get()}}, "/paths/~1a~1{id}/get"),
    "parameters": (
        {"paths": {"/a": get(parameters=[parameter(), parameter(type="string")])}},
        "/paths/~1a/get/parameters/1",
    ),
    "tags": ({"tags": [{"name": "a"}, {"name": "a", "description": "b"}]}, "/tags/1"),
}


def test_what_has_a_rule_of_its_own_is_no_fault_of_the_schema() -> None:
    for case in (*BROKEN.keys() - {"response", "info", "schema"},):
        assert findings(document("3.1.0", **BROKEN[case][0])) == []


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("case", BROKEN)
def test_what_the_library_finds_has_its_place(case: str, version: str) -> None:
    fields, pointer = BROKEN[case]
    found = findings(document(version, **fields), validate_by_library)
    assert {code for code, _ in found} == {"DOC020"}
    assert any(place.startswith(pointer) for _, place in found)


STRING = {"type": "string"}
TOLD: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "every fault, at the innermost place": (
        {"info": {"title": 5}, "paths": {"a": {}, "/b": get(tags="x", zork=1)}},
        {
            "/info": "'version' is missing",
            "/info/title": "a string is needed here, not 5",
            "/paths/a": "'a' is not allowed here: a path begins with '/'",
            "/paths/~1b/get/tags": "an array is needed here, not 'x'",
            "/paths/~1b/get/zork": "'zork' is not allowed here",
        },
    ),
    "what is wrong within makes no key unknown": (
        {"components": {"securitySchemes": {"k": {"type": "apiKey", "in": "body", "name": "x"}}}},
        {
            "/components/securitySchemes/k/in": "'body' is none of ",
        },
    ),
    "the alternative that was meant": (
        {"components": {"responses": {"R": {"description": "d", "content": []}}}},
        {"/components/responses/R/content": "an object is needed here, not an empty array"},
    ),
    "a tag that no alternative has": (
        {"components": {"securitySchemes": {"k": {"type": "none"}}}},
        {"/components/securitySchemes/k/type": "'none' is none of 'apiKey', 'http', "},
    ),
    "one of two fields": (
        {"paths": {"/a": get(parameters=[{"name": "q", "in": "query"}])}},
        {"/paths/~1a/get/parameters/0": "one of 'schema', 'content' is missing"},
    ),
    "both of two fields": (
        {"paths": {"/a": get(parameters=[{**parameter(), "content": {"a/b": {}}}])}},
        {"/paths/~1a/get/parameters/0": "'content' and 'schema' exclude each other"},
    ),
    "a list that is not to be empty": (
        {"components": {"schemas": {"A": {"allOf": []}}}},
        {"/components/schemas/A/allOf": "an empty array has less than 1 item"},
    ),
    "a long value is cut": (
        {"info": {**INFO, "contact": "x" * 1000}},
        {"/info/contact": "an object is needed here, not 'xxx"},
    ),
    "a reference to another kind": (
        {"paths": {"/a": get(parameters=[{"$ref": "#/components/schemas/A"}])}, **A_SCHEMA},
        {"/paths/~1a/get/parameters/0/$ref": "'#/components/schemas/A' leads to no parameter"},
    ),
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("case", TOLD)
def test_faults_are_told_in_words(case: str, version: str) -> None:
    fields, expected = TOLD[case]
    found = told(document(version, **fields))
    assert {one.location.pointer for one in found} == expected.keys()
    assert len(found) == len(expected)
    for one in found:
        assert one.message.startswith(expected[one.location.pointer])
        assert len(one.message) < 150


@pytest.mark.parametrize(
    ("version", "schema", "place", "message"),
    [
        ("3.1.0", {"properties": {"": {"maximum": {}}}}, "/properties//maximum", "a number is"),
        ("3.1.0", {"required": ["a", "b", "a"]}, "/required/2", "'a' is listed twice"),
        ("3.0.3", {"type": ["string"]}, "/type", "a string is needed here"),
    ],
)
def test_fault_is_told_once_at_what_is_to_blame(
    version: str, schema: dict[str, Any], place: str, message: str
) -> None:
    [found] = told(document(version, components={"schemas": {"A": schema}}))
    assert found.location.pointer == f"/components/schemas/A{place}"
    assert found.message.startswith(message)


def test_example_is_to_blame_beside_others() -> None:
    both = {**parameter(), "example": 1, "examples": {"a": {"value": 1}}}
    tree = document("3.0.3", paths={"/a": get(parameters=[both])})
    assert findings(tree) == [("DOC020", "/paths/~1a/get/parameters/0/example")]


@pytest.mark.parametrize(
    ("version", "fields", "hint"),
    [
        ("3.0.3", {"components": {"schemas": {"A": {"const": 1}}}}, "in 3.0 write `enum`"),
        ("3.0.3", {"components": {"schemas": {"A": {"type": ["string", "null"]}}}}, "`nullable: "),
        ("3.0.3", {"components": {"schemas": {"A": {"exclusiveMinimum": 4}}}}, "`minimum: 4`"),
        ("3.0.3", {"components": {"schemas": {"A": {"if": {}}}}}, "`if` is since 3.1"),
        ("3.0.3", {"webhooks": {}}, "`webhooks` is since 3.1"),
        ("3.0.3", {"info": {**INFO, "license": {"name": "a", "identifier": "a"}}}, "write `url`"),
        ("3.1.0", {"components": {"schemas": {"A": {"exclusiveMinimum": True}}}}, "is 3.0's"),
        ("3.1.0", {"paths": {"/a": {"query": {}}}}, "`query` is since 3.2"),
    ],
)
def test_word_of_another_version_is_told_with_a_hint(
    version: str, fields: dict[str, Any], hint: str
) -> None:
    assert any(hint in (found.hint or "") for found in told(document(version, **fields)))


DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DIALECTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "its own": ({"$schema": DRAFT_7, "items": [STRING]}, []),
    "broken": ({"$schema": DRAFT_7, "items": 5}, ["/items"]),
    "OpenAPI's": ({"items": [STRING]}, ["/items"]),
    "today's": ({"$schema": DRAFT_2020, "items": [STRING], "discriminator": 5}, ["/items"]),
    "unknown": ({"$schema": "urn:mine"}, ["/$schema"]),
    "none": ({"$schema": 5}, ["/$schema"]),
}


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0"])
@pytest.mark.parametrize("case", DIALECTS)
def test_a_schema_is_judged_by_its_dialect(case: str, version: str) -> None:
    schema, expected = DIALECTS[case]
    tree = document(version, components={"schemas": {"A": schema}})
    assert findings(tree) == [("DOC020", f"/components/schemas/A{place}") for place in expected]


def test_a_schema_that_names_no_dialect_is_of_the_documents() -> None:
    schema = {"items": [STRING], "discriminator": 5}
    tree = document(jsonSchemaDialect=DRAFT_7, components={"schemas": {"A": schema}})
    assert findings(tree) == []
    dialect = "https://spec.openapis.org/oas/3.1/dialect/base"
    assert {place for _, place in findings(tree | {"jsonSchemaDialect": dialect})} == {
        "/components/schemas/A/items",
        "/components/schemas/A/discriminator",
    }
