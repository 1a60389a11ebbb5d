"""An operation of a document becomes a method that a Python programmer would expect."""

from __future__ import annotations

import json
from typing import Any

import pytest

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.ir import Answer, Argument, Body, Content, Kind, Method, Package, Paging
from specloom.translate import translate
from specloom.translate.servers import base_url
from specloom.translate.types import Types

JSON = "application/json"
PET = {"$ref": "#/components/schemas/Pet"}
EVENTS = {"itemSchema": {"properties": {"data": {"contentSchema": PET}}}}
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
        (JSON, {"$ref": "#/components/schemas/Either"}, "models.Either"),
        ("text/plain", {"type": "string"}, "str"),
        ("text/plain; charset=utf-8", {}, "str"),
        ("application/octet-stream", {}, "FileContent"),
        ("image/png", {"type": "string", "format": "binary"}, "FileContent"),
    ],
)
def test_any_other_body_is_one_argument(media_type: str, schema: Any, expected: str) -> None:
    found = method(requestBody=body(media_type, schema))
    assert [("body", expected)] == [(item.name, item.annotation) for item in found.arguments]


def test_json_is_preferred_and_a_form_to_the_rest() -> None:
    content = {
        kind: {"schema": PET}
        for kind in ("text/csv", "application/x-www-form-urlencoded", "multipart/form-data")
    }
    chosen = method(requestBody={"content": content}).operation.body
    assert chosen is not None
    assert chosen.media_type == "multipart/form-data"
    content["application/vnd.pet+json; v=1"] = {"schema": PET}
    chosen = method(requestBody={"content": content}).operation.body
    assert chosen is not None
    assert chosen.media_type == "application/vnd.pet+json; v=1"


def test_binary_parts_are_files() -> None:
    binary = {"type": "string", "format": "binary"}
    properties = {
        "one": binary,
        "many": {"type": "array", "items": binary},
        "typed": {"type": "string", "contentMediaType": "image/png"},
        "json": {"type": "string", "contentMediaType": JSON},
        "text": {"type": "string"},
    }
    found = method(requestBody=body("multipart/form-data; x=y", {"properties": properties}))
    assert [item.annotation for item in found.arguments] == [
        "FileTypes",
        "Sequence[FileTypes]",
        "FileTypes",
        "str",
        "str",
    ]
    assert found.operation.body is not None
    assert found.operation.body.files == ("one", "many", "typed")


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
            "models.Pet | UnknownEvent",
        ),
        # The runtime reads no JSON lines; their bytes can be read as they come.
        (answering(_200={"application/jsonl": {"itemSchema": PET}}), Kind.BINARY, "bytes"),
    ],
)
def test_what_comes_back_is_said_by_the_successful_answers(
    responses: dict[str, Any], kind: Kind, returns: str
) -> None:
    found = method(responses=responses)
    assert (kind, returns) == (found.kind, found.returns)


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


def test_an_operation_that_no_client_may_call_is_an_error() -> None:
    paths = {"/a": {"get": {"security": [{"tls": []}], "responses": DONE}}}
    assert found(paths, **TLS) == [("error", "GEN001", "/paths/~1a/get/security")]
    open_too = {"/a": {"get": {"security": [{"tls": []}, {}], "responses": DONE}}}
    assert found(open_too, **TLS) == []


def test_security_of_the_document_counts_where_an_operation_has_none() -> None:
    inheriting = {"/a": {"get": {"responses": DONE}, "put": {"responses": DONE}}}
    assert found(inheriting, security=[{"tls": []}], **TLS) == [("error", "GEN001", "/security")]
    own = {"/a": {"get": {"security": [], "responses": DONE}}}
    assert found(own, security=[{"tls": []}], **TLS) == []


def test_a_parameter_that_cannot_be_sent_is_an_error() -> None:
    query = {"name": "q", "in": "querystring", "content": {JSON: {"schema": {}}}}
    paths = {"/a": {"get": {"parameters": [query], "responses": DONE}}}
    assert found(paths) == [("error", "GEN002", "/paths/~1a/get/parameters/0")]


def test_a_media_type_that_is_never_sent_is_a_warning() -> None:
    sent: dict[str, Any] = {"content": {"text/csv": {}, JSON: {}}}
    paths = {"/a": {"additionalOperations": {"COPY": {"requestBody": sent, "responses": DONE}}}}
    place = "/paths/~1a/additionalOperations/COPY/requestBody/content/text~1csv"
    assert found(paths) == [("warning", "GEN010", place)]


@pytest.mark.parametrize(
    ("media_type", "media", "losses"),
    [
        ("text/event-stream", EVENTS, 0),
        ("text/event-stream", {}, 1),
        ("text/event-stream", {"itemSchema": True}, 1),
        ("text/event-stream", {"itemSchema": {"properties": {"data": {"type": "string"}}}}, 1),
        ("text/event-stream", {"itemSchema": {"properties": {"data": True}}}, 1),
        ("application/x-ndjson", {"itemSchema": PET}, 1),
    ],
)
def test_a_stream_without_types_is_bytes_and_a_warning(
    media_type: str, media: dict[str, Any], losses: int
) -> None:
    responses = answering(_200={media_type: media})
    place = f"/paths/~1a/get/responses/200/content/{media_type.replace('/', '~1')}"
    paths = {"/a": {"get": {"responses": responses}}}
    assert found(paths, components={"schemas": SCHEMAS}) == [("warning", "GEN010", place)] * losses
    assert method(responses=responses).kind is (Kind.BINARY if losses else Kind.STREAM)


def test_events_that_may_be_anything_are_streamed() -> None:
    events = {"itemSchema": {"properties": {"data": {"contentSchema": True}}}}
    assert method(responses=answering(_200={"text/event-stream": events})).returns == "Any"
