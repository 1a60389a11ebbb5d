"""The text of a stream is read as the WHATWG's rules read it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.event_stream import sequential_kind
from specloom.lint.streams.event_text import events, items


def test_event_without_data_is_none() -> None:
    assert events("event: ping\n\ndata: 1\n\n") == [{"data": "1"}]


def test_data_lines_are_joined_and_one_space_is_dropped() -> None:
    assert events("data:  a\ndata:b\n\n") == [{"data": " a\nb"}]


def test_last_event_may_lack_its_blank_line() -> None:
    assert events("data: 1\n\ndata: 2") == [{"data": "1"}, {"data": "2"}]


def test_comments_and_unknown_fields_are_skipped() -> None:
    text = ": hello\nid: 7\nretry: 10\nretry: soon\nother: x\nevent: done\ndata\n\n"
    assert events(text) == [{"id": "7", "retry": 10, "event": "done", "data": ""}]


@given(
    st.lists(st.dictionaries(st.text(), st.text())),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_json_comes_back_whatever_the_line_ends(values: list[object], end: str) -> None:
    # U+2028 is no line end; json.dumps escapes the others.
    text = "".join(f"data: {json.dumps(value, ensure_ascii=False)}{end}{end}" for value in values)
    assert [json.loads(event["data"]) for event in events(text)] == values


def test_json_lines_are_items() -> None:
    assert items('{"a": 1}\n\n[2]\n', "application/jsonl") == ([{"a": 1}, [2]], [])


def test_json_text_sequences_are_items() -> None:
    assert items('\x1e{"a": 1}\n\x1e[2]\n', "application/json-seq") == ([{"a": 1}, [2]], [])


def test_lines_that_are_no_json_are_told_and_the_others_read() -> None:
    assert items("1\n{\n\n3\nfour", "application/jsonl") == ([1, 3], [2, 5])


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("Text/Event-Stream; charset=utf-8", "text/event-stream"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json", None),
    ],
)
def test_sequential_media_types(media_type: str, kind: str | None) -> None:
    assert sequential_kind(media_type) == kind
