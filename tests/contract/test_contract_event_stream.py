"""Events are read as WHATWG HTML §9.2.6 frames them, but those without data are kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.event_stream import parse_events

LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8")), min_size=1)


@given(st.lists(LINES), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_framed_is_read_back(events: list[list[str]], line_end: str) -> None:
    text = "".join(
        "".join(f"data: {line}{line_end}" for line in lines) + line_end for lines in events
    )
    assert parse_events(text) == ([{"data": "\n".join(lines)} for lines in events], "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("event: ping\n\n", {"event": "ping"}),
        ("data:a\n\n", {"data": "a"}),
        ("data:  a\n\n", {"data": " a"}),
        ("data\n\n", {"data": ""}),
        ("id: 1\nretry: 5\nretry: soon\ndata: a\n\n", {"id": "1", "retry": 5, "data": "a"}),
        (": comment\nother: b\ndata: a\n\n", {"data": "a"}),
        ("data: a\u2028b\u0085c\n\n", {"data": "a\u2028b\u0085c"}),
        ("\ufeffdata: a\n\n\n\n", {"data": "a"}),
    ],
)
def test_an_event_has_the_fields_that_were_sent(text: str, expected: dict[str, Any]) -> None:
    assert parse_events(text) == ([expected], "")


def test_what_is_not_ended_by_a_blank_line_is_left_over() -> None:
    assert parse_events("data: a\n\ndata: b\n") == ([{"data": "a"}], "data: b\n")
