"""Each pass of normalizing turns a small document into another of the same meaning.

A case is a pair, `<pass>/<case>.in.json` and `.out.json`.
"""

from __future__ import annotations

import copy
import importlib
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.diagnostics import Collector
from specloom.document.load import Document
from specloom.document.pointer import from_reference, resolve, tokens
from specloom.document.source import JsonSource
from specloom.document.validate import validate
from specloom.document.walk import walk
from specloom.normalize import PASSES, normalize

HERE = Path(__file__).parent
CASES = sorted(
    str(path.relative_to(HERE)).removesuffix(".in.json") for path in HERE.glob("*/*.in.json")
)


@lru_cache
def read(file: str) -> Any:
    return json.loads((HERE / file).read_text(encoding="utf-8"))


def document(tree: Any) -> Document:
    text = json.dumps(tree)
    return Document(json.loads(text), JsonSource("case.json", text))


def after(case: str, tree: Any) -> Any:
    """A tree after the case's pass."""
    changed = document(tree)
    importlib.import_module(f"specloom.normalize.{Path(case).parent}").run(changed)
    return changed.tree


@pytest.mark.parametrize("case", CASES)
def test_a_pass_turns_in_into_out(case: str) -> None:
    assert read(f"{case}.out.json") == after(case, read(f"{case}.in.json"))


@pytest.mark.parametrize("case", CASES)
def test_a_pass_changes_nothing_the_second_time(case: str) -> None:
    out = read(f"{case}.out.json")
    assert out == after(case, out)


# What can't be said validly is read all the same.
@pytest.mark.parametrize("case", [case for case in CASES if case != "references/no_schema"])
def test_what_comes_out_is_openapi(case: str) -> None:
    collector = Collector()
    validate(document(read(f"{case}.in.json")), collector)
    validate(document(read(f"{case}.out.json")), collector)
    assert collector.errors == []


@pytest.mark.parametrize("case", CASES)
def test_normalizing_whole_is_idempotent_too(case: str) -> None:
    once = normalize(document(read(f"{case}.in.json")))
    assert once.tree == normalize(once).tree


def test_every_pass_has_a_case() -> None:
    passes = {run.__module__.rpartition(".")[2] for run in PASSES}
    assert passes == {str(Path(case).parent) for case in CASES}


def test_operations_that_stand_at_two_paths_by_reference_are_told_apart() -> None:
    item = {"get": {"operationId": "p", "responses": {}}}
    shared = {"$ref": "#/components/pathItems/P"}
    tree = {"paths": {"/a": shared, "/b": shared}, "components": {"pathItems": {"P": item}}}
    normal = normalize(document(tree)).tree
    assert [item["get"].get("operationId") for item in normal["paths"].values()] == ["p", None]


def test_normalizing_leaves_its_input_alone() -> None:
    tree = read("hoist/nested.in.json")
    before = copy.deepcopy(tree)
    normalize(Document(tree, JsonSource("case.json", "{}")))
    assert before == tree


def test_what_moved_is_still_found_where_it_was_written() -> None:
    text = (HERE / "hoist/nested.in.json").read_text(encoding="utf-8")
    source = JsonSource("case.json", text)
    normal = normalize(Document(source.parse(), source))
    written = "/components/schemas/Pet/properties/list/items"
    found = normal.locate("/components/schemas/PetListItem")
    assert source.position(written) == (found.line, found.column)


# OpenAPI says more than JSON Schema of a discriminator, and of `readOnly` in requests.
KEEPING = [case for case in CASES if not case.startswith(("discriminators/", "read_only/"))]


@pytest.mark.parametrize("case", KEEPING)
@settings(max_examples=40)
@given(choice=st.data())
def test_a_pass_keeps_which_instances_are_valid(case: str, choice: st.DataObject) -> None:
    before, out = read(f"{case}.in.json"), read(f"{case}.out.json")
    for pointer in schemas_in_both(case):
        instance = choice.draw(instances(case))
        assert is_valid(before, pointer, instance) == is_valid(out, pointer, instance), pointer


INHERITED = [
    case
    for case in CASES
    if case.startswith("discriminators/")
    and read(f"{case}.in.json") != read(f"{case}.out.json")
    and "discriminator" in read(f"{case}.out.json")["components"]["schemas"]["Animal"]
]


@pytest.mark.parametrize("case", INHERITED)
@given(choice=st.data())
def test_a_tag_chooses_the_heir_as_openapi_says(case: str, choice: st.DataObject) -> None:
    """Plain JSON Schema knows no discriminator, so the law is that of OAS 3.2 §4.25."""
    before, out = read(f"{case}.in.json"), read(f"{case}.out.json")
    discriminator = out["components"]["schemas"]["Animal"]["discriminator"]
    instance = choice.draw(instances(case))
    tag = instance.get(discriminator["propertyName"]) if isinstance(instance, dict) else None
    targets = {tag: from_reference(place) for tag, place in discriminator["mapping"].items()}
    chosen = targets.get(tag) if isinstance(tag, str) else None
    fits = {
        place: chosen == place and is_valid(before, place.removesuffix("Self"), instance)
        for place in targets.values()
    }
    assert fits == {place: is_valid(out, place, instance) for place in fits}
    assert any(fits.values()) == is_valid(out, "/components/schemas/Animal", instance)


@lru_cache
def schemas_in_both(case: str) -> list[str]:
    """Where both documents have a schema that a pass must not change."""
    before, out = read(f"{case}.in.json"), read(f"{case}.out.json")
    return [
        node.pointer
        for node in walk(before)
        if node.kind == "schema"
        and exists(out, node.pointer)
        and not (is_split(case, node) or is_reduced(case, node))
    ]


def is_split(case: str, node: Any) -> bool:
    """Whether the pass on null moves it from a component to what refers to it."""
    is_component = tokens(node.pointer)[:-1] == ["components", "schemas"]
    may_be_null = isinstance(node.value, dict) and "null" in node.value.get("type", ())
    is_part = "allOf" in tokens(node.pointer)
    return case.startswith("nullable/") and (is_part or (is_component and may_be_null))


def is_reduced(case: str, node: Any) -> bool:
    """Whether the pass on streams keeps of it only what the event's data carries."""
    return case.startswith("streams/") and "itemSchema" in tokens(node.pointer)


def exists(tree: Any, pointer: str) -> bool:
    try:
        resolve(tree, pointer)
    except KeyError:
        return False
    return True


def is_valid(tree: Any, pointer: str, instance: Any) -> bool:
    return validator(json.dumps(tree), pointer).is_valid(instance)


@cache
def validator(text: str, pointer: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {**json.loads(text), "$ref": "#" + quote(pointer, "/~")}
    )


@lru_cache
def instances(case: str) -> st.SearchStrategy[Any]:
    """JSON values made of the words that the case's schemas know."""
    nodes = [node for node in walk(read(f"{case}.out.json")) if isinstance(node.value, dict)]
    schemas = [node.value for node in nodes if node.kind == "schema"]
    names = sorted(
        {name for schema in schemas for name in schema.get("properties", ())} | {"other"}
    )
    known = [
        value for schema in schemas for value in [schema.get("const"), *schema.get("enum", ())]
    ]
    leaves = st.sampled_from([None, True, 0, 7, "", "text", *known])
    return st.recursive(
        leaves,
        lambda inner: (
            st.dictionaries(st.sampled_from(names), inner, max_size=4) | st.lists(inner, max_size=3)
        ),
        max_leaves=8,
    )
