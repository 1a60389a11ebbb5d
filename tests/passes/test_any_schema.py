"""Laws of normalizing, on any schemas: the same meaning, whatever the order, and stable names."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.config import ClientSettings
from specloom.diagnostics import Collector
from specloom.normalize import normalize
from specloom.translate import translate

from .documents import INSTANCES, document, shuffled, tree_of, trees

if TYPE_CHECKING:
    import random

CLIENT = ClientSettings("d", "p", "C", "out")


def normal(tree: dict[str, Any]) -> dict[str, Any]:
    return normalize(document(copy.deepcopy(tree))).tree


def bodies(tree: dict[str, Any]) -> list[str]:
    inner = "post/responses/200/content/application~1json/schema"
    return [f"/paths/{quote(path, '').replace('%2F', '~1')}/{inner}" for path in tree["paths"]]


@settings(max_examples=40)
@given(tree=trees())
def test_normalizing_keeps_which_instances_are_valid(tree: dict[str, Any]) -> None:
    keeps_validity(tree)


def keeps_validity(tree: dict[str, Any]) -> None:
    out = normal(tree)
    for pointer in bodies(tree):
        before = jsonschema_rs.Draft202012Validator({**tree, "$ref": "#" + pointer})
        after = jsonschema_rs.Draft202012Validator({**out, "$ref": "#" + pointer})
        for instance in INSTANCES:
            assert before.is_valid(instance) == after.is_valid(instance), (pointer, instance)


N = {"$ref": "#/components/schemas/A"}
MAY_BE_NULL = [
    {"type": ["object", "null"], "properties": {"a": {"type": "string"}}},
    {"type": ["object", "null"], "properties": {"a": N}, "required": ["a"]},
    {"type": ["object", "null"], "allOf": [{"properties": {"a": {}}}, {"required": ["a"]}]},
    {"properties": {"a": {"type": "string"}}},
]
USES = [
    {**N, "description": "beside"},
    {"type": "object", "properties": {"a": N}, "additionalProperties": N},
    {"type": ["array", "null"], "items": N, "prefixItems": [N]},
    {"allOf": [N]},
    {"allOf": [N, {"description": "a note"}]},
    {"allOf": [N, {"properties": {"b": {"type": "string"}}}]},
    {"allOf": [N, {"type": "object"}, {"required": ["b"]}]},
    {"allOf": [N], "properties": {"b": {"type": "string"}}},
    {"allOf": [N], "type": "object", "properties": {"b": {"type": "string"}}},
    {"allOf": [N], "type": ["object", "null"], "properties": {"b": {"type": "string"}}},
    {"anyOf": [N, {"type": "string"}]},
    {"oneOf": [N, {"type": "null"}]},
    {"not": N},
]


@pytest.mark.parametrize("use", USES, ids=str)
@pytest.mark.parametrize("component", MAY_BE_NULL, ids=str)
def test_null_is_allowed_where_it_was(component: dict[str, Any], use: dict[str, Any]) -> None:
    tree = tree_of({"A": component, "B": use, "C": {}, "D": {}}, inline=use)
    keeps_validity({**tree, "paths": {path: tree["paths"][path] for path in ("/B", "/inline")}})


@settings(max_examples=40)
@given(tree=trees())
def test_normalizing_twice_changes_nothing(tree: dict[str, Any]) -> None:
    once = normal(tree)
    assert json.dumps(once) == json.dumps(normal(once))


@settings(max_examples=40)
@given(tree=trees(), order=st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_byte(tree: dict[str, Any], order: random.Random) -> None:
    one, other = document(tree), document(shuffled(tree, order))
    one, other = normalize(one), normalize(other)
    assert json.dumps(one.tree) == json.dumps(other.tree)
    assert translate(one, CLIENT, Collector()) == translate(other, CLIENT, Collector())


@settings(max_examples=40)
@given(tree=trees(), added=st.sampled_from(["AA", "Bb", "Zed"]))
def test_what_is_added_renames_nothing(tree: dict[str, Any], added: str) -> None:
    more = copy.deepcopy(tree)
    field = {"type": "object", "properties": {"list": {"properties": {"x": {}}}}}
    more["components"]["schemas"][added] = field
    body = {"application/json": {"schema": field}}
    responses = {"200": {"description": "ok", "content": body}}
    more["paths"]["/0"] = {"get": {"operationId": f"get{added}", "responses": responses}}
    before, after = normal(tree), normal(more)
    assert before["components"]["schemas"].items() <= after["components"]["schemas"].items()
    assert before["paths"].items() <= after["paths"].items()
