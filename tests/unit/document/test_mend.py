"""What breaks the specification is given its nearest meaning, and said at its place."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from specloom.diagnostics import Collector
from specloom.document.lift import lift
from specloom.document.load import Document
from specloom.document.pointer import resolve
from specloom.document.source import JsonSource
from specloom.mend import mend

INFO = {"title": "Things", "version": "1"}
GONE = object()
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
GET: dict[str, Any] = {"responses": {"200": {"description": "ok"}}}


def document(version: str = "3.1.0", **fields: Any) -> dict[str, Any]:
    return {"openapi": version, "info": INFO, "paths": {}, **fields}


def mended(tree: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The tree once mended, and the code and pointer of all that was said."""
    source, collector = JsonSource("openapi.json", json.dumps(tree)), Collector()
    found = Document(lift(tree), source)
    mend(found, collector)
    again = copy.deepcopy(found.tree)
    mend(found, Collector())
    assert again == found.tree
    said = [(one.rule.code, one.location.pointer) for one in collector.diagnostics]
    return again, said


def at(tree: dict[str, Any], pointer: str) -> Any:
    try:
        return resolve(tree, pointer)
    except KeyError:
        return GONE


def schema(**keywords: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"A": keywords}}}


def operation(**fields: Any) -> dict[str, Any]:
    return {"paths": {"/a": {"get": {**GET, **fields}}}}


def responds(response: Any) -> dict[str, Any]:
    return operation(responses={"200": response})


def parameter(**fields: Any) -> dict[str, Any]:
    return operation(parameters=[{"name": "p", "in": "query", **fields}])


A, OPERATION = "/components/schemas/A", "/paths/~1a/get"
PARAMETER, RESPONSE = OPERATION + "/parameters/0", OPERATION + "/responses/200"
BYTES = {"description": "", "content": {"*/*": {}}}

# What is broken: the fields, a place, what stands there at last, and what is said where.
CASES: dict[str, tuple[dict[str, Any], str, Any, list[tuple[str, str]]]] = {
    "unknown key": (operation(title="x"), OPERATION, GET, [("DOC040", OPERATION + "/title")]),
    "number as text": (
        {"info": {**INFO, "version": 1.5}},
        "/info/version",
        "1.5",
        [("DOC040", "/info/version")],
    ),
    "object as text": (
        schema(description={"type": "string"}),
        A,
        {},
        [("DOC040", A + "/description")],
    ),
    "text as boolean": (
        schema(deprecated="True"),
        A + "/deprecated",
        True,
        [("DOC040", A + "/deprecated")],
    ),
    "text as number": (schema(minLength="2"), A + "/minLength", 2, [("DOC040", A + "/minLength")]),
    "text as list": (schema(required="a"), A + "/required", ["a"], [("DOC040", A + "/required")]),
    "no title": ({"info": {"version": "1"}}, "/info/title", "", [("DOC040", "/info")]),
    "no info": (
        {"info": None},
        "/info",
        {"title": "", "version": ""},
        [("DOC040", "/info"), ("DOC040", "")],
    ),
    "required on a property": (
        schema(properties={"a": {"type": "string", "required": True}}),
        A + "/properties/a",
        {"type": "string"},
        [("DOC040", A + "/properties/a/required")],
    ),
    "required twice": (
        schema(required=["a", "b", "a"]),
        A + "/required",
        ["a", "b"],
        [("DOC040", A + "/required")],
    ),
    "no schema": (
        schema(properties={"a": 5}),
        A + "/properties/a",
        {},
        [("DOC041", A + "/properties/a")],
    ),
    "empty properties": (schema(properties=None), A, {}, [("DOC040", A + "/properties")]),
    "empty schema": ({"components": {"schemas": {"A": None}}}, A, {}, [("DOC040", A)]),
    "type in capitals": (schema(type="String"), A, {"type": "string"}, [("DOC040", A + "/type")]),
    "type of OpenAPI 2": (
        schema(type="file"),
        A,
        {"type": "string", "format": "binary"},
        [("DOC040", A + "/type")],
    ),
    "type that nobody knows": (schema(type="thing"), A, {}, [("DOC041", A + "/type")]),
    "type that nobody knows, beside fields": (
        schema(type="thing", properties={"a": {}}),
        A,
        {"properties": {"a": {}}},
        [("DOC040", A + "/type")],
    ),
    "union that is its own member": (
        schema(anyOf=[{"$ref": "#" + A}, {"type": "string"}]),
        A,
        {"anyOf": [{"type": "string"}]},
        [("DOC040", A + "/anyOf/0")],
    ),
    "unions that are each other's members": (
        {
            "components": {
                "schemas": {
                    "A": {"oneOf": [{"$ref": "#/components/schemas/B"}, {"type": "string"}]},
                    "B": {"anyOf": [{"$ref": "#" + A}, {"type": "integer"}]},
                }
            }
        },
        "/components/schemas",
        {"A": {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "B": {"$ref": "#" + A}},
        [("DOC040", A + "/oneOf/0"), ("DOC040", "/components/schemas/B/anyOf/0")],
    ),
    "union of itself alone": (
        schema(oneOf=[{"$ref": "#" + A}]),
        A,
        {},
        [("DOC040", A + "/oneOf/0"), ("DOC041", A)],
    ),
    "tag of a union that is its own member": (
        schema(
            oneOf=[{"$ref": "#" + A}, {"type": "object"}],
            discriminator={"propertyName": "t", "mapping": {"a": "#" + A}},
        ),
        A,
        {"oneOf": [{"type": "object"}], "discriminator": {"propertyName": "t", "mapping": {}}},
        [("DOC040", A + "/oneOf/0")],
    ),
    "tree of unions": (
        schema(anyOf=[{"type": "string"}, {"items": {"$ref": "#" + A}}]),
        A,
        {"anyOf": [{"type": "string"}, {"items": {"$ref": "#" + A}}]},
        [],
    ),
    "bound of 3.0": (
        schema(minimum=0, exclusiveMinimum=True),
        A,
        {"exclusiveMinimum": 0},
        [("DOC040", A + "/exclusiveMinimum")],
    ),
    "items as a list": (
        schema(items=[{"type": "string"}]),
        A,
        {"prefixItems": [{"type": "string"}]},
        [("DOC040", A + "/items")],
    ),
    "discriminator without a name": (
        schema(oneOf=[{}], discriminator={"mapping": {}}),
        A,
        {"oneOf": [{}]},
        [("DOC040", A + "/discriminator")],
    ),
    "default of another type": (
        schema(type="string", default=None),
        A,
        {"type": "string"},
        [("DOC042", A + "/default")],
    ),
    "default that is not listed": (
        schema(enum=["a"], default="b"),
        A,
        {"enum": ["a"]},
        [("DOC042", A + "/default")],
    ),
    "default of a reference": (
        {
            "components": {
                "schemas": {
                    "A": {"allOf": [{"$ref": "#/components/schemas/B"}], "default": {}},
                    "B": {"type": "integer"},
                }
            }
        },
        A,
        {"allOf": [{"$ref": "#/components/schemas/B"}]},
        [("DOC042", A + "/default")],
    ),
    "no paths": ({"paths": None}, "/paths", {}, [("DOC040", "/paths"), ("DOC040", "")]),
    "path without a slash": (
        {"paths": {"a": {"get": GET}}},
        "/paths",
        {"/a": {"get": GET}},
        [("DOC040", "/paths/a")],
    ),
    "path without a slash that is taken": (
        {"paths": {" a": {"get": GET}, "/a": {}}},
        "/paths",
        {"/a": {}},
        [("DOC043", "/paths/ a")],
    ),
    "path with spaces": (
        {"paths": {" /a ": {"get": GET}}},
        "/paths",
        {"/a": {"get": GET}},
        [("DOC040", "/paths/ ~1a ")],
    ),
    "method with spaces": (
        {"paths": {"/a": {"get ": GET, "put": GET}}},
        "/paths/~1a",
        {"get": GET, "put": GET},
        [("DOC040", "/paths/~1a/get ")],
    ),
    "method twice": (
        {"paths": {"/a": {"GET": {"summary": "s"}, "get": {}}}},
        "/paths/~1a",
        {"get": {}},
        [("DOC043", "/paths/~1a/GET")],
    ),
    "method that HTTP has none of": (
        {"paths": {"/a": {"fetch": {"operationId": "x"}}}},
        "/paths/~1a",
        {"additionalOperations": {"FETCH": {"operationId": "x"}}},
        [("DOC040", "/paths/~1a/fetch")],
    ),
    "path within a path": (
        {"paths": {"/a": {"/b": {"get": GET}}}},
        "/paths/~1a",
        {},
        [("DOC043", "/paths/~1a/~1b")],
    ),
    "list under paths": (
        {"paths": {"parameters": []}},
        "/paths",
        {},
        [("DOC040", "/paths/parameters")],
    ),
    "method in capitals": (
        {"paths": {"/a": {"GET": GET}}},
        "/paths/~1a",
        {"get": GET},
        [("DOC040", "/paths/~1a/GET")],
    ),
    "status in small letters": (
        operation(responses={"2xx": {"description": "ok"}}),
        OPERATION + "/responses",
        {"2XX": {"description": "ok"}},
        [("DOC040", OPERATION + "/responses/2xx")],
    ),
    "no responses": (
        operation(responses={}),
        OPERATION,
        {},
        [("DOC040", OPERATION + "/responses")],
    ),
    "empty response": (responds(None), RESPONSE, {}, [("DOC040", RESPONSE)]),
    "empty content": (
        responds({"description": "ok", "content": {"application/json": None}}),
        RESPONSE + "/content/application~1json",
        {},
        [("DOC040", RESPONSE + "/content/application~1json")],
    ),
    "tag as text": (
        operation(tags="x"),
        OPERATION + "/tags",
        ["x"],
        [("DOC040", OPERATION + "/tags")],
    ),
    "operation that is none": (
        {"paths": {"/a": {"get": 5}}},
        "/paths/~1a",
        {},
        [("DOC043", OPERATION)],
    ),
    "null for an operation": (
        {"paths": {"/a": {"get": None}}},
        "/paths/~1a",
        {},
        [("DOC040", OPERATION)],
    ),
    "null for another operation": (
        {"paths": {"/a": {"additionalOperations": {"COPY": None}}}},
        "/paths/~1a",
        {"additionalOperations": {}},
        [("DOC040", "/paths/~1a/additionalOperations/COPY")],
    ),
    "parameters that are none": (
        operation(parameters=None),
        OPERATION,
        GET,
        [("DOC040", OPERATION + "/parameters")],
    ),
    "parameter without a name": (
        operation(parameters=[{"in": "query", "schema": {}}]),
        OPERATION + "/parameters",
        [],
        [("DOC040", PARAMETER)],
    ),
    "parameter in no place": (
        parameter(**{"in": "post", "schema": {}}),
        PARAMETER,
        {"name": "p", "in": "query", "schema": {}},
        [("DOC040", PARAMETER + "/in")],
    ),
    "parameter in a place in capitals": (
        parameter(**{"in": "Header", "schema": {}}),
        PARAMETER + "/in",
        "header",
        [("DOC040", PARAMETER + "/in")],
    ),
    "parameter of the path in no place": (
        {"paths": {"/a/{id}": {"get": {**GET, "parameters": [{**ID, "in": "url"}]}}}},
        "/paths/~1a~1{id}/get/parameters/0",
        ID,
        [("DOC040", "/paths/~1a~1{id}/get/parameters/0/in")],
    ),
    "parameter without a schema": (parameter(), PARAMETER + "/schema", {}, [("DOC040", PARAMETER)]),
    "parameter of OpenAPI 2": (
        parameter(type="integer", default=1),
        PARAMETER + "/schema",
        {"type": "integer", "default": 1},
        [("DOC040", PARAMETER + "/default"), ("DOC040", PARAMETER + "/type")],
    ),
    "style that is not allowed": (
        parameter(schema={}, style="matrix"),
        PARAMETER,
        {"name": "p", "in": "query", "schema": {}},
        [("DOC040", PARAMETER + "/style")],
    ),
    "parameter of two media types": (
        parameter(content={"text/plain": {}, "application/json": {"schema": {}}}),
        PARAMETER + "/content",
        {"application/json": {"schema": {}}},
        [("DOC040", PARAMETER + "/content")],
    ),
    "the same parameter twice": (
        operation(parameters=[{"name": "p", "in": "query", "schema": {}}] * 2),
        OPERATION + "/parameters",
        [{"name": "p", "in": "query", "schema": {}}],
        [("DOC040", OPERATION + "/parameters/1")],
    ),
    "variable without a parameter": (
        {"paths": {"/a/{id}": {"get": GET}}},
        "/paths/~1a~1{id}/get/parameters",
        [ID],
        [("DOC040", "/paths/~1a~1{id}/get")],
    ),
    "parameter without a variable": (
        operation(parameters=[ID]),
        OPERATION + "/parameters",
        [],
        [("DOC040", PARAMETER)],
    ),
    "variable and parameter of different names": (
        {"paths": {"/a/{petId}": {"get": {**GET, "parameters": [ID]}}}},
        "/paths/~1a~1{petId}/get/parameters",
        [{**ID, "name": "petId"}],
        [("DOC040", "/paths/~1a~1{petId}/get/parameters/0")],
    ),
    "path of another template": (
        {
            "paths": {
                "/a/{id}": {"parameters": [ID], "get": GET},
                "/b/{b}": {"$ref": "#/paths/~1a~1{id}"},
                "/c/{id}": {"$ref": "#/paths/~1a~1{id}"},
            }
        },
        "/paths",
        {
            "/a/{id}": {"parameters": [ID], "get": GET},
            "/b/{b}": {"parameters": [], "get": {**GET, "parameters": [{**ID, "name": "b"}]}},
            "/c/{id}": {"$ref": "#/paths/~1a~1{id}"},
        },
        [("DOC040", "/paths/~1b~1{b}/get"), ("DOC040", "/paths/~1b~1{b}/parameters/0")],
    ),
    "optional in the path": (
        {"paths": {"/a/{id}": {"get": {**GET, "parameters": [{**ID, "required": False}]}}}},
        "/paths/~1a~1{id}/get/parameters/0",
        ID,
        [("DOC040", "/paths/~1a~1{id}/get/parameters/0/required")],
    ),
    "operationId of another": (
        {
            "paths": {
                "/b": {"get": {**GET, "operationId": "x"}},
                "/a": {"get": {**GET, "operationId": "x"}},
            }
        },
        "/paths/~1b/get",
        GET,
        [("DOC040", "/paths/~1b/get/operationId")],
    ),
    "security scheme that is not there": (
        operation(security=[{"gone": []}, {}]),
        OPERATION + "/security",
        [{}],
        [("DOC040", OPERATION + "/security/0")],
    ),
    "scopes that are none": (
        {
            "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
            "security": [{"key": None}],
        },
        "/security",
        [{"key": []}],
        [("DOC040", "/security/0/key")],
    ),
    "schema that is not there": (schema(**{"$ref": "#/gone"}), A, {}, [("DOC041", A + "/$ref")]),
    "schema that is itself": (schema(**{"$ref": "#" + A}), A, {}, [("DOC041", A + "/$ref")]),
    "schema that is a response": (
        {
            "components": {
                "schemas": {"A": {"$ref": "#/components/responses/B"}},
                "responses": {"B": {"description": "b"}},
            }
        },
        A,
        {},
        [("DOC041", A + "/$ref")],
    ),
    "response that is not there": (
        responds({"$ref": "#/gone"}),
        RESPONSE,
        BYTES,
        [("DOC041", RESPONSE + "/$ref")],
    ),
    "body that is not there": (
        operation(requestBody={"$ref": "#/gone"}),
        OPERATION + "/requestBody",
        {"content": {"application/json": {}}},
        [("DOC041", OPERATION + "/requestBody/$ref")],
    ),
    "parameter that is not there": (
        operation(parameters=[{"$ref": "#/gone"}]),
        OPERATION + "/parameters",
        [],
        [("DOC041", PARAMETER + "/$ref")],
    ),
    "path that is not there": (
        {"paths": {"/a": {"$ref": "#/gone"}}},
        "/paths",
        {},
        [("DOC043", "/paths/~1a/$ref")],
    ),
    "mapping to what is not there": (
        schema(oneOf=[{}], discriminator={"propertyName": "t", "mapping": {"a": "#/gone"}}),
        A + "/discriminator/mapping",
        {},
        [("DOC040", A + "/discriminator/mapping/a")],
    ),
    "default mapping to what is not there": (
        schema(oneOf=[{}], discriminator={"propertyName": "t", "defaultMapping": "#/gone"}),
        A + "/discriminator",
        {"propertyName": "t"},
        [("DOC040", A + "/discriminator/defaultMapping")],
    ),
    "reference to definitions": (
        {"definitions": {"B": {"type": "string"}}, **schema(**{"$ref": "#/definitions/B"})},
        "/components/schemas",
        {"A": {"$ref": "#/components/schemas/B"}, "B": {"type": "string"}},
        [("DOC040", "/definitions")],
    ),
    "paths of a reference": (
        {"paths": {"$ref": "#/x-paths"}, "x-paths": {"/a": {"get": GET}}},
        "/paths",
        {"/a": {"get": GET}},
        [("DOC040", "/paths/$ref")],
    ),
    "operation of a reference": (
        {"paths": {"/a": {"get": {"$ref": "#/x-get", "summary": "s"}}}, "x-get": GET},
        OPERATION,
        {**GET, "summary": "s"},
        [("DOC040", OPERATION + "/$ref")],
    ),
    "operation that is not there": (
        {"paths": {"/a": {"get": {"$ref": "#/gone"}}}},
        "/paths/~1a",
        {},
        [("DOC043", OPERATION)],
    ),
    "body of 2.0": (
        operation(parameters=[{"name": "b", "in": "body", "schema": {"type": "integer"}}]),
        OPERATION,
        {
            **GET,
            "parameters": [],
            "requestBody": {"content": {"application/json": {"schema": {"type": "integer"}}}},
        },
        [("DOC040", PARAMETER)],
    ),
    "body of 2.0 beside a body": (
        operation(parameters=[{"name": "b", "in": "body"}], requestBody={"content": {}}),
        OPERATION,
        {**GET, "parameters": [], "requestBody": {"content": {}}},
        [("DOC040", PARAMETER)],
    ),
    "form of 2.0": (
        operation(
            parameters=[
                {"name": "f", "in": "formData", "type": "file"},
                {"name": "n", "in": "formData", "type": "integer", "required": True},
            ]
        ),
        OPERATION + "/requestBody/content/multipart~1form-data/schema",
        {
            "type": "object",
            "properties": {"f": {"type": "string", "format": "binary"}, "n": {"type": "integer"}},
            "required": ["n"],
        },
        [("DOC040", PARAMETER), ("DOC040", OPERATION + "/parameters/1")],
    ),
    "shared body of 2.0": (
        {
            "paths": {"/a": {"parameters": [{"$ref": "#/components/parameters/B"}], "get": GET}},
            "components": {"parameters": {"B": {"name": "b", "in": "body", "schema": {}}}},
        },
        "/paths/~1a",
        {
            "parameters": [],
            "get": {**GET, "requestBody": {"content": {"application/json": {"schema": {}}}}},
        },
        [
            ("DOC040", "/paths/~1a/parameters/0"),
            ("DOC040", "/components/parameters/B/in"),
        ],
    ),
    "recursion of 2019-09": (
        schema(**{"$recursiveAnchor": True, "items": {"$recursiveRef": "#"}}),
        A,
        {"items": {"$ref": "#" + A}},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_becomes_of_what_is_broken(case: str) -> None:
    fields, pointer, expected, said = CASES[case]
    tree, found = mended(document(**fields))
    assert at(tree, pointer) == expected
    assert found == said


VALID = document(
    tags=[{"name": "t"}],
    paths={
        "/a/{id}": {
            "parameters": [ID],
            "get": {**GET, "tags": ["t", "u"], "security": [{"key": []}, {}]},
            "x-note": 5,
        }
    },
    components={
        "schemas": {
            "A<B>": {"type": ["string", "null"], "default": None, "x-any": {"$ref": "#/gone"}},
            "[C]": {"$ref": "#/components/schemas/A%3CB%3E"},
            "No": False,
        },
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
    },
)


def test_what_is_valid_stays_as_it_is() -> None:
    tree, said = mended(VALID)
    assert tree == lift(VALID)
    assert said == []


def test_what_moves_up_in_a_list_keeps_its_place() -> None:
    listed: list[Any] = [
        5,
        {"name": "p", "in": "query", "schema": {"type": "string", "default": 1}},
    ]
    _, said = mended(document(**operation(parameters=listed)))
    assert said == [("DOC040", PARAMETER), ("DOC042", PARAMETER + "/schema/default")]


def test_a_place_that_moved_up_is_told_by_its_line() -> None:
    listed: list[Any] = [
        5,
        {"name": "p", "in": "query", "schema": {"type": "string", "default": 1}},
    ]
    text = json.dumps(document(**operation(parameters=listed)), indent=1)
    source, collector = JsonSource("openapi.json", text), Collector()
    mend(Document(lift(source.parse()), source), collector)
    line = collector.diagnostics[-1].location.line
    assert '"default": 1' in text.splitlines()[line - 1]
