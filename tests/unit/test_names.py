"""Any name on the wire gets a name in Python, one of its own, and keeps it."""

from __future__ import annotations

import keyword
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

from runtime.client import API, AsyncClient, SyncClient
from runtime.request import RequestOptions
from specloom import names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    Maker = Callable[[Iterable[str]], dict[str, str]]


def arguments(wire_names: Iterable[str]) -> dict[str, str]:
    return names.argument_names({wire: wire for wire in wire_names})


def methods(wire_names: Iterable[str]) -> dict[str, str]:
    return names.method_names({wire: wire for wire in wire_names})


def resource_classes(tags: Iterable[str]) -> dict[str, str]:
    return names.resource_classes(tags, "Pets")


MAKERS = [
    pytest.param(names.field_names, names.FIELD_RESERVED, id="fields"),
    pytest.param(arguments, names.ARGUMENT_RESERVED, id="arguments"),
    pytest.param(names.class_names, names.CLASS_RESERVED, id="classes"),
    pytest.param(methods, names.METHOD_RESERVED, id="methods"),
    pytest.param(names.resource_names, names.METHOD_RESERVED, id="resources"),
    pytest.param(resource_classes, names.RESOURCE_CLASS_RESERVED | {"Pets"}, id="resource-classes"),
]

PIECES = ["a", "A", "b", "2", "_", "-", ".", "", "ß", "İ", "ﬁ", "日", "ΐ", "class", "None", "Async"]
WIRE = st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.text(max_size=8)


@pytest.mark.parametrize(("make", "reserved"), MAKERS)
@given(wires=st.lists(WIRE, max_size=8))
@example(wires=["self", "copy", "Model", "close", "timeout", "list", "Pets", "API"])
@example(wires=["𐦼:0", "0:𐦼"])
def test_every_name_is_an_identifier_of_its_own(
    make: Maker, reserved: Collection[str], wires: list[str]
) -> None:
    made = make(wires)
    assert set(wires) == made.keys()
    assert len(made) == len(set(made.values()))
    for name in made.values():
        assert name.isidentifier(), name
        assert not keyword.iskeyword(name), name
        assert name == unicodedata.normalize("NFKC", name), "Python would read another name"
        assert not name.startswith("_"), "pydantic and people take it for private"
        assert name not in reserved


@pytest.mark.parametrize(("make", "reserved"), MAKERS)
@given(wires=st.lists(WIRE, unique=True, max_size=8), choice=st.data())
def test_the_order_of_names_changes_none(
    make: Maker, reserved: Collection[str], wires: list[str], choice: st.DataObject
) -> None:
    del reserved
    assert make(wires) == make(choice.draw(st.permutations(wires)))


@pytest.mark.parametrize(("make", "reserved"), MAKERS)
@given(wires=st.lists(WIRE, unique=True, max_size=8), new=WIRE)
@example(wires=["foo", "Foo"], new="Foo2")
@example(wires=["foo", "Foo"], new="foo_2")
def test_an_unrelated_name_changes_no_other(
    make: Maker, reserved: Collection[str], wires: list[str], new: str
) -> None:
    del reserved
    (spelt,) = make([new]).values()
    before = make(wires)
    if all(make([wire])[wire] != spelt for wire in wires):
        assert before == {wire: made for wire, made in make([*wires, new]).items() if wire != new}


@pytest.mark.parametrize(("make", "reserved"), MAKERS)
def test_the_name_that_is_spelt_so_already_keeps_it(make: Maker, reserved: Collection[str]) -> None:
    del reserved
    (natural,) = make(["fooBar"]).values()
    assert natural == make(["fooBar", "foo-bar", "Foo.Bar", natural])[natural]


@pytest.mark.parametrize(
    ("wire", "variable", "class_name"),
    [
        ("createPet", "create_pet", "CreatePet"),
        ("HTTPServer", "http_server", "HTTPServer"),
        ("x-rate-limit", "x_rate_limit", "XRateLimit"),
        ("dotted.name", "dotted_name", "DottedName"),
        ("3d", "x_3d", "x3d"),
        ("class", "class_", "Class"),
        ("none", "none", "None_"),
        ("match", "match", "Match"),
        ("type", "type", "Type"),
        ("größe", "größe", "Größe"),
        ("", "x", "x"),
        ("$#!", "x", "x"),
    ],
)
def test_names_are_spelt_as_python_does(wire: str, variable: str, class_name: str) -> None:
    assert variable == names.snake(wire, "x")
    assert class_name == names.pascal(wire, "x")


def test_fields_hide_nothing_that_a_model_has() -> None:
    taken = {name for name in dir(BaseModel) if not name.startswith("_")}
    assert taken <= names.FIELD_RESERVED


@given(tags=st.lists(WIRE, unique=True, max_size=6))
@example(tags=["pets", "async pets", "Async", "API", "client"])
def test_the_awaited_flavour_of_a_resource_is_told_from_every_other(tags: list[str]) -> None:
    classes = resource_classes(tags).values()
    both = [*classes, *(f"Async{name}" for name in classes), "Pets", "AsyncPets"]
    assert len(both) == len(set(both))


@given(attributes=st.lists(WIRE, max_size=8).map(names.resource_names))
@example(attributes={"ä ö": "ä_ö", "aux": "aux", "a o": "a_o"})
def test_every_resource_has_a_module_of_its_own_in_ascii(attributes: dict[str, str]) -> None:
    modules = [names.resource_module(attribute) for attribute in attributes.values()]
    assert len({module.lower() for module in modules}) == len(modules)
    assert all(module.isascii() and module.isidentifier() for module in modules)
    assert "aux" not in modules


@pytest.mark.parametrize("device", ["con", "com0", "com9", "lpt1"])
def test_no_module_is_called_as_a_device_of_windows(device: str) -> None:
    assert names.resource_module(device) != device
    assert names.resource_module(f"{device}_") == f"{device}_"


def test_a_resource_and_an_untagged_method_share_no_name() -> None:
    assert names.resource_names(["pets"], taken=["pets"]) == {"pets": "pets_"}


def test_a_walk_through_pages_takes_no_name_that_is_given() -> None:
    made = names.iterating_names(["list_x", "find"], taken=["list_x", "iter_list_x", "find"])
    assert made == {"list_x": "iter_list_x_", "find": "iter_find"}


@pytest.mark.parametrize("flavour", [SyncClient, AsyncClient])
def test_no_method_or_resource_hides_what_a_client_has(flavour: type) -> None:
    client = type("Client", (flavour,), {"_api": API("x", "1")})(base_url="http://a")
    taken = {name for name in dir(client) if not name.startswith("_")}
    assert taken <= names.METHOD_RESERVED


def test_no_argument_hides_an_option_of_a_call() -> None:
    assert RequestOptions.__annotations__.keys() <= names.ARGUMENT_RESERVED


def test_a_streaming_method_takes_no_name_that_is_given() -> None:
    made = names.streaming_names(["create_x", "watch"], taken=["create_x", "stream_x", "watch"])
    assert made == {"create_x": "stream_x_", "watch": "stream_watch"}


@given(wires=st.lists(WIRE, unique=True, max_size=8))
@example(wires=["strasse", "straße"])
def test_every_method_has_a_constant_of_its_own(wires: list[str]) -> None:
    made = methods(wires).values()
    constants = {names.constant_name(name) for name in made}
    assert len(made) == len(constants)
    assert all(constant.startswith("_") and constant.isidentifier() for constant in constants)


def test_a_component_is_numbered_when_its_name_is_taken() -> None:
    assert names.component_name("pet", "home") == "PetHome"
    assert names.free_component("PetHome", {"PetHome", "PetHome2"}) == "PetHome3"
