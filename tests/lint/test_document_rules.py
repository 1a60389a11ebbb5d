"""What the fragments of rules on documents, paths, operations and security don't show."""

from time import process_time
from typing import Any

import pytest

from specloom import lint
from specloom.document.load import Document
from specloom.document.pointer import join
from specloom.document.source import JsonSource

INFO = {"title": "Things", "version": "1"}
DONE = {"200": {"description": "Done."}}


def found(code: str, **fields: Any) -> list[tuple[str, str]]:
    """Where a rule finds something in a document of these fields, and what it says."""
    tree = {"openapi": "3.2.0", "info": INFO, **fields}
    checks = tuple(check for check in lint.CHECKS if check.rule.code == code)
    findings = lint.find(Document(tree, JsonSource("things.json", "")), checks)
    return [(finding.pointer, finding.message) for _, finding in findings]


def places(code: str, **fields: Any) -> list[str]:
    return [pointer for pointer, _ in found(code, **fields)]


def operation(**fields: Any) -> dict[str, Any]:
    return {"responses": DONE, **fields}


def in_path(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema or {"type": "string"}}


@pytest.mark.parametrize(
    "identifier",
    ["MIT", "GPL-2.0+", "LicenseRef-ours", "DocumentRef-a:LicenseRef-b", "(MIT OR (ISC AND 0BSD))"],
)
def test_spdx_expression(identifier: str) -> None:
    info = INFO | {"license": {"name": "Ours", "identifier": identifier}}
    assert places("OAS105", info=info) == []


@pytest.mark.parametrize(
    "identifier", ["", "MIT ISC", "MIT OR", "(MIT", "MIT) OR (MIT", "OR MIT", "MIT/ISC"]
)
def test_no_spdx_expression(identifier: str) -> None:
    info = INFO | {"license": {"name": "Ours", "identifier": identifier}}
    assert places("OAS105", info=info) == ["/info/license/identifier"]


@pytest.mark.parametrize(
    "text", ["`" * 100_001, "<a on" * 20_000, "<a " + "on " * 30_000, "```x" * 25_001 + "<script"]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    start = process_time()
    found("OAS110", info=INFO | {"description": text + "eval("})
    found("OAS111", info=INFO | {"description": text + "eval("})
    assert process_time() - start < 1


def test_property_called_description_is_no_text() -> None:
    example = {"description": "<script>"}
    schema = {"properties": {"description": {"const": "eval("}}, "examples": [example]}
    assert places("OAS110", components={"schemas": {"Thing": schema}}) == []


def test_operations_are_found_behind_references_and_under_methods_of_any_name() -> None:
    item = {"get": operation(), "additionalOperations": {"COPY": operation()}}
    paths = {"/things/{id}": {"$ref": "#/components/pathItems/Things"}}
    place = "/components/pathItems/Things"
    expected = [f"{place}/get", f"{place}/additionalOperations/COPY"]
    for code in ("OAS201", "OAS308"):
        assert places(code, paths=paths, components={"pathItems": {"Things": item}}) == expected


def test_parameter_of_the_path_may_stand_beside_a_reference_to_it() -> None:
    paths = {"/{id}": {"$ref": "#/components/pathItems/Id", "parameters": [in_path("id")]}}
    components = {"pathItems": {"Id": {"get": operation()}}}
    assert places("OAS201", paths=paths, components=components) == []


def test_servers_of_all_paths_and_operations_are_enough() -> None:
    servers = [{"url": "/v1"}]
    paths = {
        "/a": {"servers": servers, "get": operation()},
        "/b": {"get": operation(servers=servers)},
    }
    assert places("OAS130", paths=paths) == []
    assert places("OAS130", paths=paths | {"/c": {"get": operation()}}) == ["/paths"]


def test_what_is_the_same_everywhere_is_told_once() -> None:
    paths = {f"/{name}": {"get": operation(tags=["Things"])} for name in "abc"}
    message = "tag 'Things' is not defined at the top"
    assert found("OAS304", paths=paths) == [("/paths/~1a/get/tags/0", message)]


def test_no_tag_defined_at_all_is_told_once() -> None:
    paths = {f"/{name}": {"get": operation(tags=[name])} for name in "abc"}
    message = "the document defines no tags, its operations use 3"
    assert found("OAS304", paths=paths) == [("/paths", message)]
    assert len(places("OAS304", paths=paths, tags=[{"name": "a"}])) == 2


def test_no_tag_described_at_all_is_told_once() -> None:
    tags = [{"name": name} for name in "ab"]
    assert found("OAS141", tags=tags) == [("/tags", "none of the 2 tags has a description")]
    assert places("OAS141", tags=[*tags, {"name": "c", "description": "C."}]) == [
        "/tags/0",
        "/tags/1",
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("A List<String, one = 1> of names.", False),
        ("Where a <b once = 2 is so.", False),
        ("<b class='x' onclick='go()'>here</b>", True),
        ("<img onerror=go()>", True),
    ],
)
def test_only_an_attribute_of_html_is_a_script(text: str, *, runs: bool) -> None:
    assert bool(places("OAS110", info=INFO | {"description": text})) == runs


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("OAS301", "11 of 12 operations have no operationId"),
        ("OAS303", "11 of 12 operations have no summary and no description"),
        ("OAS308", "11 of 12 operations have no tag"),
    ],
)
def test_what_most_operations_lack_is_told_once(code: str, message: str) -> None:
    whole = {"get": operation(operationId="a", summary="A", tags=["a"])}
    paths = {"/whole": whole, **{f"/{name}": {"get": operation()} for name in "abcdefghijk"}}
    assert found(code, paths=paths) == [("/paths", message)]
    del paths["/k"]
    assert len(places(code, paths=paths)) == len("abcdefghij")


def test_lists_without_an_end_are_told_once() -> None:
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    answer = {
        "200": {"description": "", "content": {"application/json": {"schema": {"type": "array"}}}}
    }
    paths = {f"/{name}": {"get": {"parameters": [page], "responses": answer}} for name in "ab"}
    assert places("OAS331", paths=paths) == ["/paths/~1a/get/responses/200"]


def test_operation_of_a_webhook_needs_no_id() -> None:
    assert places("OAS301", webhooks={"made": {"post": operation()}}) == []


def test_missing_401_is_told_once_where_most_operations_lack_it() -> None:
    refused = {"400": {"description": "Bad."}}
    paths = {f"/{name}": {"get": {"responses": DONE | refused}} for name in "ab"}
    message = "2 of 2 operations that ask for a key document no 401"
    assert found("OAS809", paths=paths, security=[{"key": []}]) == [("/paths", message)]
    paths["/c"] = {"get": {"responses": DONE | {"401": {"description": "Who?"}}}}
    assert places("OAS809", paths=paths, security=[{"key": []}]) == ["/paths"]
    paths["/d"] = paths["/c"]
    assert len(places("OAS809", paths=paths, security=[{"key": []}])) == 2
    assert places("OAS809", paths=paths, security=[{"key": []}, {}]) == []


@pytest.mark.parametrize(("status", "missing"), [("default", False), ("405", False), ("400", True)])
def test_an_operation_may_have_but_one_answer_or_be_gone(status: str, *, missing: bool) -> None:
    paths = {"/a": {"get": {"responses": {status: {"description": "This is all."}}}}}
    assert bool(places("OAS401", paths=paths)) == missing


@pytest.mark.parametrize(("text", "unbounded"), [("From 1 to 100.", False), ("How many.", True)])
def test_bounds_in_prose_are_told_by_another_rule(text: str, *, unbounded: bool) -> None:
    limit = {"name": "limit", "in": "query", "description": text, "schema": {"type": "integer"}}
    paths = {f"/{name}": {"get": operation(parameters=[limit])} for name in "ab"}
    assert len(places("OAS330", paths=paths)) == unbounded, "told once"
    assert bool(places("OAS594", paths=paths)) != unbounded


def time_fields(*schemas: Any) -> dict[str, Any]:
    fields = [{"properties": {"made_at": {"type": "string", **schema}}} for schema in schemas]
    return {"schemas": dict(zip("ABC", fields, strict=False))}


def test_of_two_texts_the_one_without_format_is_to_blame() -> None:
    components = time_fields({}, {}, {"format": "date-time"})
    assert places("OAS341", components=components) == ["/components/schemas/A/properties/made_at"]


def test_format_of_a_time_may_be_said_by_another_part() -> None:
    components = time_fields({"format": "date-time"}, {})
    schemas = components["schemas"]
    schemas["B"] = {"allOf": [{"$ref": "#/components/schemas/A"}, schemas["B"]]}
    assert places("OAS341", components=components) == []


def test_paths_are_ambiguous_only_for_a_method_of_both() -> None:
    paths = {
        "/things/{id}": {"get": operation(parameters=[in_path("id")])},
        "/{kind}/mine": {"post": operation(parameters=[in_path("kind")])},
    }
    assert places("OAS224", paths=paths) == []
    paths["/{kind}/mine"]["get"] = operation(parameters=[in_path("kind")])
    message = "/things/{id} and /{kind}/mine both match /things/mine"
    assert found("OAS224", paths=paths) == [("/paths/~1things~1{id}", message)]


@pytest.mark.parametrize(
    ("schema", "ambiguous"),
    [({"format": "uuid"}, False), ({"enum": ["a", "b"]}, False), ({"enum": ["mine"]}, True)],
)
def test_values_of_a_variable_keep_paths_apart(schema: dict[str, Any], *, ambiguous: bool) -> None:
    paths = {
        "/things/{id}": {"get": operation(parameters=[in_path("id", **schema)])},
        "/{kind}/mine": {"get": operation(parameters=[in_path("kind")])},
    }
    assert bool(places("OAS224", paths=paths)) == ambiguous


def test_scheme_may_be_named_by_a_uri() -> None:
    security: list[Any] = [{"#/components/securitySchemes/key": []}, {"kye": []}]
    assert places("OAS801", paths={}, security=security) == ["/security/1/kye"]


def test_a_reference_to_a_scheme_is_a_use() -> None:
    components = {"securitySchemes": {"key": {"type": "http", "scheme": "basic"}}}
    security: list[Any] = [{"#/components/securitySchemes/key": []}]
    fields = {"paths": {"/a": {"get": operation()}}, "components": components}
    assert places("OAS120", **fields) == ["/components/securitySchemes/key"]
    assert places("OAS120", **fields, security=security) == []


def test_operations_behind_a_reference_are_the_api_s_and_callbacks_are_not() -> None:
    callback = {"called": {"{$request.body#/url}": {"post": operation()}}}
    components = {"pathItems": {"Things": {"get": operation(callbacks=callback)}}}
    paths = {"/things": {"$ref": "#/components/pathItems/Things"}}
    expected = ["/components/pathItems/Things/get/responses"]
    assert places("OAS404", paths=paths, components=components) == expected


def paged(**fields: Any) -> dict[str, Any]:
    things = {"type": "array", "items": {}}
    lists = dict.fromkeys(fields.pop("lists", ["data"]), things)
    content = {"application/json": {"schema": {"properties": lists}}}
    responses = {"200": {"description": "Done.", "content": content}}
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    return {"/things": {"parameters": [page], "get": {"responses": responses}}}


def test_pages_may_be_asked_for_by_a_parameter_of_the_path() -> None:
    assert places("OAS331", paths=paged()) == ["/paths/~1things/get/responses/200"]


def test_of_several_lists_nobody_knows_which_has_pages() -> None:
    assert places("OAS331", paths=paged(lists=["data", "more_data"])) == []
    assert places("OAS331", paths=paged(lists=["data", "others"])) == []


def test_a_parameter_of_the_path_may_choose_a_stream() -> None:
    content: dict[str, Any] = {"application/json": {}, "text/event-stream": {}}
    get = {"responses": {"200": {"description": "Done.", "content": content}}}
    stream = {"name": "stream", "in": "query", "schema": {"type": "boolean"}}
    place = "/paths/~1things/get/responses/200/content"
    assert places("OAS420", paths={"/things": {"parameters": [stream], "get": get}}) == [place]


@pytest.mark.parametrize(
    ("text", "is_script"),
    [
        ("~~~\n<script>\n~~~", False),
        ("a\n\n  ~~~html\n<script>\n  ~~~\nb", False),
        ("a ~~~ <script> ~~~", True),
        ("<svg/onload=alert(1)>", True),
        ('<a href="/x" onclick=go()>', True),
        ("<b>one</b> on=1", False),
    ],
)
def test_scripts_in_text(text: str, *, is_script: bool) -> None:
    info = {**INFO, "description": text}
    assert bool(places("OAS110", info=info, paths={})) == is_script


def test_link_leads_through_a_reference_of_a_path() -> None:
    link = {
        "operationRef": "#/paths/~1things~1%7Bid%7D/get",
        "parameters": {"id": "1", "path.id": "1", "header.id": "1"},
    }
    add = {"post": {"responses": {"201": {"description": "Done.", "links": {"it": link}}}}}
    paths = {"/things": add, "/things/{id}": {"$ref": "#/components/pathItems/Thing"}}
    item = {"parameters": [in_path("id")], "get": operation(operationId="getThing")}
    components = {"pathItems": {"Thing": item}}
    assert places("OAS317", paths=paths, components=components) == []
    place = "/paths/~1things/post/responses/201/links/it/parameters/header.id"
    assert places("OAS318", paths=paths, components=components) == [place]


@pytest.mark.parametrize(
    "name",
    [
        "application/json", "Application/JSON; charset=utf-8", "*/*", "text/*", "application/gzip",
        "application/zip", "application/bson", "application/jsonl", "application/geo+json",
        "application/vnd.api+json", "text/xml", "image/jpg", "application/x-json", "x-world/x-vrml",
        "application/vnd.github.v3.star+json", "application/json-patch+json", "text/x-markdown",
    ],
)  # fmt: skip
def test_media_types_that_are_some(name: str) -> None:
    body: dict[str, Any] = {"content": {name: {"schema": {}}}}
    paths = {"/a": {"post": operation(requestBody=body)}}
    assert places("OAS623", paths=paths) + places("OAS624", paths=paths) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("json", "OAS623"),
        ("application", "OAS623"),
        ("application/json,text/json", "OAS623"),
        ("application json", "OAS623"),
        ("aplication/json", "OAS624"),
        ("multipart/form_data", "OAS624"),
        ("application/x-www-form-url-encoded", "OAS624"),
        ("application/octect-stream", "OAS624"),
        ("text/even-stream", "OAS624"),
    ],
)
def test_media_types_that_are_none(name: str, code: str) -> None:
    body: dict[str, Any] = {"content": {name: {"schema": {}}}}
    place = join("/paths/~1a/post/requestBody/content", name)
    assert places(code, paths={"/a": {"post": operation(requestBody=body)}}) == [place]


def test_tag_of_a_kind_of_its_own_may_be_unused() -> None:
    tags = [{"name": "Pages", "x-traitTag": True}, {"name": "Things"}]
    paths = {"/a": {"get": operation()}}
    assert places("OAS142", paths=paths, tags=tags) == ["/tags/1"]


def test_extensions_beside_a_reference_are_let_be() -> None:
    reference = {"$ref": "#/components/responses/Done", "x-note": "", "headers": {}}
    paths = {"/a": {"get": {"responses": {"200": reference}}}}
    responses = {"responses": {"Done": DONE["200"]}}
    expected = ["/paths/~1a/get/responses/200/headers"]
    assert places("OAS150", paths=paths, components=responses) == expected


def test_what_several_uses_lead_to_is_told_once() -> None:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    done = {"200": {"description": "Done.", "content": content}}
    paths = {f"/{name}": {"get": {"responses": done}} for name in "ab"}
    components: dict[str, Any] = {"schemas": {"Thing": {"properties": {"id": {}}}}}
    assert places("OAS410", paths=paths, components=components) == ["/components/schemas/Thing"]


def test_question_mark_within_braces_begins_no_query() -> None:
    assert places("OAS221", paths={"/a/{b?}": {}, "/a?b": {}}) == ["/paths/~1a?b"]
