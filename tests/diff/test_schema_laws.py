"""Laws of comparing schemas: what is called safe is safe, and what only looks other is the same."""

from collections import Counter
from functools import cache
from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.diff.change import Change, Direction, Verdict
from specloom.diff.schemas import Schemas
from specloom.diff.side import Side
from specloom.diff.unchanged import Unchanged
from tests.diff.schema_rewritings import rewritten
from tests.diff.schema_strategies import INSTANCES, documents, pairs

LAW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
PLACE = "/components/schemas/T"


def document(schemas: dict[str, Any]) -> dict[str, Any]:
    return {"components": {"schemas": schemas}}


def diff(old: dict[str, Any], new: dict[str, Any], direction: Direction) -> list[Change]:
    """What changed between the schemas T of two documents."""
    sides = Side(document(old)), Side(document(new))
    schemas = Schemas(*sides, Unchanged(*sides))
    schemas.compare(PLACE, PLACE, direction, "GET /")
    return schemas.changes()


def taken(schemas: dict[str, Any]) -> list[bool]:
    """Of each instance whether T takes it."""
    registry = jsonschema_rs.Registry(
        [("urn:x", document(schemas))], draft=jsonschema_rs.Draft202012
    )
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": f"urn:x#{PLACE}"}, registry=registry, validate_formats=True
    )
    return [validator.is_valid(one) for one in INSTANCES]


def names_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(names_in, value.values()))
    return set().union(*map(names_in, value)) if isinstance(value, list) else set()


@cache
def names_of(at: int) -> frozenset[str]:
    return frozenset(names_in(INSTANCES[at]))


@LAW
@given(pairs())
def test_what_is_safe_for_clients_in_a_request_takes_all_that_was_taken(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    old, new = pair
    changes = diff(old, new, Direction.REQUEST)
    if any(change.clients is not Verdict.SAFE for change in changes):
        return
    # Nobody sent a property before the document named it.
    added = {
        str(change.new).rpartition("/")[2] for change in changes if change.rule.code == "DIF530"
    }
    for at, (was, is_) in enumerate(zip(taken(old), taken(new), strict=True)):
        assert is_ or not was or names_of(at) & added, INSTANCES[at]


@LAW
@given(pairs())
def test_what_is_safe_for_clients_in_an_answer_gives_only_what_was_given(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    old, new = pair
    if all(change.clients is Verdict.SAFE for change in diff(old, new, Direction.RESPONSE)):
        for at, (was, is_) in enumerate(zip(taken(old), taken(new), strict=True)):
            assert was or not is_, INSTANCES[at]


@LAW
@given(pairs(), st.sampled_from(Direction))
def test_exchanging_the_documents_exchanges_the_sides(
    pair: tuple[dict[str, Any], dict[str, Any]], direction: Direction
) -> None:
    old, new = pair
    there = Counter((one.clients, one.servers) for one in diff(old, new, direction))
    back = Counter((one.servers, one.clients) for one in diff(new, old, direction))
    assert there == back


@LAW
@given(st.data(), st.sampled_from(Direction))
def test_what_is_written_otherwise_is_no_change(data: st.DataObject, direction: Direction) -> None:
    old = data.draw(documents())
    new = data.draw(rewritten(old))
    assert diff(old, new, direction) == []
    assert diff(new, old, direction) == []
