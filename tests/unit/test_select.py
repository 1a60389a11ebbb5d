"""A client can be made of some operations only, with what they need and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from specloom.config import Selection
from specloom.diagnostics import Collector, HaltedError, Location
from specloom.document.load import Document
from specloom.document.select import select
from specloom.document.source import JsonSource

PLACE = Location("specloom.toml")


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


def chosen(**selection: tuple[str, ...]) -> Document:
    found = document()
    select(found, Selection(**selection), PLACE, Collector())
    return found


def operations(found: Document) -> set[str]:
    return {
        value["operationId"] for item in found.tree["paths"].values() for value in item.values()
    }


def test_with_nothing_chosen_everything_stays() -> None:
    assert chosen().tree == document().tree


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
        # Heirs are reached through the discriminator of their parent.
        ("addPet", {"Animal", "Cat", "Lion"}),
    ],
)
def test_only_what_is_reached_stays(identifier: str, schemas: set[str]) -> None:
    assert schemas == set(chosen(ids=(identifier,)).tree["components"]["schemas"])


def test_components_of_every_kind_are_reached_or_go() -> None:
    assert chosen(tags=("pets",)).tree["components"]["parameters"] == {}
    assert {"Page"} == chosen(tags=("cars",)).tree["components"]["parameters"].keys()


def test_security_schemes_stay_since_they_are_named_not_referred_to() -> None:
    assert {"key"} == chosen(tags=("cars",)).tree["components"]["securitySchemes"].keys()


def test_a_mapping_that_names_no_component_is_passed_over() -> None:
    found = document()
    discriminator = found.tree["components"]["schemas"]["Animal"]["discriminator"]
    discriminator["mapping"] = {"far": "https://example.com/far.json", "dog": "Nothing"}
    select(found, Selection(ids=("addPet",)), PLACE, Collector())
    assert {"Animal", "Cat", "Lion"} == found.tree["components"]["schemas"].keys()


@pytest.mark.parametrize(
    "selection",
    [{"tags": ("cats",)}, {"paths": ("/dogs*",)}, {"ids": ("listpets",)}],
)
def test_a_choice_that_matches_nothing_is_an_error(selection: dict[str, tuple[str, ...]]) -> None:
    found, collector = document(), Collector()
    with pytest.raises(HaltedError):
        select(
            found,
            Selection(tags=(*selection.pop("tags", ()), "cars"), **selection),
            PLACE,
            collector,
        )
    assert [error.rule.code for error in collector.errors] == ["DOC030"]
    assert collector.errors[0].location == PLACE
    assert found.tree == document().tree
