"""Where and how often changes between schemas are told, and what is no hindrance."""

from typing import Any

import pytest

from specloom.diff.change import Change, Direction
from specloom.diff.schemas import Schemas
from specloom.diff.side import Side
from specloom.diff.unchanged import Unchanged
from tests.diff.test_schema_laws import diff

A: dict[str, Any] = {"$ref": "#/components/schemas/A"}
B: dict[str, Any] = {"$ref": "#/components/schemas/B"}


def met(old: Any, new: Any, uses: list[tuple[str, Direction, str]]) -> list[Change]:
    """What changed in component T, where operations have schemas at some places."""
    parts = {place: {"schema": {"$ref": "#/components/schemas/T"}} for place, _, _ in uses}
    sides = [Side({**parts, "components": {"schemas": {"T": each}}}) for each in (old, new)]
    schemas = Schemas(*sides, Unchanged(*sides))
    for place, direction, operation in uses:
        schemas.compare(f"/{place}/schema", f"/{place}/schema", direction, operation)
    return schemas.changes()


def test_a_change_is_told_once_with_all_operations_that_meet_it() -> None:
    uses = [("a", Direction.REQUEST, "GET /a"), ("b", Direction.REQUEST, "GET /b")]
    (change,) = met({"type": "string"}, {"type": "integer"}, uses)
    assert change.operations == ("GET /a", "GET /b")


def test_a_change_within_is_told_with_the_operations_that_meet_what_is_around() -> None:
    old, new = ({"items": {"items": {"type": name}}} for name in ("string", "integer"))
    (change,) = met(old, new, [("a", Direction.REQUEST, "GET /a")])
    assert change.operations == ("GET /a",)


def test_a_change_is_told_for_each_direction_by_whom_it_breaks() -> None:
    uses = [("a", Direction.REQUEST, "GET /a"), ("b", Direction.RESPONSE, "GET /a")]
    changes = met({"type": "string"}, {"type": ["string", "null"]}, uses)
    assert [(one.clients, one.servers) for one in changes] == [
        ("safe", "breaking"), ("breaking", "safe"),
    ]  # fmt: skip


def test_a_reference_to_another_component_is_told_where_it_stands() -> None:
    both = {"A": {"type": "string"}, "B": {"type": "integer"}}
    old, new = {"properties": {"x": A}}, {"properties": {"x": B}}
    (change,) = diff({"T": old, **both}, {"T": new, **both}, Direction.REQUEST)
    assert change.new == "/components/schemas/T/properties/x"


def test_what_is_not_sent_that_way_is_no_change() -> None:
    old = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}}
    assert diff({"T": old}, {"T": {"type": "object"}}, Direction.REQUEST) == []
    assert len(diff({"T": old}, {"T": {"type": "object"}}, Direction.RESPONSE)) == 1


def test_a_schema_that_was_missing_allowed_anything() -> None:
    sides = Side({}), Side({"schema": {"type": "string"}})
    schemas = Schemas(*sides, Unchanged(*sides))
    schemas.compare(None, "/schema", Direction.REQUEST, "GET /")
    (change,) = schemas.changes()
    assert (change.message, change.old, change.new) == ("was anything, is string", None, "/schema")


@pytest.mark.parametrize(
    "faulty",
    [
        {"type": {"a": 1}, "enum": "x", "required": 1, "properties": []},
        {"$ref": 1, "allOf": None, "oneOf": {}, "format": [], "patternProperties": None},
        {"discriminator": {"propertyName": [], "mapping": {"a": 1}}, "dependentRequired": {"a": 1}},
        {"$ref": "#/nowhere"},
        {"allOf": [{"$ref": "#/components/schemas/T"}]},
        {"anyOf": [{"$ref": "#/components/schemas/T"}, {"type": "null"}]},
    ],
)
def test_what_is_no_valid_schema_is_compared_as_far_as_it_goes(faulty: Any) -> None:
    good = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert diff({"T": faulty}, {"T": faulty, "A": {}}, Direction.REQUEST) == []
    diff({"T": faulty}, {"T": good}, Direction.REQUEST)
    diff({"T": good}, {"T": faulty}, Direction.RESPONSE)


@pytest.mark.parametrize(
    "link",
    [
        lambda then: then,
        lambda then: {"properties": {"a": then}},
        lambda then: {"allOf": [then]},
        lambda then: {"anyOf": [then, {"type": "null"}]},
        lambda then: {"not": then},
    ],
)
def test_long_chains_of_components_are_no_hindrance(link: Any) -> None:
    links = {f"C{at}": link({"$ref": f"#/components/schemas/C{at + 1}"}) for at in range(500)}
    old = {"T": {"oneOf": [{"not": A}, A]}, "A": links["C0"], **links}
    new = {**old, "C500": {"type": "string"}}
    diff({**old, "C500": {"type": "null"}}, new, Direction.REQUEST)


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_one_of_many_alternatives_is_missed(keyword: str) -> None:
    names = [f"C{at}" for at in range(250)]
    parts: dict[str, Any] = {name: {"properties": {name: {"type": "null"}}} for name in names}
    references = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    old, new = ({"type": "object", keyword: some} for some in (references, references[1:]))
    changes = diff({"T": old, **parts}, {"T": new, **parts}, Direction.REQUEST)
    assert ("DIF541", "breaking") in {(one.rule.code, one.clients) for one in changes}
