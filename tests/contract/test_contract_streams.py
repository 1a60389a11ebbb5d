"""What is wrong with a stream's bytes and order is said; what only looks odd is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.contract.answers.framing import framing_faults
from specloom.event_stream import order_faults

RULES = {
    "tag": "event",
    "ends": ["end", "error"],
    "after-end": ["tts"],
    "constant": ["id"],
    "error": "error",
}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"data: x\n\n",
        b"data: x\r\n\r\n",
        b"data: x\r\r",
        b"\xef\xbb\xbfdata: x\n\n",
        b": a comment\n\ndata: x\nid: 1\nretry: 5\nevent: e\n\n",
        "data: \u2028\x85\x0b\n\n".encode(),
        b"data\n\n",
    ],
)
def test_what_the_format_allows_is_well_framed(body: bytes) -> None:
    assert list(framing_faults(body)) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"data: x", "the stream stops within an event: there is no blank line at its end"),
        (b"data: x\n", "the stream stops within an event: there is no blank line at its end"),
        (b"data: \xff\n\n", "the stream is not UTF-8 at byte 6"),
        (b"data: {\n}\n\n", "a line is no field of an event: '}'"),
        (b"dat: x\n\n", "a line is no field of an event: 'dat: x'"),
    ],
)
def test_what_a_parser_would_lose_is_said(body: bytes, said: str) -> None:
    assert [said] == list(framing_faults(body))


def test_the_end_of_a_stream_that_was_cut_short_is_not_held_against_it() -> None:
    assert list(framing_faults(b"data: x\n\ndata: y", whole=False)) == []


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", codec="utf-8"))))
def test_any_single_line_can_be_data(texts: list[str]) -> None:
    body = "".join(f"data: {text}\n\n" for text in texts)
    assert list(framing_faults(body.encode())) == []


def events(*tags: str, **fields: Any) -> list[dict[str, Any]]:
    return [{"event": tag, **fields} for tag in tags]


@pytest.mark.parametrize("tags", [("text", "end"), ("error",), ("text", "end", "tts"), ("end",)])
def test_a_stream_that_ends_as_it_should_is_in_order(tags: tuple[str, ...]) -> None:
    assert list(order_faults(events(*tags, id=1), RULES)) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (events("text"), "the stream stops without 'end' or 'error'"),
        (events("end", "text"), "'text' comes after 'end'"),
        (events("end", "end"), "'end' comes after 'end'"),
        (events("error", "tts"), "'tts' comes after 'error'"),
        ([*events("text", id=1), *events("end", id=2)], "`id` changes within the stream"),
    ],
)
def test_what_breaks_the_order_is_said(values: list[dict[str, Any]], said: str) -> None:
    assert [said] == list(order_faults(values, RULES))
