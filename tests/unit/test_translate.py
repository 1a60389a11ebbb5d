"""An operation of a document becomes a method that a Python programmer would expect."""

from __future__ import annotations

import json
from typing import Any

import pytest

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.ir import Answer, Argument, Body, Content, Encoding, Kind, Method, Package, Paging
from specloom.translate import translate
from specloom.translate.servers import base_url
from specloom.translate.types import Types

JSON = "application/json"
PET = {"$ref": "#/components/schemas/Pet"}
EVENTS = {"itemSchema": {"properties": {"data": {"contentSchema": PET}}}}
BYTES = {"type": "string", "format": "binary"}
SCHEMAS = {
    "Pet": {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string", "description": " Its name. "}},
    },
    "Named": {"allOf": [PET, {"required": ["tag"], "properties": {"tag": {"type": "string"}}}]},
    "Either": {"oneOf": [PET, {"type": "string"}]},
    "Kind": {"type": "string", "enum": ["a", "b"]},
    "Short": {"allOf": [{"type": "string"}, {"maxLength": 5}]},
}


def translated(paths: dict[str, Any], **more: Any) -> Package:
    tree = {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": SCHEMAS},
    }
    return said(tree | more, Collector())


def said(tree: dict[str, Any], collector: Collector) -> Package:
    document = Document(tree, JsonSource("api.json", json.dumps(tree)))
    return translate(document, ClientSettings("dist", "pkg", "Client", "out"), collector)


def methods(**operation: Any) -> tuple[Method, ...]:
    """The methods of one untagged operation."""
    given = {"operationId": "doIt", "responses": {"204": {"description": "done"}}}
    return translated({"/x": {"post": given | operation}}).methods


def method(**operation: Any) -> Method:
    (only,) = methods(**operation)
    return only


def body(media_type: str, schema: Any, *, required: bool = True) -> dict[str, Any]:
    return {"required": required, "content": {media_type: {"schema": schema}}}


def answering(**contents: Any) -> dict[str, Any]:
    return {
        status[1:]: {"description": "", "content": content} for status, content in contents.items()
    }


@pytest.mark.parametrize(
    ("schema", "read", "given"),
    [
        ({}, "Any", "Any"),
        (True, "Any", "Any"),
        ({"type": "integer"}, "int", "int"),
        ({"type": "number"}, "float", "float"),
        ({"type": "null"}, "None", "None"),
        ({"type": ["null", "string"]}, "str | None", "str | None"),
        ({"type": "string", "format": "date-time"}, "DateTime", "DateTime"),
        ({"type": "string", "format": "date"}, "date", "date"),
        ({"type": "string", "format": "binary"}, "bytes", "bytes"),
        ({"type": "string", "format": "uuid"}, "str", "str"),
        ({"enum": ["a", 1, None]}, "Literal['a', 1] | None", "Literal['a', 1] | None"),
        ({"const": "a"}, "Literal['a']", "Literal['a']"),
        ({"enum": ["a", "a", 1, True]}, "Literal['a', 1, True]", "Literal['a', 1, True]"),
        ({"anyOf": [{"const": "a"}, {"enum": ["a", "b"]}]}, "Literal['a', 'b']", None),
        ({"enum": [1.5]}, "Any", "Any"),
        ({"type": "array", "items": {"type": "integer"}}, "list[int]", "Sequence[int]"),
        ({"type": "array"}, "list[Any]", "Sequence[Any]"),
        ({"type": "object"}, "dict[str, Any]", "Mapping[str, Any]"),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            "dict[str, int]",
            "Mapping[str, int]",
        ),
        (PET, "models.Pet", "models.Pet | Mapping[str, object]"),
        ({"$ref": "#/components/schemas/Kind"}, "models.Kind", "models.Kind"),
        ({"anyOf": [PET, {"type": "null"}]}, "models.Pet | None", None),
        ({"oneOf": [{"type": "string"}, {"type": "string"}, {}]}, "Any", "Any"),
        ({"allOf": [PET]}, "models.Pet", None),
        ({"allOf": [{"type": "string"}, {"maxLength": 5}]}, "str", "str"),
        ({"allOf": [True, {"$ref": "#/components/schemas/Kind"}]}, "models.Kind", "models.Kind"),
        ({"$ref": "#/components/schemas/Short"}, "models.Short", "models.Short"),
        ({"$ref": "#/paths/~1x"}, "Any", "Any"),
    ],
)
def test_a_schema_is_said_as_a_type(schema: Any, read: str, given: str | None) -> None:
    types = Types({"components": {"schemas": SCHEMAS}}, {name: name for name in SCHEMAS})
    assert read == types.read(schema)
    if given is not None:
        assert given == types.given(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 9}, "Annotated[int, Field(ge=1, le=9)]"),
        ({"type": "number", "exclusiveMinimum": 0.5}, "Annotated[float, Field(gt=0.5)]"),
        (
            {"type": ["string", "null"], "maxLength": 3},
            "Annotated[str | None, Field(max_length=3)]",
        ),
        (
            {"type": "array", "items": {}, "minItems": 1},
            "Annotated[list[Any], Field(min_length=1)]",
        ),
        # A bound on one of several kinds, or on a value that is no text any more, can't be checked.
        ({"type": ["integer", "string"], "minimum": 1}, "int | str"),
        ({"type": "string", "format": "date-time", "maxLength": 30}, "DateTime"),
        ({"type": "string", "minimum": 1}, "str"),
    ],
)
def test_bounds_are_checked_where_python_can(schema: Any, expected: str) -> None:
    assert expected == Types({}, {}).constrained(schema)


def test_required_arguments_come_first() -> None:
    parameters = [
        {"name": "a", "in": "query", "schema": {}},
        {"name": "b", "in": "query", "required": True, "schema": {}},
    ]
    assert [item.name for item in method(parameters=parameters).arguments] == ["b", "a"]


def test_the_fields_of_an_object_body_are_arguments() -> None:
    found = method(requestBody=body(JSON, {"$ref": "#/components/schemas/Named"}))
    assert (
        Argument("name", "str", required=True, description="Its name."),
        Argument("tag", "str", required=True, description=""),
    ) == (found.arguments)
    assert Body(
        JSON, "models.Named", required=True, arguments=(("name", "name"), ("tag", "tag"))
    ) == (found.operation.body)


def test_an_optional_body_requires_none_of_its_fields() -> None:
    found = method(requestBody=body(JSON, PET, required=False))
    assert [item.required for item in found.arguments] == [False]


@pytest.mark.parametrize(
    ("media_type", "schema", "expected"),
    [
        (JSON, {"type": "array", "items": PET}, "Sequence[models.Pet | Mapping[str, object]]"),
        (JSON, {"$ref": "#/components/schemas/Either"}, "models.Either | Mapping[str, object]"),
        ("*/*", {"type": "array", "items": PET}, "Sequence[models.Pet | Mapping[str, object]]"),
        ("application/x-ndjson", {"type": "array", "items": {"type": "integer"}}, "Iterable[int]"),
        ("application/x-ndjson", {}, "str | FileContent"),
        ("text/plain", {"type": "string"}, "str | FileContent"),
        ("text/plain; charset=utf-8", {}, "str | FileContent"),
        ("text/plain; charset=iso-8859-1", {}, "FileContent"),
        ("application/atom+xml", {}, "str | FileContent"),
        ("application/octet-stream", {}, "FileContent"),
        ("image/*", {}, "FileTypes"),
        ("*/*", {"type": "string", "format": "binary"}, "FileTypes"),
        ("multipart/related", {"type": "string"}, "FileTypes"),
        ("multipart/form-data", {}, "Mapping[str, object]"),
        ("image/png", {"type": "string", "format": "binary"}, "FileContent"),
    ],
)
def test_any_other_body_is_one_argument(media_type: str, schema: Any, expected: str) -> None:
    found = method(requestBody=body(media_type, schema))
    assert [("body", expected)] == [(item.name, item.annotation) for item in found.arguments]


def names_by_media_type(content: dict[str, Any]) -> dict[str, str]:
    found = methods(requestBody={"content": content})
    return {one.operation.body.media_type: one.name for one in found if one.operation.body}


def test_each_media_type_of_a_body_has_a_method_and_the_preferred_one_the_plain_name() -> None:
    text = {"schema": {"type": "string"}}
    content = {
        "text/xml": text,
        "application/xml": text,
        "text/csv": text,
        "image/*": {},
        "application/octet-stream": {},
        "application/x-www-form-urlencoded": {"schema": PET},
        "multipart/form-data": {"schema": PET},
        "application/vnd.pet+json; v=1": {"schema": PET},
    }
    expected = {
        "application/vnd.pet+json; v=1": "do_it",
        "multipart/form-data": "do_it_as_multipart",
        "application/x-www-form-urlencoded": "do_it_as_form",
        "application/xml": "do_it_as_xml",
        "text/csv": "do_it_as_csv",
        "text/xml": "do_it_as_text_xml",
        "application/octet-stream": "do_it_as_octet_stream",
        "image/*": "do_it_as_image",
    }
    assert names_by_media_type(content) == expected
    assert names_by_media_type(dict(reversed(content.items()))) == expected


def test_media_types_that_send_the_same_have_one_method() -> None:
    same = {kind: {"schema": PET} for kind in ("text/json", JSON, f"{JSON}; charset=utf-8", "*/*")}
    assert names_by_media_type(same) == {JSON: "do_it"}
    same["text/json"] = {"schema": {"type": "integer"}}
    assert names_by_media_type(same) == {JSON: "do_it", "text/json": "do_it_as_json"}


def test_a_method_that_streams_has_one_beside_it_for_each_media_type_too() -> None:
    found = methods(
        requestBody={"content": {JSON: {"schema": PET}, "text/plain": {}}},
        responses=answering(_200={JSON: {"schema": PET}, "text/event-stream": EVENTS}),
    )
    assert [(one.name, one.kind) for one in found] == [
        ("do_it", Kind.VALUE),
        ("stream_do_it", Kind.STREAM),
        ("do_it_as_text", Kind.VALUE),
        ("stream_do_it_as_text", Kind.STREAM),
    ]
    assert len({one.operation.function for one in found}) == 4


def test_the_name_of_another_operation_is_left_to_it() -> None:
    two = {"requestBody": {"content": {JSON: {"schema": PET}, "text/plain": {}}}, "responses": DONE}
    package = translated(
        {
            "/a": {"post": two | {"operationId": "a"}},
            "/b": {"get": {"operationId": "a_as_text", "responses": DONE}},
        }
    )
    assert [item.name for item in package.methods] == ["a", "a_as_text_plain", "a_as_text"]


def test_binary_parts_are_files() -> None:
    binary = {"type": "string", "format": "binary"}
    properties = {
        "one": binary,
        "nullable": {"anyOf": [binary, {"type": "null"}]},
        "either": {"oneOf": [binary, {"type": "array", "items": binary}]},
        "encoded": {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"},
        "many": {"type": "array", "items": binary},
        "typed": {"type": "string", "contentMediaType": "image/png"},
        "json": {"type": "string", "contentMediaType": JSON},
        "text": {"type": "string"},
    }
    found = method(requestBody=body("multipart/form-data; x=y", {"properties": properties}))
    assert [item.annotation for item in found.arguments] == [
        "FileTypes",
        "FileTypes | None",
        "FileTypes | Sequence[FileTypes]",
        "Base64",
        "Sequence[FileTypes]",
        "FileTypes",
        "str",
        "str",
    ]
    assert found.operation.body is not None
    assert found.operation.body.files == ("one", "nullable", "either", "many", "typed")
    assert found.operation.body.encodings == (Encoding("encoded", "image/png"),)


@pytest.mark.parametrize(
    ("schema", "content_type", "expected"),
    [
        ({"type": "string"}, "application/sdp", "str"),
        ({"type": "string"}, "image/png, image/jpeg", "FileTypes"),
        ({"type": "string"}, "image/png, text/plain", "str"),
        ({"type": "object"}, "application/xml", "FileTypes"),
        ({"type": "object"}, JSON, "Mapping[str, Any]"),
        ({"type": "array", "items": {}}, "image/*", "Sequence[FileTypes]"),
    ],
)
def test_a_part_is_a_file_if_its_media_type_holds_no_text(
    schema: Any, content_type: str, expected: str
) -> None:
    media = {
        "schema": {"properties": {"p": schema}},
        "encoding": {"p": {"contentType": content_type}},
    }
    found = method(requestBody={"content": {"multipart/form-data": media}})
    assert [item.annotation for item in found.arguments] == [expected]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"type": "string", "format": "binary"}, "Any"),
        ({"type": "string", "format": "binary", "minLength": 1}, "dict[str, Any]"),
        ({"type": "object", "contentMediaType": "application/xml"}, "dict[str, Any]"),
    ],
)
def test_parts_are_checked_unless_a_file_could_not_stand_empty(part: Any, expected: str) -> None:
    media = {"schema": {"properties": {"p": part}}}
    sent = method(requestBody={"content": {"multipart/form-data": media}}).operation.body
    assert sent is not None
    assert expected == sent.annotation


def test_what_may_be_given_for_a_component_is_found_in_bounded_time() -> None:
    def link(number: int) -> dict[str, Any]:
        after = {"$ref": f"#/components/schemas/S{number + 1}"}
        return {"oneOf": [after, {"type": "array", "items": after}]}

    schemas: dict[str, Any] = {f"S{number}": link(number) for number in range(60)}
    schemas["S60"] = {"type": "object"}
    types = Types({"components": {"schemas": schemas}}, {name: name for name in schemas})
    start = {"$ref": "#/components/schemas/S0"}
    assert len(types.given(start)) < 1000
    assert not types.allows_null({"anyOf": [{"$ref": "#/components/schemas/S50"}]})


def test_equal_names_are_told_apart_by_their_place() -> None:
    parameters = [
        {"name": name, "in": place, "schema": {}}
        for name, place in [("id", "path"), ("id", "query"), ("query_id", "query"), ("x", "query")]
    ]
    schema: dict[str, Any] = {"properties": {"id": {}, "x": {}, "only": {}}}
    found = method(parameters=parameters, requestBody=body(JSON, schema))
    sent = {
        item.argument: (item.location.value, item.name_wire) for item in found.operation.parameters
    }
    assert sent == {
        "id": ("path", "id"),
        "query_id_": ("query", "id"),
        "query_id": ("query", "query_id"),
        "query_x": ("query", "x"),
    }
    assert found.operation.body is not None
    assert found.operation.body.arguments == (("body_id", "id"), ("body_x", "x"), ("only", "only"))
    assert len(found.arguments) == len({item.name for item in found.arguments})


@pytest.mark.parametrize(
    ("responses", "kind", "returns"),
    [
        ({"204": {"description": ""}}, Kind.VALUE, "None"),
        (answering(_200={JSON: {"schema": PET}}), Kind.VALUE, "models.Pet"),
        (answering(_200={JSON: {"schema": PET}}, _201={}), Kind.VALUE, "models.Pet | None"),
        (answering(_200={"text/plain": {}}), Kind.VALUE, "str"),
        (answering(_200={"image/png": {}}), Kind.BINARY, "bytes"),
        (
            answering(_200={"image/png": {}, JSON: {"schema": PET}}),
            Kind.VALUE,
            "bytes | models.Pet",
        ),
        (answering(_default={JSON: {"schema": PET}}), Kind.VALUE, "models.Pet"),
        (answering(_204={}, _default={JSON: {"schema": PET}}), Kind.VALUE, "None"),
        (answering(_2XX={JSON: {"schema": PET}}), Kind.VALUE, "models.Pet"),
        (answering(_200={JSON: {}}, _201={JSON: {"schema": PET}}), Kind.VALUE, "Any"),
        (
            answering(_200={"text/event-stream": EVENTS}),
            Kind.STREAM,
            "models.Pet",
        ),
        (
            answering(_200={"text/event-stream": EVENTS | {"x-event-stream": {"tag": "kind"}}}),
            Kind.STREAM,
            "models.Pet | UnknownEvent",
        ),
        (answering(_200={"text/event-stream": {}}), Kind.STREAM, "ServerSentEvent"),
        (answering(_200={"application/jsonl": {"itemSchema": PET}}), Kind.STREAM, "models.Pet"),
        (answering(_200={"application/jsonl": {"schema": BYTES}}), Kind.BINARY, "bytes"),
        (answering(_200={"image/png": {}}, _204={}), Kind.BINARY, "bytes"),
        (answering(_200={"*/*": {"schema": PET}}), Kind.VALUE, "models.Pet"),
        (answering(_200={"*/*": {"schema": BYTES}}), Kind.BINARY, "bytes"),
        (answering(_204={JSON: {"schema": PET}}), Kind.VALUE, "None"),
        (answering(_302={}, _404={}), Kind.VALUE, "None"),
        (answering(_302={}, _304={JSON: {}}, _default={JSON: {}}), Kind.VALUE, "None"),
        (answering(_4XX={JSON: {"schema": PET}}), Kind.VALUE, "None"),
        (
            answering(_200={f"{JSON};v=1": {"schema": PET}, f"{JSON};v=2": {"schema": BYTES}}),
            Kind.VALUE,
            "models.Pet | bytes",
        ),
    ],
)
def test_what_comes_back_is_said_by_the_successful_answers(
    responses: dict[str, Any], kind: Kind, returns: str
) -> None:
    found = method(responses=responses)
    assert (kind, returns) == (found.kind, found.returns)


def test_a_value_is_asked_for_as_json_if_that_says_all_of_it() -> None:
    same = {"schema": PET}
    content = {JSON: same, "application/xml": same, "text/plain": same, "text/yaml": {}}
    found = method(responses=answering(_200={**content, "text/html": {}}))
    assert [part.media_type for part in found.operation.answers[0].contents] == [JSON, "text/html"]
    anything: dict[str, Any] = {"schema": True}
    both = method(responses=answering(_200={JSON: anything, "image/png": anything}))
    assert len(both.operation.answers[0].contents) == 2


def test_head_gives_no_body_whatever_is_said_of_it() -> None:
    answers = answering(_200={JSON: {"schema": PET}})
    (found,) = translated({"/a": {"head": {"responses": answers}}}).methods
    assert found.returns == "None"


def test_json_without_events_around_it_says_what_separates_it() -> None:
    for media_type, separator in (("application/x-ndjson", "\n"), ("application/json-seq", "\x1e")):
        (content,) = (
            method(responses=answering(_200={media_type: {}})).operation.answers[0].contents
        )
        assert content.stream is not None
        assert (content.stream.separator, content.stream.annotation) == (separator, "Any")


BOTH = answering(_200={JSON: {"schema": PET}, "text/event-stream": EVENTS}, _202={})


def test_json_or_a_stream_is_two_methods_with_the_answers_of_each() -> None:
    value, stream = methods(operationId="createIt", responses=BOTH)
    assert (value.name, value.kind) == ("create_it", Kind.VALUE)
    assert (stream.name, stream.kind) == ("stream_it", Kind.STREAM)
    assert (Answer("200", (Content(JSON, "models.Pet"),)), Answer("202", ())) == (
        value.operation.answers
    )
    assert [answer.status for answer in stream.operation.answers] == ["200"]


def test_a_status_that_only_streams_is_no_answer_of_the_other_method() -> None:
    responses = answering(_200={"text/event-stream": EVENTS}, _202={JSON: {"schema": PET}})
    value, _ = methods(responses=responses)
    assert value.returns == "models.Pet"


def test_the_selected_field_is_set_by_the_method() -> None:
    value, stream = methods(
        responses=BOTH,
        requestBody=body(JSON, {"properties": {"stream": {"type": "boolean"}, "n": {}}}),
        **{"x-stream-selector": {"field": "stream", "stream": True, "json": False}},
    )
    assert [[item.name for item in one.arguments] for one in (value, stream)] == [["n"], ["n"]]
    chosen = [repr(one.operation.body.constants) for one in (value, stream) if one.operation.body]
    assert chosen == ["(('stream', False),)", "(('stream', True),)"]


@pytest.mark.parametrize(
    ("flag", "is_set"),
    [
        ({"type": "boolean"}, True),
        ({"type": ["boolean", "null"], "default": False}, True),
        ({"type": "string"}, False),
        ({}, False),
    ],
)
def test_a_flag_called_stream_chooses_the_stream(flag: dict[str, Any], *, is_set: bool) -> None:
    body_of = body(JSON, {"properties": {"stream": flag, "n": {}}})
    value, stream = methods(requestBody=body_of, responses=BOTH)
    chosen = [one.operation.body.constants for one in (value, stream) if one.operation.body]
    assert chosen == ([(("stream", False),), (("stream", True),)] if is_set else [(), ()])
    only = method(requestBody=body_of, responses=answering(_200={JSON: {"schema": PET}}))
    assert "stream" in [argument.name for argument in only.arguments]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, False),
        ({"type": ["string", "null"]}, True),
        ({"enum": ["a", None]}, True),
        ({"enum": ["a"]}, False),
        ({"const": "a"}, False),
        ({"anyOf": [PET, {"type": "null"}]}, True),
        ({"allOf": [PET]}, False),
        (PET, False),
        ({"$ref": "#/components/schemas/Either"}, False),
        ({}, True),
        (True, True),
    ],
)
def test_what_may_be_left_out_may_be_null_only_if_the_schema_says_so(
    schema: Any, *, expected: bool
) -> None:
    named = {"required": ["b"], "properties": {"a": schema, "b": {"type": "string"}}}
    sent = method(requestBody=body(JSON, named)).operation.body
    assert sent is not None
    assert sent.not_null == (() if expected else ("a",))


@pytest.mark.parametrize("schema", [{}, True, {"contentMediaType": "application/octet-stream"}])
def test_a_file_without_a_type_is_never_null(schema: Any) -> None:
    parts = {"required": ["a"], "properties": {"a": schema, "b": schema}}
    found = method(requestBody=body("multipart/form-data", parts))
    assert [argument.annotation for argument in found.arguments] == ["FileTypes", "FileTypes"]
    assert found.operation.body
    assert set(found.operation.body.not_null) == {"a", "b"}


@pytest.mark.parametrize("schema", [{"example": "a"}, {"enum": ["a"]}, {"allOf": [PET]}])
def test_a_part_of_which_something_is_said_is_no_file(schema: Any) -> None:
    parts = body("multipart/form-data", {"properties": {"a": schema}})
    found = method(requestBody=parts)
    assert "FileTypes" not in found.arguments[0].annotation


def test_a_schema_that_holds_itself_may_be_null_as_far_as_it_says() -> None:
    schema = {"anyOf": [{"$ref": "#/components/schemas/Loop"}, {"type": "string"}]}
    types = Types({"components": {"schemas": {"Loop": schema}}}, {})
    assert types.allows_null(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"default": 20}, "20"),
        ({"default": "a"}, "'a'"),
        ({"default": True}, "True"),
        ({"default": None}, None),
        ({"default": [1]}, None),
        ({"$ref": "#/components/schemas/Sized"}, "7"),
        (True, None),
    ],
)
def test_an_argument_says_what_the_server_takes_without_it(
    schema: Any, expected: str | None
) -> None:
    components = {"components": {"schemas": {"Sized": {"type": "integer", "default": 7}}}}
    optional = {"name": "a", "in": "query", "schema": schema}
    required = optional | {"name": "b", "required": True}
    operation = {
        "parameters": [required, optional],
        "requestBody": body(JSON, {"properties": {"c": schema}}),
        "responses": DONE,
    }
    (found,) = translated({"/x": {"post": operation}}, **components).methods
    assert [item.default for item in found.arguments] == [None, expected, expected]


def test_a_schema_that_is_a_component_may_be_a_boolean() -> None:
    parameter = {"name": "p", "in": "query", "schema": {"$ref": "#/components/schemas/Anything"}}
    package = translated(
        {"/a": {"get": {"parameters": [parameter], "responses": {}}}},
        components={"schemas": {"Anything": True}},
    )
    (argument,) = package.methods[0].arguments
    assert argument.default is None


def paged(word: dict[str, Any], schema: Any, *, default: object = None) -> Paging:
    """How an operation pages by the query parameter `p-age`, beside a path parameter."""
    parameters = [
        {"name": "p-age", "in": "path", "required": True, "schema": {}},
        {"name": "p-age", "in": "query", "schema": {"default": default} if default else {}},
    ]
    found = method(
        parameters=parameters,
        responses=answering(_200={JSON: {"schema": schema}}),
        **{"x-pagination": word},
    )
    assert found.paging is not None
    return found.paging


PETS = {"type": "object", "properties": {"pets": {"type": "array", "items": PET}}}


def test_an_operation_that_pages_has_a_walk_through_its_pages() -> None:
    found = paged({"page": "p-age", "items": "/pets", "more": "/more"}, PETS)
    assert found == Paging(
        name="iter_do_it",
        constant="_ITER_DO_IT",
        item="models.Pet",
        by="query_p_age",
        items="/pets",
        start=1,
        counts_items=False,
        next=None,
        more="/more",
    )


@pytest.mark.parametrize(
    ("word", "default", "expected"),
    [
        ({"page": "p-age"}, None, (1, False, None)),
        ({"page": "p-age"}, 3, (3, False, None)),
        ({"offset": "p-age"}, None, (0, True, None)),
        ({"cursor": "p-age", "next": "/n"}, "first", (0, False, "/n")),
    ],
)
def test_a_walk_begins_with_what_the_server_takes_for_the_first_page(
    word: dict[str, Any], default: object, expected: object
) -> None:
    found = paged({"items": "/pets"} | word, PETS, default=default)
    assert expected == (found.start, found.counts_items, found.next)


@pytest.mark.parametrize(
    ("pointer", "schema", "expected"),
    [
        ("", {"type": "array", "items": {"type": "integer"}}, "int"),
        ("/pets", {"allOf": [PETS]}, "models.Pet"),
        ("/a/b", {"properties": {"a": {"properties": {"b": {"type": "array"}}}}}, "Any"),
        ("/a", {"oneOf": [PETS]}, "Any"),
        ("/a/b", True, "Any"),
    ],
)
def test_the_type_of_the_items_is_said_where_it_is_known(
    pointer: str, schema: Any, expected: str
) -> None:
    assert expected == paged({"page": "p-age", "items": pointer}, schema).item


def test_only_a_method_that_gives_a_page_has_a_walk() -> None:
    word = {"x-pagination": {"page": "p", "items": "/a"}}
    parameters = [{"name": "p", "in": "query", "schema": {}}]
    stream = answering(_200={"text/event-stream": EVENTS})
    assert method(parameters=parameters, responses=stream, **word).paging is None
    value, streaming = methods(parameters=parameters, responses=BOTH, **word)
    assert (value.paging is not None, streaming.paging) == (True, None)


def test_an_operation_is_idempotent_where_the_document_says_so() -> None:
    said = [method(**word).operation.is_idempotent for word in ({"x-idempotent": True}, {})]
    assert said == [True, None]


def test_a_stream_knows_which_events_carry_text_and_which_replace_it() -> None:
    order = {
        "tag": "t",
        "text": {"event": "piece", "field": "a"},
        "replacement": {"event": "new", "field": "b"},
    }
    found = method(
        responses=answering(_200={"text/event-stream": EVENTS | {"x-event-stream": order}})
    )
    stream = found.operation.answers[0].contents[0].stream
    assert stream is not None
    assert stream.text == (("piece", "a"), ("new", "b"))
    assert stream.replacements == ("new",)


def test_operations_go_to_the_resource_of_their_first_tag_in_the_order_of_tags() -> None:
    done = {"responses": {"204": {"description": ""}}}
    package = translated(
        {
            "/a": {"get": {"operationId": "a", "tags": ["new", "old"]} | done},
            "/b": {"get": {"operationId": "b", "tags": ["old"]} | done, "put": done},
        },
        tags=[{"name": "old", "description": "Old ones."}, {"name": "unused"}],
    )
    assert [
        (resource.attribute, resource.description, [item.name for item in resource.methods])
        for resource in package.resources
    ] == [("old", "Old ones.", ["b"]), ("new", "", ["a"])]
    assert [item.name for item in package.methods] == ["put_b"]
    assert len(package.operation_ids) == 3


def test_only_alternatives_that_can_be_met_are_asked_for() -> None:
    schemes = {"key": {"type": "apiKey", "in": "query", "name": "k"}, "tls": {"type": "mutualTLS"}}
    done = {"responses": {"204": {"description": ""}}}
    package = translated(
        {"/a": {"get": done | {"security": [{"tls": []}, {"key": []}, {}]}, "put": done}},
        components={"schemas": {}, "securitySchemes": schemes},
        security=[{"key": []}],
    )
    assert [scheme.name_wire for scheme in package.security_schemes] == ["key"]
    assert package.security == (("key",),)
    assert [item.operation.security for item in package.methods] == [(("key",), ()), None]


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        (None, None),
        (
            [{"url": "https://a.example.com/v1/"}, {"url": "https://b.example.com"}],
            "https://a.example.com/v1",
        ),
        ([{"url": "/v1"}], None),
        ([{"url": "/v1"}, {"url": "https://b.example.com"}], "https://b.example.com"),
        ([{"url": "https://a.example.com/v1?key=1#top"}], "https://a.example.com/v1"),
        ([{"url": "https://user@a.example.com"}], None),
        ([{"url": "https://a.example.com:99999"}], None),
        ([{"url": "https://{place}.example.com"}], None),
        (
            [{"url": "https://a.example.com/{v}", "variables": {"v": {"enum": ["1", "2"]}}}],
            "https://a.example.com/1",
        ),
        ([{"url": "ftp://a.example.com"}], None),
        ([{"url": "https://[bad"}], None),
        (
            [{"url": "https://{place}.example.com", "variables": {"place": {"default": "eu"}}}],
            "https://eu.example.com",
        ),
    ],
)
def test_the_first_server_is_the_base_url_if_it_is_absolute(
    servers: Any, expected: str | None
) -> None:
    assert expected == base_url(servers)


DONE = {"204": {"description": ""}}


def found(paths: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """What is lost in translation: severity, code and place."""
    tree = {"openapi": "3.2.0", "info": {"title": "T", "version": "1"}, "paths": paths} | more
    collector = Collector()
    said(tree, collector)
    return [
        (one.severity.value, one.rule.code, one.location.pointer) for one in collector.diagnostics
    ]


def test_an_operation_is_itself_whatever_id_another_has() -> None:
    package = translated(
        {
            "/x": {"get": {"responses": DONE}},
            "/y": {"get": {"operationId": "get /x", "responses": DONE}},
        }
    )
    assert [(item.name, item.operation.path) for item in package.methods] == [
        ("get_x", "/x"),
        ("get_x_", "/y"),
    ]


def test_a_method_of_its_own_is_sent_as_written() -> None:
    package = translated(
        {"/x": {"get": {"responses": DONE}, "additionalOperations": {"Copy": {"responses": DONE}}}}
    )
    assert [(item.name, item.operation.method) for item in package.methods] == [
        ("get_x", "GET"),
        ("copy_x", "Copy"),
    ]


TLS = {"components": {"securitySchemes": {"tls": {"type": "mutualTLS"}}}}


def test_a_scheme_that_the_client_does_not_know_is_a_warning() -> None:
    paths = {"/a": {"get": {"security": [{"tls": []}], "responses": DONE}}}
    assert found(paths, **TLS) == [("warning", "GEN010", "/paths/~1a/get/security")]
    undeclared = {"/a": {"get": {"security": [{"other": []}], "responses": DONE}}}
    assert found(undeclared, **TLS) == [("warning", "GEN010", "/paths/~1a/get/security")]
    open_too = {"/a": {"get": {"security": [{"tls": []}, {}], "responses": DONE}}}
    assert found(open_too, **TLS) == []


def test_a_scheme_that_the_client_does_not_know_is_left_to_its_caller() -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "query", "name": "k"},
        "tls": {"type": "mutualTLS"},
        "digest": {"type": "http", "scheme": "digest"},
    }
    alternatives = [{"tls": [], "key": []}, {"digest": []}]
    package = translated(
        {"/a": {"get": {"security": alternatives, "responses": DONE}}},
        components={"schemas": {}, "securitySchemes": schemes},
    )
    assert [item.operation.security for item in package.methods] == [(("key",), ())]


def test_a_key_that_is_held_is_sent_where_none_is_needed() -> None:
    schemes = {"key": {"type": "apiKey", "in": "query", "name": "k"}}
    package = translated(
        {}, components={"securitySchemes": schemes}, security=[{}, {"key": []}, {"key": []}]
    )
    assert package.security == (("key",), ())


def test_security_of_the_document_counts_where_an_operation_has_none() -> None:
    inheriting = {"/a": {"get": {"responses": DONE}, "put": {"responses": DONE}}}
    assert found(inheriting, security=[{"tls": []}], **TLS) == [("warning", "GEN010", "/security")]
    own = {"/a": {"get": {"security": [], "responses": DONE}}}
    assert found(own, security=[{"tls": []}], **TLS) == []


def test_a_parameter_that_cannot_be_sent_is_an_error() -> None:
    form = {"name": "q", "in": "formData", "schema": {}}
    paths = {"/a": {"get": {"parameters": [form], "responses": DONE}}}
    assert found(paths) == [("error", "GEN002", "/paths/~1a/get/parameters/0")]


@pytest.mark.parametrize(
    ("required", "expected"), [(True, ("error", "GEN002")), (False, ("warning", "GEN010"))]
)
def test_a_header_that_can_not_be_is_left_out_if_it_may_be(
    required: bool,  # noqa: FBT001
    expected: tuple[str, str],
) -> None:
    header = {"name": "header param", "in": "header", "required": required, "schema": {}}
    paths = {"/a": {"get": {"parameters": [header], "responses": DONE}}}
    assert found(paths) == [(*expected, "/paths/~1a/get/parameters/0")]
    assert method(parameters=[header]).arguments == ()


def test_a_whole_query_is_one_argument() -> None:
    query = {"name": "q", "in": "querystring", "content": {JSON: {"schema": PET}}}
    (sent,) = method(parameters=[query]).operation.parameters
    assert (sent.argument, sent.location.value, sent.content_type) == ("q", "querystring", JSON)


def test_a_body_that_is_taken_as_text_or_bytes_is_a_warning_if_there_is_no_other() -> None:
    content: dict[str, Any] = {"application/xml": {"schema": PET}}
    paths = {"/a": {"additionalOperations": {"COPY": {"requestBody": {"content": content}}}}}
    paths["/a"]["additionalOperations"]["COPY"]["responses"] = DONE
    place = "/paths/~1a/additionalOperations/COPY/requestBody/content/application~1xml"
    known = {"components": {"schemas": SCHEMAS}}
    assert found(paths, **known) == [("warning", "GEN010", place)]
    content[JSON] = {"schema": PET}
    assert found(paths, **known) == []


@pytest.mark.parametrize(
    "said", [{"itemSchema": {}}, {"prefixEncoding": [{}], "schema": {"type": "array"}}]
)
def test_a_body_whose_parts_have_an_order_is_taken_as_bytes(said: dict[str, Any]) -> None:
    operation = {"requestBody": {"content": {"multipart/mixed": said}}, "responses": DONE}
    place = "/paths/~1a/post/requestBody/content/multipart~1mixed"
    assert found({"/a": {"post": operation}}) == [("warning", "GEN010", place)]
    (argument,) = method(**operation).arguments
    assert argument.annotation == "FileTypes"


def test_a_part_without_its_header_is_a_warning() -> None:
    headers = {"X-Sent": {"schema": {"const": "a"}}, "X-Unsent": {"schema": {}}}
    media = {"schema": {"properties": {"p": {}}}, "encoding": {"p": {"headers": headers}}}
    content = {"multipart/form-data": media}
    paths = {"/a": {"post": {"requestBody": {"content": content}, "responses": DONE}}}
    place = "/paths/~1a/post/requestBody/content/multipart~1form-data"
    assert found(paths) == [("warning", "GEN010", f"{place}/encoding/p/headers/X-Unsent")]
    sent = method(requestBody={"content": content}).operation.body
    assert sent is not None
    assert sent.encodings == (Encoding("p", "", headers=(("X-Sent", "a"),)),)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ({}, ()),
        ({"contentType": "text/csv"}, (Encoding("p", "text/csv"),)),
        ({"explode": False}, (Encoding("p", "", "form", explode=False),)),
        (
            {"style": "deepObject", "explode": True, "contentType": "text/csv"},
            (Encoding("p", "", "deepObject"),),
        ),
        ({"style": "pipeDelimited"}, (Encoding("p", "", "pipeDelimited", explode=False),)),
        ({"allowReserved": True}, (Encoding("p", "", "form", allow_reserved=True),)),
    ],
)
def test_the_encoding_of_a_property_is_kept(encoding: Any, expected: Any) -> None:
    media = {"schema": {"properties": {"p": {"type": "string"}}}, "encoding": {"p": encoding}}
    sent = method(requestBody={"content": {"multipart/form-data": media}}).operation.body
    assert sent is not None
    assert expected == sent.encodings


def test_a_server_of_an_operation_that_is_no_whole_url_is_a_warning() -> None:
    paths = {"/a": {"get": {"servers": [{"url": "/v2"}], "responses": DONE}}}
    assert found(paths) == [("warning", "GEN010", "/paths/~1a/get/servers")]
    assert found(paths, **{"$self": "https://a.example.com/api.json"}) == []


@pytest.mark.parametrize(
    ("media_type", "media", "losses"),
    [
        ("text/event-stream", EVENTS, 0),
        ("text/event-stream", {}, 0),
        ("text/event-stream", {"schema": {"type": "string"}}, 0),
        ("text/event-stream", {"itemSchema": True}, 0),
        ("text/event-stream", {"itemSchema": {"properties": {"data": {"type": "string"}}}}, 0),
        ("text/event-stream", {"itemSchema": {"oneOf": [EVENTS["itemSchema"], {}]}}, 1),
        ("text/event-stream", {"schema": {"anyOf": [PET, {"type": "string"}]}}, 1),
        ("application/x-ndjson", {"itemSchema": PET}, 0),
        ("multipart/mixed", {"itemSchema": PET}, 1),
        ("application/xml", {"schema": PET}, 1),
        ("application/xml", {"schema": {"type": "string"}}, 0),
        ("text/plain", {"schema": {"type": "integer"}}, 1),
        ("application/octet-stream", {"schema": BYTES}, 0),
        ("*/*", {"schema": PET}, 0),
    ],
)
def test_an_answer_that_is_given_as_less_than_it_is_said_to_be_is_a_warning(
    media_type: str, media: dict[str, Any], losses: int
) -> None:
    responses = answering(_200={media_type: media})
    place = f"/paths/~1a/get/responses/200/content/{media_type.replace('/', '~1')}"
    paths = {"/a": {"get": {"responses": responses}}}
    assert found(paths, components={"schemas": SCHEMAS}) == [("warning", "GEN010", place)] * losses


def test_events_that_may_be_anything_are_streamed() -> None:
    events = {"itemSchema": {"properties": {"data": {"contentSchema": True}}}}
    assert method(responses=answering(_200={"text/event-stream": events})).returns == "Any"
