"""However a document is broken, a client can be made of it, or a place is told that stops it."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.document.lift import lift
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.mend import mend
from specloom.normalize import normalize
from specloom.translate import translate

CLIENT = ClientSettings("d", "p", "C", "o")
PET = {"$ref": "#/components/schemas/Pet"}
OK = {"description": "ok"}


def media(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def component(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1", "license": {"name": "MIT"}},
    "servers": [{"url": "https://{h}.x", "variables": {"h": {"default": "a", "enum": ["a"]}}}],
    "tags": [{"name": "pets", "description": "d"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "parameters": [component("parameters", "Id")],
            "get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [
                    {"name": "h", "in": "header", "schema": {"type": "integer", "default": 3}},
                    {"name": "f", "in": "query", "content": media({"type": "object"})},
                    {
                        "name": "q",
                        "in": "query",
                        "style": "form",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                ],
                "responses": {
                    "200": {
                        **OK,
                        "content": media(PET),
                        "headers": {"X-A": {"schema": {"type": "string"}}},
                        "links": {"next": {"operationId": "addPet"}},
                    },
                    "default": component("responses", "Error"),
                },
            },
            "post": {
                "operationId": "addPet",
                "requestBody": {
                    "required": True,
                    "content": {
                        **media(PET),
                        "multipart/form-data": {
                            "schema": {"properties": {"file": {"type": "string"}}},
                            "encoding": {"file": {"contentType": "image/png"}},
                        },
                    },
                },
                "responses": {"201": {**OK, "content": {"text/event-stream": {"schema": PET}}}},
                "callbacks": {"made": {"{$url}": {"post": {"responses": {"200": OK}}}}},
                "security": [{"key": []}, {}],
            },
        },
        "/form": {"post": {"requestBody": component("requestBodies", "Form"), "responses": {}}},
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "integer", "format": "int64", "readOnly": True},
                    "kind": {"type": "string", "enum": ["cat", "dog"], "default": "cat"},
                    "next": PET,
                    "owner": component("schemas", "Owner"),
                    "extra": {"additionalProperties": {"type": "integer"}},
                    "toy": {
                        "oneOf": [component("schemas", "Ball"), component("schemas", "Bone")],
                        "discriminator": {"propertyName": "t", "mapping": {"b": "Ball"}},
                    },
                    "any": {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 0}]},
                },
            },
            "Owner": {"allOf": [component("schemas", "Base"), {"properties": {"x": {}}}]},
            "Base": {
                "type": "object",
                "discriminator": {"propertyName": "k"},
                "properties": {"k": {"type": "string"}},
                "required": ["k"],
            },
            "Ball": {"type": "object", "properties": {"t": {"type": "string"}}, "required": ["t"]},
            "Bone": {"type": "object", "properties": {"t": {"const": "bone"}}, "required": ["t"]},
        },
        "parameters": {
            "Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
        },
        "responses": {"Error": {**OK, "content": media({"properties": {"m": {}}})}},
        "requestBodies": {
            "Form": {"content": {"application/x-www-form-urlencoded": {"schema": PET}}}
        },
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
    },
    "webhooks": {"w": {"post": {"requestBody": {"content": media(PET)}}}},
    "x-stray": {"A": {"properties": {"b": {"$ref": "#/x-stray/A"}}}},
}
KEYS = ["$ref", "type", "items", "name", "x-a", "a b", "{q}", "", "allOf", "schema", "GET", "enum"]
VALUES: list[Any] = [
    None, True, 0, -1.5, "", "5", [], {}, [None], ["x"], [{}], {"x": {}}, {"$ref": 5},
    {"$ref": "#"}, {"$ref": "#/gone"}, {"$ref": "#/x-stray/A"}, {"$ref": "#/components/schemas"},
    {"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/responses/Error"},
    {"name": "id", "in": "path"}, {"type": "thing"},
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all that is within a value."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    found = [(*path, key) for key, _ in members]
    for key, child in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if isinstance(child, dict | list):
            found += places(child, (*path, key))
    return [place for place in found if place != ("openapi",)]


def holder_of(tree: dict[str, Any], path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        tree = tree[key]
    return tree


@st.composite
def broken(draw: st.DrawFn, base: dict[str, Any] = BASE, most: int = 4) -> dict[str, Any]:
    """A document of which one to four places were replaced, taken out or renamed."""
    tree = copy.deepcopy(base)
    tree["openapi"] = draw(st.sampled_from(["3.0.3", "3.1.0", "3.2.0"]))
    for _ in range(draw(st.integers(1, most))):
        path = draw(st.sampled_from(places(tree)))
        holder = holder_of(tree, path)
        match draw(st.sampled_from(["replace", "swap", "remove", "rename"])):
            case "replace":
                holder[path[-1]] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case "swap":
                other = draw(st.sampled_from(places(tree)))
                holder[path[-1]] = copy.deepcopy(holder_of(tree, other)[other[-1]])
            case "rename" if isinstance(holder, dict):
                holder[draw(st.sampled_from(KEYS))] = holder.pop(path[-1])
            case _:
                del holder[path[-1]]
    return tree


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken())
def test_whatever_is_broken_a_client_can_be_made_or_a_place_is_told(tree: dict[str, Any]) -> None:
    source, collector = JsonSource("openapi.json", json.dumps(tree)), Collector()
    found = Document(lift(tree), source)
    mend(found, collector)
    mended = copy.deepcopy(found.tree)
    mend(found, Collector())
    assert mended == found.tree
    assert all(error.location.pointer for error in collector.errors)
    assert translate(normalize(found), CLIENT, collector).title is not None
