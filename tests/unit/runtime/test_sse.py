"""An event stream is framed as WHATWG says, wherever its bytes are cut."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runtime.errors import EventTooLargeError
from runtime.sse import EventParser

Event = tuple[bytes, bytes]


def reference(stream: bytes) -> list[Event]:
    """Read it slowly: every line by itself, every field by the standard's own words."""
    text = stream.removeprefix(b"\xef\xbb\xbf")
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[:-1]
    events, name, buffer = [], b"", b""
    for line in lines:
        if not line:
            if buffer:
                events.append((name, buffer[:-1]))
            name, buffer = b"", b""
            continue
        if line.startswith(b":"):
            continue
        field, colon, value = line.partition(b":")
        if colon and value.startswith(b" "):
            value = value[1:]
        if field == b"event":
            name = value
        if field == b"data":
            buffer += value + b"\n"
    return events


def parse(chunks: list[bytes]) -> list[Event]:
    parser = EventParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


LINE_ENDS = ("\n", "\n\n", "\r", "\r\n", "\r\n\r\n")
FIELDS = ("data: ", "data:", "data", "event: ping", "id: 1", ": comment", "data: x\n\n")
pieces = st.sampled_from((*LINE_ENDS, *FIELDS, " ", ":", "x", '{"a":"\u2028é"}', "\ufeff", "\x85"))
streams = st.lists(pieces, max_size=30).map(lambda found: "".join(found).encode())


@given(streams, st.lists(st.integers(0, 200), max_size=8))
@example(b"\xef\xbb\xbfdata: x\n\n", [1, 2])
@example(b"data: x\r\n\r\ndata: y\r\n\r\n", [8, 9, 10])
def test_events_do_not_depend_on_where_the_stream_is_cut(stream: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    chunks = [stream[start:end] for start, end in pairwise(places)]
    assert reference(stream) == parse(chunks)


@given(streams)
def test_a_stream_may_come_byte_by_byte(stream: bytes) -> None:
    assert reference(stream) == parse([stream[i : i + 1] for i in range(len(stream))])


def test_an_event_is_given_before_a_possible_second_half_of_its_line_end() -> None:
    assert parse([b"data: x\r\r"]) == [(b"", b"x")]


def test_a_ping_without_data_is_no_event() -> None:
    assert parse([b"event: ping\n\nevent: ping\n\ndata: 1\n\n"]) == [(b"", b"1")]


def test_an_empty_chunk_changes_nothing() -> None:
    assert parse([b"data: x\r", b"", b"\ndata: y\n\n"]) == [(b"", b"x\ny")]


def test_an_event_is_bounded_in_size() -> None:
    parser = EventParser(max_event_size=100)
    with pytest.raises(EventTooLargeError):
        [parser.feed(b"data: 4567") for _ in range(20)]


def test_the_bound_is_for_one_event_not_for_the_stream() -> None:
    parser = EventParser(max_event_size=20)
    assert sum(len(list(parser.feed(b"data: 4567\n\n"))) for _ in range(50)) == 50


@pytest.mark.parametrize(
    ("stream", "within"),
    [(b"data: x\n\n", False), (b"data: x", True), (b"data: x\n\nda", False), (b": bye\n", False)],
)
def test_a_stream_cut_within_an_event_is_noticed(stream: bytes, within: bool) -> None:  # noqa: FBT001
    parser = EventParser()
    list(parser.feed(stream))
    assert within == parser.is_within_event()
