"""An operation that the project leaves out by name is gone, and so is what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.config import Skip
from specloom.diagnostics import Collector, Location
from specloom.document.load import Document
from specloom.document.skip import skip
from specloom.document.source import JsonSource
from specloom.document.validate import INVALID
from specloom.document.walk import operations_of, path_items
from specloom.mend import mend
from specloom.settings_place import SettingsPlace

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
[[operations.skip]]
operation = "a"
reason = "why"

[[ operations.skip ]]
operation = "b"
reason = "why"
"""


def document() -> Document:
    get = {"operationId": "getA", "responses": {"200": {"description": "ok"}}}
    item = {"get": get, "post": 5, "additionalOperations": {"COPY": {}}}
    tree: dict[str, Any] = {
        "openapi": "3.2.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": item, "/b": {"$ref": "#/components/pathItems/B"}},
        "components": {"pathItems": {"B": {"get": {"operationId": "getB"}, "put": {}}}},
    }
    return Document(tree, JsonSource("openapi.json", "{}"))


def left(found: Document) -> set[str]:
    return {node.pointer for item in path_items(found.tree) for node in operations_of(item)}


def skipping(found: Document, folder: Path, *operations: str) -> Collector:
    (folder / "specloom.toml").write_text(SETTINGS)
    collector = Collector()
    entries = [Skip(operation, "why") for operation in operations]
    skip(found, entries, SettingsPlace(folder / "specloom.toml"), collector)
    return collector


@pytest.mark.parametrize("name", ["getA", "GET /a", "get  /a"])
def test_an_operation_is_left_out_by_id_or_path(name: str, tmp_path: Path) -> None:
    found = document()
    assert skipping(found, tmp_path, name).diagnostics == []
    assert left(found) == {"/paths/~1a/post", "/paths/~1a/additionalOperations/COPY"}


def test_what_has_a_method_of_its_own_is_left_out(tmp_path: Path) -> None:
    found = document()
    skipping(found, tmp_path, "COPY /a")
    assert left(found) == {"/paths/~1a/get", "/paths/~1a/post"}


@pytest.mark.parametrize("name", ["getB", "GET /b"])
def test_of_a_path_that_is_referred_to_only_this_use_loses_it(name: str, tmp_path: Path) -> None:
    found = document()
    assert skipping(found, tmp_path, name).diagnostics == []
    assert found.tree["paths"]["/b"] == {"put": {}}
    assert found.tree["components"] == document().tree["components"]


@pytest.mark.parametrize("reference", ["#/paths/~1a", "#/paths/~1c"])
def test_of_a_path_that_others_refer_to_only_this_one_loses_it(
    reference: str, tmp_path: Path
) -> None:
    found = document()
    item = found.tree["paths"]["/a"].copy()
    found.tree["paths"] |= {"/b": {"$ref": reference}, "/c": {"$ref": "#/paths/~1a"}}
    assert skipping(found, tmp_path, "GET /a").diagnostics == []
    assert "get" not in found.tree["paths"]["/a"]
    assert found.tree["paths"]["/b"] == found.tree["paths"]["/c"] == item


def test_what_can_not_be_read_is_not_told_once_it_is_left_out(tmp_path: Path) -> None:
    found = document()
    collector = skipping(found, tmp_path, "POST /a")
    mend(found, collector)
    assert collector.errors == []


def test_what_was_said_before_is_taken_back(tmp_path: Path) -> None:
    collector = Collector()
    for pointer in ("/paths/~1a/get/responses", "/paths/~1a/getter", "/paths/~1a/get"):
        collector.add(INVALID, "bad", Location("openapi.json", 1, 1, pointer))
    (tmp_path / "specloom.toml").write_text(SETTINGS)
    place = SettingsPlace(tmp_path / "specloom.toml")
    skip(document(), [Skip("getA", "why")], place, collector)
    assert [found.location.pointer for found in collector.diagnostics] == ["/paths/~1a/getter"]


def test_an_entry_that_matches_nothing_is_told_at_its_line(tmp_path: Path) -> None:
    found = document()
    collector = skipping(found, tmp_path, "getA", "getA")
    told = [(error.rule.code, error.location.line) for error in collector.diagnostics]
    assert told == [("DOC031", 5)]
