"""A client can be made of some operations only, with what they need and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from specloom.config import Selection
from specloom.diagnostics import Collector, HaltedError, Location
from specloom.document.load import Document
from specloom.document.select import select
from specloom.document.source import JsonSource
from specloom.normalize import normalize
from specloom.settings_place import SettingsPlace

PLACE = SettingsPlace(Path(os.devnull))


def reference(name: str, section: str = "schemas") -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def operation(name: str, tag: str, schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": name,
        "tags": [tag],
        "responses": {"200": {"description": "ok", "content": content}},
    }


def document() -> Document:
    tree: dict[str, Any] = {
        "openapi": "3.2.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/pets": {
                "get": operation("listPets", "pets", reference("Pet")),
                "post": operation("addPet", "pets", reference("Animal")),
            },
            "/pets/{id}": {"get": operation("getPet", "pets", reference("Pet"))},
            "/cars": {"get": operation("listCars", "cars", reference("Car"))},
        },
        "components": {
            "schemas": {
                "Pet": {"type": "object", "properties": {"owner": reference("Owner")}},
                "Owner": {"type": "object", "properties": {"pets": reference("Pet")}},
                "Car": {"type": "object", "properties": {"by": reference("Maker")}},
                "Maker": {"type": "object"},
                "Animal": {"type": "object", "discriminator": {"propertyName": "kind"}},
                "Cat": {"allOf": [reference("Animal")]},
                "Lion": {"allOf": [reference("Cat")]},
                "Unused": {"type": "object"},
            },
            "parameters": {"Page": {"name": "page", "in": "query", "schema": reference("Maker")}},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }
    tree["paths"]["/cars"]["get"]["parameters"] = [reference("Page", "parameters")]
    return Document(tree, JsonSource("openapi.json", "{}"))


def chosen(**selection: Any) -> Document:
    return chosen_of(document(), **selection)


def chosen_of(effective: Document, **selection: Any) -> Document:
    found = normalize(effective)
    select(found, Selection(**selection), PLACE, Collector())
    return found


def operations(found: Document) -> set[str]:
    return {
        value["operationId"] for item in found.tree["paths"].values() for value in item.values()
    }


def test_with_nothing_chosen_everything_stays() -> None:
    assert chosen().tree == normalize(document()).tree


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({"tags": ("cars",)}, {"listCars"}),
        ({"paths": ("/pets",)}, {"listPets", "addPet"}),
        ({"paths": ("/pets*",)}, {"listPets", "addPet", "getPet"}),
        ({"paths": ("/pets/{id}",)}, {"getPet"}),
        ({"ids": ("addPet", "listCars")}, {"addPet", "listCars"}),
        ({"tags": ("cars",), "ids": ("getPet",)}, {"listCars", "getPet"}),
    ],
)
def test_operations_are_chosen_by_tag_path_or_id(
    selection: dict[str, tuple[str, ...]], expected: set[str]
) -> None:
    assert expected == operations(chosen(**selection))


def test_a_path_without_operations_goes() -> None:
    assert list(chosen(tags=("cars",)).tree["paths"]) == ["/cars"]


@pytest.mark.parametrize(
    ("identifier", "schemas"),
    [
        ("listPets", {"Pet", "Owner"}),
        ("listCars", {"Car", "Maker"}),
        # Heirs are reached through the union that their parent became.
        ("addPet", {"Animal", "AnimalBase", "Cat", "CatBase", "Lion"}),
    ],
)
def test_only_what_is_reached_stays(identifier: str, schemas: set[str]) -> None:
    assert schemas == set(chosen(ids=(identifier,)).tree["components"]["schemas"])


def test_what_a_parameter_needs_is_reached() -> None:
    found = document()
    del found.tree["components"]["schemas"]["Car"]["properties"]
    assert {"Car", "Maker"} == chosen_of(found, tags=("cars",)).tree["components"]["schemas"].keys()


def test_security_schemes_stay_since_they_are_named_not_referred_to() -> None:
    assert {"key"} == chosen(tags=("cars",)).tree["components"]["securitySchemes"].keys()


@pytest.mark.parametrize("target", ["Maker", "#/components/schemas/Maker"])
def test_what_a_mapping_names_is_reached(target: str) -> None:
    found = document()
    pet = {"oneOf": [reference("Owner")], "discriminator": {"propertyName": "kind"}}
    pet["discriminator"] = {"propertyName": "kind", "mapping": {"m": target, "far": "a.json#/A"}}
    found.tree["components"]["schemas"]["Pet"] = pet
    left = chosen_of(found, ids=("getPet",)).tree["components"]["schemas"]
    assert {"Pet", "Owner", "Maker"} == left.keys()


def test_a_reference_into_a_component_reaches_it_and_one_elsewhere_none() -> None:
    found = document()
    found.tree["components"]["schemas"]["Owner"] = {
        "properties": {
            "car": {"$ref": "#/components/schemas/Car/properties/by"},
            "all": {"$ref": "#"},
            "path": {"$ref": "#/paths/~1pets/get/responses/200/content/application~1json/schema"},
        }
    }
    select(found, Selection(ids=("listPets",)), PLACE, Collector())
    assert {"Pet", "Owner", "Car", "Maker"} == found.tree["components"]["schemas"].keys()


def test_operations_of_callbacks_are_not_chosen_but_stay_with_their_own() -> None:
    found = document()
    get = found.tree["paths"]["/pets"]["get"]
    get["callbacks"] = {"born": {"{$url}": {"post": operation("born", "cars", reference("Car"))}}}
    assert {"listCars"} == operations(chosen_of(found, tags=("cars",)))
    left = chosen_of(found, ids=("listPets",)).tree
    assert {"listPets"} == operations(Document(left, found.source))
    assert list(left["paths"]["/pets"]["get"]["callbacks"]) == ["born"]
    assert {"Pet", "Owner", "Car", "Maker"} == left["components"]["schemas"].keys()
    with pytest.raises(HaltedError):
        chosen_of(found, ids=("born",))


def test_additional_operations_are_chosen_like_others() -> None:
    found = document()
    copied = operation("copyPet", "pets", reference("Pet"))
    found.tree["paths"] |= {"/copies": {"additionalOperations": {"COPY": copied}}, "x-note": 5}
    assert list(chosen_of(found, ids=("copyPet",)).tree["paths"]) == ["/copies", "x-note"]
    assert list(chosen_of(found, ids=("listCars",)).tree["paths"]) == ["/cars", "x-note"]


def test_a_document_without_paths_has_nothing_to_choose() -> None:
    found = document()
    del found.tree["paths"]
    with pytest.raises(HaltedError):
        select(found, Selection(tags=("cars",)), PLACE, Collector())


@pytest.mark.parametrize(
    "selection",
    [{"tags": ("cats",)}, {"paths": ("/dogs*",)}, {"ids": ("listpets",)}],
)
def test_a_choice_that_matches_nothing_is_an_error(
    selection: dict[str, Any], tmp_path: Path
) -> None:
    found, collector = document(), Collector()
    settings = tmp_path / "specloom.toml"
    [(key, [entry])] = selection.items()
    settings.write_text(f'x = "{entry}"\n[operations]\n{key} = [\n  "cars",\n  "{entry}",\n]\n')
    with pytest.raises(HaltedError):
        select(
            found,
            Selection(tags=(*selection.pop("tags", ()), "cars"), **selection),
            SettingsPlace(settings),
            collector,
        )
    assert [error.rule.code for error in collector.errors] == ["DOC030"]
    assert collector.errors[0].location == Location(str(settings), 5)
    assert found.tree == document().tree
