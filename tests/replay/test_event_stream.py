"""Events are told apart as a client would, pings included."""

from __future__ import annotations

import pytest

from tests.replay.event_stream import read_events

STREAM = 'event: ping\n\n: remark\n\ndata: {"event":\ndata: "message"}\n\ndata:[1]\n\nevent: x\n\n'


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_event_has_its_name_and_data(line_end: str) -> None:
    expected = [
        ("ping", None),
        ("message", {"event": "message"}),
        ("message", [1]),
        ("x", None),
    ]
    assert expected == read_events(STREAM.replace("\n", line_end).encode())


def test_what_no_blank_line_ends_is_no_event() -> None:
    assert read_events(b"event: ping\n\ndata: {}\n") == [("ping", None)]


def test_an_unicode_line_end_ends_no_line() -> None:
    assert read_events('data: "a\u2028b"\n\n'.encode()) == [("message", "a\u2028b")]
