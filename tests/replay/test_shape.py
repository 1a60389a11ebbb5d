"""Two values have the same shape if they can't be told apart by field names and kinds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.replay.shape import shape_difference

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(VALUES)
def test_a_value_has_its_own_shape(value: Any) -> None:
    assert shape_difference(value, value) is None


@given(st.lists(VALUES, min_size=1))
def test_order_and_number_of_items_do_not_matter(items: list[Any]) -> None:
    assert shape_difference(items, [*reversed(items), items[0]]) is None


@pytest.mark.parametrize(
    ("recorded", "ours", "expected"),
    [
        ({"a": 1}, {}, "the body: lacks a"),
        ({}, {"a": 1}, "the body: has a, which wasn't recorded"),
        ({"a": {"b": "x"}}, {"a": {"b": None}}, "/a/b: recorded a string, answered null"),
        ({"a": 1}, {"a": 1.0}, "/a: recorded an integer, answered a number"),
        ({"a": True}, {"a": 1}, "/a: recorded a boolean, answered an integer"),
        ([{"a": 1}], [{"a": 1}, {"a": ""}], "/1/a: recorded an integer, answered a string"),
        ([1, ""], [2], "/-: recorded a string, answered an integer, and in no other item"),
        ([], {}, "the body: recorded an array, answered an object"),
    ],
)
def test_a_difference_is_told_with_its_place(recorded: Any, ours: Any, expected: str) -> None:
    assert expected == shape_difference(recorded, ours)


@pytest.mark.parametrize(("recorded", "ours"), [(1.5, 2), ([], [1]), ([1], []), ("a", "b")])
def test_what_is_no_difference(recorded: Any, ours: Any) -> None:
    assert shape_difference(recorded, ours) is None
