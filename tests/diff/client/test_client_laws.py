"""What holds of the changes between any two clients."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom import diff, pipeline
from specloom.config import load_project
from specloom.diagnostics import Collector
from specloom.diff.client import changes
from specloom.diff.slices import slices
from specloom.document.load import Document
from specloom.document.source import JsonSource
from specloom.normalize import normalize
from specloom.translate import translate
from specloom.translate.surface import surface

if TYPE_CHECKING:
    from specloom.ir import Surface

HERE = Path(__file__).parent
CASES = sorted(file.name.removesuffix(".new.yaml") for file in HERE.glob("*.new.yaml"))
NAMES = ("Pet", "Owner", "pet", "Shop")
CLIENT = load_project(HERE / "prose-changed.old.yaml", Collector()).client

PARTS = st.one_of(
    st.sampled_from([{"type": "string"}, {"type": ["integer", "null"]}, {"enum": ["a", "b"]}, {}]),
    st.sampled_from([{"$ref": f"#/components/schemas/{name}"} for name in NAMES]),
    st.just({"type": "object", "properties": {"x": {"type": "string"}}}),
)
MODELS = st.one_of(
    st.dictionaries(st.sampled_from(["a", "b", "a-b", "kind"]), PARTS, min_size=1).map(
        lambda found: {"type": "object", "properties": found, "required": sorted(found)[:1]}
    ),
    st.lists(PARTS, min_size=1, max_size=2).map(lambda found: {"oneOf": found}),
    PARTS.map(lambda found: {"type": "array", "items": found}),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents whose operations take and give any of a few models."""
    paths = {
        f"/{name.lower()}/{at}": {
            "post": {
                "operationId": draw(st.sampled_from([f"add{name}", f"make_{name}"])) + str(at),
                "tags": [draw(st.sampled_from(["shop", "Shop", "pets"]))],
                "requestBody": {"content": {"application/json": {"schema": draw(PARTS)}}},
                "responses": {
                    "200": {
                        "description": "It worked.",
                        "content": {
                            "application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
                        },
                    }
                },
            }
        }
        for at, name in enumerate(NAMES)
    }
    content = {"application/json": {"schema": draw(PARTS)}}
    told = {"requestBody": {"content": content}, "responses": {"200": {"description": "Heard."}}}
    return {
        "openapi": "3.2.0",
        "info": {"title": "Any", "version": "1"},
        "paths": paths,
        "webhooks": {"told": {"post": told}},
        "components": {"schemas": {name: draw(MODELS) for name in NAMES}},
    }


def document(tree: dict[str, Any]) -> Document:
    return Document(tree, JsonSource("openapi.json", "{}"))


def client(tree: dict[str, Any]) -> Surface:
    normal = normalize(document(tree))
    return surface(translate(normal, CLIENT, Collector()), normal)


@given(documents())
@settings(max_examples=40)
def test_nothing_changes_between_a_client_and_itself(tree: dict[str, Any]) -> None:
    assert changes(client(tree), client(copy.deepcopy(tree))) == []


@given(documents(), st.sampled_from(NAMES))
@settings(max_examples=40)
def test_a_component_renamed_is_told_of_the_client_alone(tree: dict[str, Any], name: str) -> None:
    text = json.dumps(tree).replace(f"#/components/schemas/{name}", "#/components/schemas/Renamed")
    new = json.loads(text)
    schemas = new["components"]["schemas"]
    schemas["Renamed"] = schemas.pop(name)
    assert diff.changes(document(tree), document(new)) == []
    found = changes(client(tree), client(new))
    assert any(change.breaking for change in found)
    assert "models.Renamed" in {change.where for change in found}


@given(documents(), documents(), st.data())
@settings(max_examples=30)
def test_slices_tell_what_the_whole_documents_do(
    old: dict[str, Any], other: dict[str, Any], data: st.DataObject
) -> None:
    """The other document in some places, the old one elsewhere."""
    new = copy.deepcopy(old)
    for kind, names in (("paths", list(old["paths"])), ("components", list(NAMES))):
        into, out = (
            tree["paths"] if kind == "paths" else tree["components"]["schemas"]
            for tree in (new, other)
        )
        for name in data.draw(st.sets(st.sampled_from(names), max_size=1)):
            into[name] = out[name]
    parts = slices(old, new)
    assert changes(*map(client, parts)) == changes(client(old), client(new))


@pytest.mark.parametrize("case", CASES)
def test_the_pairs_come_to_the_same_by_slices(case: str) -> None:
    old, new = (load_project(HERE / f"{case}.{side}.yaml", Collector()) for side in ("old", "new"))
    whole = changes(*(pipeline.client_surface(side, Collector()) for side in (old, new)))
    sliced = pipeline.difference(old, new, Collector()).client
    assert sliced is not None
    # What is refused is told from the wire; a model that is no component, of its operation.
    assert {(one.rule, one.message) for one in sliced if not one.because} == {
        (one.rule, one.message) for one in whole
    }
