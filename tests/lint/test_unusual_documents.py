"""Documents that nobody would write by hand: rules neither break down at them nor take for ever."""

from itertools import product
from time import process_time
from typing import Any

import pytest

from specloom import lint
from specloom.document.load import Document
from specloom.document.source import JsonSource

DEEP = 1_000


def found(code: str, **fields: Any) -> list[str]:
    """Where a rule finds something in a document of these fields."""
    tree = {"openapi": "3.2.0", "paths": {}, **fields}
    checks = tuple(check for check in lint.CHECKS if check.rule.code == code)
    findings = lint.find(Document(tree, JsonSource("things.json", "{}")), checks)
    return [finding.pointer for _, finding in findings]


def to(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def answering(schema: Any, kind: str = "application/json", **media: Any) -> dict[str, Any]:
    content = {kind: {"schema": schema, **media}}
    return {"/things": {"get": {"responses": {"200": {"description": "", "content": content}}}}}


def seconds(code: str, **fields: Any) -> float:
    start = process_time()
    found(code, **fields)
    return process_time() - start


def test_slash_within_braces() -> None:
    get: dict[str, Any] = {"get": {"responses": {}}}
    assert found("OAS224", paths={"/{a/b}/me": get, "/x/{c}": get}) == ["/paths/~1x~1{c}"]


def test_event_whose_tag_is_no_text() -> None:
    event = {"properties": {"event": {"enum": [{}, "done"]}}}
    item = {"properties": {"data": {"contentSchema": event}}}
    word = {"tag": "event", "ends": ["done", "gone"]}
    media = {"itemSchema": item, "x-event-stream": word}
    content = {"text/event-stream": media}
    paths = {"/things": {"get": {"responses": {"200": {"description": "", "content": content}}}}}
    place = "/paths/~1things/get/responses/200/content/text~1event-stream/x-event-stream/ends/1"
    assert found("OAS901", paths=paths) == [place]


def test_alternatives_of_alternatives_without_end() -> None:
    schemas: dict[str, Any] = {f"A{at}": {"oneOf": [to(f"A{at + 1}")]} for at in range(DEEP)}
    schemas[f"A{DEEP}"] = {"type": "object", "properties": {"a": {}}}
    schemas["Union"] = {"oneOf": [to("A0")], "discriminator": {"propertyName": "kind"}}
    place = "/components/schemas/Union/discriminator/propertyName"
    assert found("OAS502", components={"schemas": schemas}) == [place]
    schemas[f"A{DEEP}"]["properties"] = {"kind": {}}
    assert found("OAS502", components={"schemas": schemas}) == []


def test_properties_of_properties_without_end() -> None:
    schemas: dict[str, Any] = {
        f"A{at}": {"properties": {"a": to(f"A{at + 1}")}} for at in range(DEEP)
    }
    schemas[f"A{DEEP}"] = {"type": "string"}
    fields = {"paths": answering(to("A0")), "components": {"schemas": schemas}}
    assert len(found("OAS607", **fields)) == 1
    schemas[f"A{DEEP}"] = {"const": "a"}
    assert found("OAS607", **fields) == []


@pytest.mark.parametrize("pattern", ["[" * 20_000, "[:" * 10_000])
def test_pattern_of_brackets_alone_is_read_quickly(pattern: str) -> None:
    schemas = {"Thing": {"type": "string", "pattern": pattern}}
    assert seconds("OAS532", components={"schemas": schemas}) < 1


def test_paths_that_all_look_alike_are_compared_with_some() -> None:
    paths: dict[str, Any] = {
        "/" + "/".join(parts): {} for parts in product(["x", "{a}"], repeat=11)
    }
    assert seconds("OAS224", paths=paths) < 4


def test_long_chain_of_bases_is_looked_at_quickly() -> None:
    schemas: dict[str, Any] = {
        f"A{at}": {"allOf": [to(f"A{at + 1}")], "required": ["a"], "properties": {f"p{at}": {}}}
        for at in range(2 * DEEP)
    }
    schemas[f"A{2 * DEEP}"] = {}
    assert seconds("OAS554", components={"schemas": schemas}) < 1


def test_many_schemas_on_one_base_of_many_parts_are_looked_at_quickly() -> None:
    base: dict[str, Any] = {"anyOf": [{"properties": {f"p{at}": {}}} for at in range(3 * DEEP)]}
    heirs = {f"A{at}": {"allOf": [to("Base")], "required": ["a"]} for at in range(300)}
    assert seconds("OAS540", components={"schemas": {"Base": base, **heirs}}) < 1.5


def test_many_names_that_nothing_defines_are_looked_up_quickly() -> None:
    names: dict[str, Any] = {"properties": {f"b{at}": {} for at in range(2 * DEEP)}}
    thing = {**names, "required": [f"a{at}" for at in range(2 * DEEP)]}
    assert seconds("OAS540", components={"schemas": {"Thing": thing}}) < 2
