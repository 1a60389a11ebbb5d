"""Pairs of small documents, and what changes between their clients."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specloom.config import load_project
from specloom.diagnostics import Collector
from specloom.diff.client import RULES, changes
from specloom.pipeline import client_surface, difference

if TYPE_CHECKING:
    from specloom.ir import Surface

HERE = Path(__file__).parent
CASES = sorted(file.name.removesuffix(".new.yaml") for file in HERE.glob("*.new.yaml"))
OF_SETTINGS = {"DIF800", "DIF801"}


@cache
def surface(file: str) -> Surface:
    return client_surface(load_project(HERE / file, Collector()), Collector())


def expected(case: str) -> list[str]:
    lines = (HERE / f"{case}.new.yaml").read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# client ") for line in lines if line.startswith("# client ")]


@pytest.mark.parametrize("case", CASES)
def test_what_programs_notice_is_told(case: str) -> None:
    old, new = (load_project(HERE / f"{case}.{side}.yaml", Collector()) for side in ("old", "new"))
    found = difference(old, new, Collector()).client
    assert found is not None
    assert sorted(expected(case)) == sorted(
        f"{change.rule.code} {change.level} {change.where}" for change in found
    )


def test_a_model_that_is_no_component_is_told_of_its_operation() -> None:
    case = "required-argument-of-an-optional-body"
    old, new = (load_project(HERE / f"{case}.{side}.yaml", Collector()) for side in ("old", "new"))
    found = difference(old, new, Collector()).client or ()
    assert {(change.operation, change.component) for change in found} == {("POST /pets", "")}


@pytest.mark.parametrize("case", CASES)
def test_a_client_beside_itself_changes_nothing(case: str) -> None:
    for side in ("old", "new"):
        assert changes(surface(f"{case}.{side}.yaml"), surface(f"{case}.{side}.yaml")) == []


def test_every_kind_of_change_has_a_pair() -> None:
    shown = {line.split()[0] for case in CASES for line in expected(case)}
    assert shown == {rule.code for rule in RULES} - OF_SETTINGS


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"distribution": "other"}, "DIF800"),
        ({"name": "other"}, "DIF800"),
        ({"class_name": "Other"}, "DIF800"),
        ({"environment": "OTHER"}, "DIF801"),
    ],
)
def test_what_settings_rename_is_told(settings: dict[str, Any], code: str) -> None:
    old = surface("prose-changed.old.yaml")
    new = replace(old, package=replace(old.package, **settings))
    [change] = changes(old, new)
    assert (change.rule.code, change.breaking) == (code, True)
