"""An event stream is framed as WHATWG says, wherever its bytes are cut."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runtime.errors import EventTooLargeError
from runtime.sse import MAX_EVENT_SIZE, EventParser

Event = tuple[str, str]


def reference(stream: bytes) -> list[Event]:
    """Read a whole stream slowly, in the standard's own words (HTML §9.2.6)."""
    text = stream.decode("utf-8", errors="replace")
    # One leading BYTE ORDER MARK is ignored if present.
    if text[:1] == "\ufeff":
        text = text[1:]
    data_buffer, event_type_buffer = "", ""
    events = []
    for line in reference_lines(text):
        if not line:
            if data_buffer:
                events.append((event_type_buffer, data_buffer[:-1]))
            data_buffer, event_type_buffer = "", ""
        elif line[0] != ":":
            field, value = line, ""
            if ":" in line:
                field, value = line[: line.index(":")], line[line.index(":") + 1 :]
                if value[:1] == " ":
                    value = value[1:]
            if field == "event":
                event_type_buffer = value
            elif field == "data":
                data_buffer += value + "\n"
    # Once the end of the file is reached, any pending data must be discarded.
    return events


def reference_lines(text: str) -> list[str]:
    """Split at CRLF, CR and LF, and at nothing else; a line without an end is no line."""
    lines, line, at = [], "", 0
    while at < len(text):
        if text[at] in "\r\n":
            at += text[at : at + 2] == "\r\n"
            lines.append(line)
            line = ""
        else:
            line += text[at]
        at += 1
    return lines


def parse(*chunks: bytes) -> list[Event]:
    parser = EventParser()
    events = [event for chunk in chunks for event in parser.feed(chunk)]
    return [(name.decode(errors="replace"), data.decode(errors="replace")) for name, data in events]


LINE_ENDS = [b"\n", b"\n\n", b"\r", b"\r\r", b"\r\n", b"\r\n\r\n", b"\n\r"]
FIELDS = [b"data: ", b"data:", b"data", b"data : ", b"Data: ", b"event: ping", b"event:", b"event"]
OTHERS = [b"id: 1", b"id: \0", b"retry: 10", b": comment", b":", b"unknown: x", b"data: x\n\n"]
# U+2028 and U+0085 are line ends to Python only; the last two are no UTF-8.
VALUES = [b" ", b":", b"x", '{"a":"\u2028é😀"}'.encode(), b"\xc2\x85", b"\0", b"\xff", b"\xe2\x80"]
BOM = b"\xef\xbb\xbf"
pieces = st.sampled_from([*LINE_ENDS, *FIELDS, *OTHERS, *VALUES, BOM])
streams = st.lists(pieces, max_size=30).map(b"".join)


@given(streams, st.lists(st.integers(0, 200), max_size=8))
@example(BOM + b"data: x\n\n", [1, 2])
@example(b"\n\n" + BOM + b"data: x\n\n", [2])
@example(b"data: x\r\n\r\ndata: y\r\n\r\n", [8, 9, 10])
@example("data: \u2028😀\n\n".encode(), [7, 8, 10])
def test_events_do_not_depend_on_where_the_stream_is_cut(stream: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    assert reference(stream) == parse(*(stream[start:end] for start, end in pairwise(places)))


@given(streams)
def test_a_stream_may_come_byte_by_byte(stream: bytes) -> None:
    assert reference(stream) == parse(*(bytes([byte]) for byte in stream))


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        # The standard's own examples.
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", ["YHOO\n+2\n10"]),
        (b": test stream\n\ndata: first event\nid: 1\n\n", ["first event"]),
        (b"data:second event\nid\n\ndata:  third event\n\n", ["second event", " third event"]),
        (b"data\n\ndata\ndata\n\ndata:", ["", "\n"]),
        (b"data:test\n\ndata: test\n\n", ["test", "test"]),
        # What ends with the file is no event.
        (b"data: x", []), (b"data: x\n", []), (b"data: x\r", []), (b"data: x\r\n", []),
        (b"event: ping\n\nevent: ping\n\ndata: 1\n\n", ["1"]),
        (b"data: x\n\n" + BOM + b"data: y\n\n", ["x"]),
        (BOM + BOM + b"data: x\n\n", []),
        (b"data: a\0b\n\n", ["a\0b"]),
    ],
)  # fmt: skip
def test_the_data_of_events(stream: bytes, events: list[str]) -> None:
    assert events == [data for _, data in parse(stream)]
    assert events == [data for _, data in reference(stream)]


def test_the_name_of_an_event_is_its_last_and_its_own() -> None:
    assert parse(b"event: a\nevent: b\ndata: 1\n\ndata: 2\n\n") == [("b", "1"), ("", "2")]


def test_an_event_is_given_before_a_possible_second_half_of_its_line_end() -> None:
    assert parse(b"data: x\r\r") == [("", "x")]


def test_an_empty_chunk_changes_nothing() -> None:
    assert parse(b"data: x\r", b"", b"\ndata: y\n\n") == [("", "x\ny")]


def test_an_event_without_end_does_not_fill_memory() -> None:
    parser, chunk = EventParser(), b"x" * 2**16
    for _ in range(MAX_EVENT_SIZE // len(chunk)):
        assert parser.feed(chunk) == []
    with pytest.raises(EventTooLargeError, match=str(MAX_EVENT_SIZE)):
        parser.feed(b"x")


@pytest.mark.parametrize("large", [b"data: 2" + b"x" * 20, b"event: b\ndata: 2xxxxxxxx"])
@pytest.mark.parametrize("rest", [b"", b"\n", b"\n\n", b"\n\ndata: 3\n\n"])
def test_events_before_one_that_is_too_large_are_given(large: bytes, rest: bytes) -> None:
    parser = EventParser(max_event_size=20)
    assert parser.feed(b"data: 0\n\nevent: a\ndata: 1\n\n" + large + rest) == [
        (b"", b"0"),
        (b"a", b"1"),
    ]
    for ask in (lambda: parser.feed(b"data: 4\n\n"), parser.is_within_event):
        with pytest.raises(EventTooLargeError):
            ask()


def test_an_event_that_ends_with_its_chunk_may_be_too_large_too() -> None:
    with pytest.raises(EventTooLargeError):
        EventParser(max_event_size=20).feed(b"data: " + b"x" * 20 + b"\n\n")
    parser = EventParser(max_event_size=20)
    assert parser.feed(b"data: " + b"x" * 14 + b"\n\n") == [(b"", b"x" * 14)]


@pytest.mark.parametrize("line_end", [b"\n", b"\r", b"\r\n"])
def test_comments_without_end_do_not_fill_memory_either(line_end: bytes) -> None:
    parser = EventParser(max_event_size=1000)
    with pytest.raises(EventTooLargeError):
        [parser.feed(b": still here" + line_end) for _ in range(100)]


def test_the_bound_is_for_one_event_not_for_the_stream() -> None:
    parser = EventParser(max_event_size=20)
    assert sum(len(parser.feed(b"data: 4567\n\n")) for _ in range(50)) == 50


@pytest.mark.parametrize(
    ("stream", "is_within"),
    [
        (b"", False),
        (b"data: x\n\n", False),
        (b"data: x\n\nda", False),
        (b": bye\n", False),
        (b"event: end\n", False),
        (b"data: x", True),
        (b"data: x\n", True),
        (b"data: x\r", True),
        (BOM + b"data: x", True),
    ],
)
def test_a_stream_cut_within_an_event_is_noticed(stream: bytes, is_within: bool) -> None:  # noqa: FBT001
    parser = EventParser()
    parser.feed(stream)
    assert is_within == parser.is_within_event()
