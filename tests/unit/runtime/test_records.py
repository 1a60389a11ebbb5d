"""JSON lines and text sequences are taken apart wherever their bytes are cut."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.errors import EventTooLargeError
from runtime.records import RecordParser
from runtime.sse import MAX_EVENT_SIZE

LINE, SEQUENCE = b"\n", b"\x1e"
VALUES = st.lists(st.lists(st.integers() | st.text(max_size=4), max_size=3), max_size=4)


@given(VALUES, st.lists(st.integers(0, 99), max_size=5), st.sampled_from([LINE, SEQUENCE]))
def test_every_value_comes_wherever_the_stream_is_cut(
    values: list[Any], cuts: list[int], separator: bytes
) -> None:
    before = separator if separator == SEQUENCE else b""
    indent = 1 if separator == SEQUENCE else None
    text = b"".join(before + json.dumps(each, indent=indent).encode() + b"\n" for each in values)
    places = [0, *sorted(cuts), len(text)]
    parser = RecordParser(separator)
    records = [record for a, b in pairwise(places) for record in parser.feed(text[a:b])]
    assert not parser.is_within_event()
    assert [json.loads(data) for _, data in [*records, *parser.feed(separator)]] == values


@pytest.mark.parametrize("chunk", [b'{"a": 1}\r\n', b'{"a": 1}\n\n', b'\x1e{"a": 1}\n'])
@pytest.mark.parametrize("separator", [LINE, SEQUENCE])
def test_a_record_is_given_when_its_line_ends(chunk: bytes, separator: bytes) -> None:
    assert RecordParser(separator).feed(chunk) == [(b"", b'{"a": 1}')]


@pytest.mark.parametrize("separator", [LINE, SEQUENCE])
@pytest.mark.parametrize(("chunk", "is_within"), [(b'{"a"', True), (b"[1]", False), (b" ", False)])
def test_an_end_within_a_record_is_seen(chunk: bytes, separator: bytes, *, is_within: bool) -> None:
    parser = RecordParser(separator)
    parser.feed(chunk)
    assert parser.is_within_event() is is_within


def test_a_record_past_the_bound_is_an_error() -> None:
    parser = RecordParser(LINE)
    parser.feed(b"[1]\n" + b"x" * MAX_EVENT_SIZE)
    with pytest.raises(EventTooLargeError):
        parser.feed(b"x")
