"""Inputs become the prompt by the app's form, with Dify's words for what breaks it."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.operations.form import prompt_of
from completion_server.settings import App, Text
from completion_server.web.errors import ApiError
from tests.replay.apps import recorded_apps

RECORDED = recorded_apps()["Form"]


def prompt(**inputs: Any) -> str:
    return prompt_of(RECORDED, inputs)


def refusal(app: App, inputs: dict[str, Any]) -> str:
    with pytest.raises(ApiError) as caught:
        prompt_of(app, inputs)
    assert (caught.value.status, caught.value.code) == (400, "invalid_param")
    return caught.value.message


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"topic": "dogs", "tone": "casual", "count": 3, "body": "x"}, "dogs casual 3 x"),
        ({"topic": "dogs", "count": "3.5"}, "dogs None 3.5 None"),
        ({"topic": ""}, " None None None"),
        ({"topic": "exactly 10", "tone": None, "count": None}, "exactly 10 None None None"),
        ({"topic": "a", "unknown": {"b": 1}, "body": ""}, "a None None "),
    ],
)
def test_values_and_nothing_make_the_prompt(inputs: dict[str, Any], expected: str) -> None:
    assert prompt(**inputs) == expected


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"tone": "formal"}, "topic is required in input form"),
        ({"topic": None}, "topic is required in input form"),
        ({"topic": "x" * 11}, "topic in input form must be less than 10 characters"),
        ({"topic": 5}, "(type 'text-input') topic in input form must be a string"),
        ({"topic": "a", "body": 5}, "(type 'paragraph') body in input form must be a string"),
        ({"topic": "a", "tone": 5}, "(type 'select') tone in input form must be a string"),
        (
            {"topic": "a", "tone": "rude"},
            "tone in input form must be one of the following: ['formal', 'casual']",
        ),
        ({"topic": "a", "count": "abc"}, "count in input form must be a valid number"),
    ],
)
def test_a_value_that_breaks_the_form_is_refused_as_recorded(
    inputs: dict[str, Any], message: str
) -> None:
    assert refusal(RECORDED, inputs) == message


@pytest.mark.parametrize(
    ("number", "expected"),
    [(5, "5"), (-0.5, "-0.5"), ("5", "5"), (" 7 ", "7"), ("-3.50", "-3.5"), ("", ""), ("  ", "")],
)
def test_a_number_may_be_spelled(number: Any, expected: str) -> None:
    assert prompt(topic="n", count=number) == f"n None {expected} None"


@pytest.mark.parametrize(
    "number",
    [
        True,
        [],
        {},
        float("inf"),
        float("nan"),
        "Infinity",
        "nan",
        "1e999",
        "1.0e999",
        "9" * 5000,
        "9" * 5000 + ".5",
        "0x10",
    ],
)
def test_what_is_no_number_is_refused(number: Any) -> None:
    message = "count in input form must be a valid number"
    assert refusal(RECORDED, {"topic": "n", "count": number}) == message


def test_a_value_is_never_a_template() -> None:
    app = App(
        name="A", keys=("k",), prompt="{{a}}-{{b}}", form=(Text(variable="a"), Text(variable="b"))
    )
    assert prompt_of(app, {"a": "{{b}}", "b": "secret"}) == "{{b}}-secret"


def test_unknown_variables_stay_as_they_are() -> None:
    app = App(name="A", keys=("k",), prompt="{{query}} {{other}} {{ query }} {query}")
    assert prompt_of(app, {"query": "hi", "other": "x"}) == "hi {{other}} {{ query }} {query}"


def test_without_a_template_the_values_stand_a_line_each() -> None:
    app = App(name="A", keys=("k",), form=RECORDED.form)
    assert prompt_of(app, {"topic": "dogs", "count": 2, "body": "b"}) == "dogs\nNone\n2\nb"


def test_null_characters_are_dropped() -> None:
    assert prompt(topic="a\0b") == "ab None None None"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["topic", "tone", "count", "body", "x"]), JSON))
def test_any_inputs_make_a_prompt_or_are_refused(inputs: dict[str, Any]) -> None:
    with suppress(ApiError):
        assert prompt(**inputs).count(" ") >= 3
