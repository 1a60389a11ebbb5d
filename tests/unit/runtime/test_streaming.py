"""Events are typed as they arrive, and the connection is released however reading ends."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
import logging
import signal
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from typing import TYPE_CHECKING, Annotated, Any, Literal

import httpx2
import pytest
from pydantic import Field
from typing_extensions import TypeAliasType

from runtime.errors import (
    APIConnectionError,
    APIError,
    APITimeoutError,
    AuthenticationError,
    EventTooLargeError,
    IncompleteStreamError,
    ResponseValidationError,
    StreamError,
    UnexpectedResponseError,
)
from runtime.model import Model
from runtime.operation import TEXT, Answer, EventStream, Operation
from runtime.reading import Reading
from runtime.sse import EventParser
from runtime.streaming import AsyncStream, Collected, ServerSentEvent, Stream, UnknownEvent
from tests.unit.runtime.half_answer_server import (
    LIMIT,
    HalfAnswerServer,
    beginning,
    open_connections,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from conftest import Flavour


class Message(Model):
    event: Literal["message", "replace"]
    answer: str


class End(Model):
    event: Literal["end"]


class Audio(Model):
    event: Literal["audio", "audio_end"]


class Failure(Model):
    event: Literal["error"]
    message: str


Event = Annotated[Message | End | Audio | Failure, Field(discriminator="event")]
EVENTS = EventStream(
    Event,
    tag="event",
    ends=frozenset({"end", "error"}),
    keep_alive="ping",
    error="error",
)


def operation(events: EventStream = EVENTS) -> Operation[Any]:
    return Operation("op", "POST", "/op", answers=(Answer("200", {"text/event-stream": events}),))


class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that comes in chunks, may break, and knows whether it was closed."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self.chunks = chunks
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def answering(body: Body, media_type: str = "text/event-stream; charset=utf-8") -> Any:
    headers = {"content-type": media_type}
    return lambda request: httpx2.Response(200, headers=headers, stream=body, request=request)


MESSAGE = b'data: {"event": "message", "answer": "a\xe2\x80\xa8b"}\n\n'
END = b'data: {"event": "end"}\n\n'
AUDIO_END = b'data: {"event": "audio_end"}\n\n'
ERROR = b'data: {"event": "error", "message": "out of order"}\n\n'
PING = b"event: ping\n\n"


def response(body: Body) -> httpx2.Response:
    request = httpx2.Request("POST", "https://api.example/op")
    headers = {"content-type": "text/event-stream"}
    return httpx2.Response(200, headers=headers, stream=body, request=request)


def sync_stream(
    body: Body,
    of: Operation[Any] | None = None,
    reading: Reading | None = None,
    sends: list[int] | None = None,
) -> Stream[Any]:
    """A stream that needs no client; `sends` gets longer with each request."""

    def send() -> httpx2.Response:
        ([] if sends is None else sends).append(1)
        return response(body)

    return Stream(send, of or operation(), reading or Reading())


def async_stream(
    body: Body,
    of: Operation[Any] | None = None,
    reading: Reading | None = None,
    sends: list[int] | None = None,
) -> AsyncStream[Any]:
    async def send() -> httpx2.Response:
        ([] if sends is None else sends).append(1)
        return response(body)

    return AsyncStream(send, of or operation(), reading or Reading())


def read(
    kind: str,
    body: Body,
    of: Operation[Any] | None = None,
    reading: Reading | None = None,
    into: list[Any] | None = None,
) -> list[Any]:
    """All events of a stream; those before an error are in `into`."""
    events: list[Any] = [] if into is None else into

    async def run() -> None:
        async with async_stream(body, of, reading) as stream:
            async for event in stream:
                events.append(event)  # noqa: PERF401 (what came before an error counts)

    if kind == "sync":
        with sync_stream(body, of, reading) as stream:
            events.extend(stream)
    else:
        asyncio.run(run())
    return events


def collect(
    kind: str, body: Body, of: Operation[Any], reading: Reading | None = None
) -> Collected[Any]:
    async def run() -> Collected[Any]:
        return await async_stream(body, of, reading).collect()

    if kind == "sync":
        return sync_stream(body, of, reading).collect()
    return asyncio.run(run())


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Any:
    return request.param


def tags(events: list[Any]) -> list[str]:
    return [getattr(event, "event", None) or event.tag for event in events]


def test_events_are_typed_and_closed_with_the_stream(flavour: Flavour) -> None:
    body = Body(PING, MESSAGE[:9], MESSAGE[9:] + PING, END, AUDIO_END)
    events = flavour.events(answering(body), operation())
    assert [Message, End, Audio] == [type(event) for event in events]
    assert events[0].answer == "a\u2028b"
    assert body.closed
    assert flavour.requests[0].headers["accept"] == "text/event-stream"


@pytest.mark.parametrize("ping", [b'data: {"event": "ping"}\n\n', b"event: ping\ndata:\n\n"])
def test_a_keep_alive_is_skipped_with_data_too(flavour: Flavour, ping: bytes) -> None:
    assert tags(flavour.events(answering(Body(ping, END)), operation())) == ["end"]


def test_an_event_that_reports_an_error_is_raised_after_those_before_it(flavour: Flavour) -> None:
    body, events = Body(MESSAGE + ERROR + MESSAGE), list[Any]()
    with pytest.raises(StreamError, match="out of order") as raised:
        flavour.events(answering(body), operation(), events)
    assert isinstance(raised.value.event, Failure)
    assert tags(events) == ["message"]
    assert body.closed


def test_an_error_that_the_document_does_not_know_is_still_one(flavour: Flavour) -> None:
    body = Body(b'data: {"event": "failed", "message": "out of order"}\n\n')
    events = dataclasses.replace(EVENTS, error="failed")
    with pytest.raises(StreamError, match="out of order"):
        flavour.events(answering(body), operation(events))


@pytest.mark.parametrize(
    "chunks",
    [
        [],
        [MESSAGE],
        [MESSAGE, END[:-1]],
        [MESSAGE, httpx2.RemoteProtocolError("incomplete chunked read")],
        [MESSAGE, httpx2.ReadError("reset")],
    ],
)
def test_a_stream_without_its_end_is_incomplete(flavour: Flavour, chunks: list[Any]) -> None:
    body, events = Body(*chunks), list[Any]()
    with pytest.raises(IncompleteStreamError) as raised:
        flavour.events(answering(body), operation(), events)
    assert isinstance(raised.value, APIConnectionError)
    assert ["message"] * bool(chunks) == tags(events)
    assert body.closed


def test_a_stalled_stream_times_out(flavour: Flavour) -> None:
    body = Body(MESSAGE, httpx2.ReadTimeout("stalled"))
    with pytest.raises(APITimeoutError):
        flavour.events(answering(body), operation())
    assert body.closed


def test_a_stream_of_which_no_end_is_known_may_end_anywhere_but_within_an_event(
    flavour: Flavour,
) -> None:
    plain = operation(EventStream(Message))
    assert tags(flavour.events(answering(Body(MESSAGE)), plain)) == ["message"]
    with pytest.raises(IncompleteStreamError):
        flavour.events(answering(Body(MESSAGE[:-1])), plain)


def test_an_event_after_the_end_is_given(flavour: Flavour) -> None:
    events = flavour.events(answering(Body(MESSAGE, END, MESSAGE, MESSAGE)), operation())
    assert tags(events) == ["message", "end", "message", "message"]


def test_an_unknown_tag_is_given_as_it_came(flavour: Flavour) -> None:
    new = b'data: {"event": "new", "x": [1]}\n\n'
    events = flavour.events(answering(Body(new, END)), operation())
    assert UnknownEvent("new", {"event": "new", "x": [1]}) == events[0]


class TestUnknownTags:
    """A tag that no event of the document has, whatever the document says of tags."""

    Name = TypeAliasType("Name", Literal["message", "replace"])

    class Said(Model):
        name: TestUnknownTags.Name | None = Field(alias="event")
        answer: str

    class Named(Model):
        event: str
        answer: str

    NEW = b'data: {"event": "new", "answer": "a"}\n\n'

    @pytest.mark.parametrize("reading", [Reading(), Reading(strict=True)])
    @pytest.mark.parametrize("type_", [Message | End, Message, Said, Said | End, Annotated[End, 1]])
    def test_it_is_unknown_without_a_discriminator_too(
        self, kind: str, reading: Reading, type_: Any
    ) -> None:
        events = EventStream(type_, tag="event")
        found = read(kind, Body(self.NEW), operation(events), reading)
        assert found == [UnknownEvent("new", {"event": "new", "answer": "a"})]

    @pytest.mark.parametrize("type_", [Message | End, Message, Said, Named, Named | End])
    def test_a_known_one_is_typed(self, kind: str, type_: Any) -> None:
        body = Body(b'data: {"event": "message", "answer": 1}\n\n')
        (event,) = read(kind, body, operation(EventStream(type_, tag="event")))
        assert event.answer == 1

    @pytest.mark.parametrize("type_", [Named, Named | End])
    def test_nothing_is_unknown_where_a_tag_is_any_text(self, kind: str, type_: Any) -> None:
        body = Body(b'data: {"event": "new", "answer": 1}\n\n')
        events = operation(EventStream(type_, tag="event"))
        assert isinstance(read(kind, body, events)[0], self.Named)
        with pytest.raises(ResponseValidationError):
            read(kind, body, events, Reading(strict=True))

    def test_a_keep_alive_of_no_type_is_skipped(self, kind: str) -> None:
        events = EventStream(Message, tag="event", keep_alive="ping")
        assert read(kind, Body(b'data: {"event": "ping"}\n\n'), operation(events)) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (rb'{"event": "message", "answer": "\ud83d"}', Message(event="message", answer="\ufffd")),
        (b'{"event": "message", "answer": "\xff"}', Message(event="message", answer="\ufffd")),
        (b'{"event": "new\xff"}', UnknownEvent("new\ufffd", {"event": "new\ufffd"})),
    ],
)
def test_what_is_no_unicode_is_replaced(kind: str, data: bytes, expected: Any) -> None:
    body = b"data: " + data + b"\n\n"
    assert expected == read(kind, Body(body, END))[0]
    with pytest.raises(ResponseValidationError):
        read(kind, Body(body, END), reading=Reading(strict=True))


@pytest.mark.parametrize("reading", [Reading(), Reading(strict=True)])
@pytest.mark.parametrize("data", [b"{", b"[DONE]", b"", b"\xff", b'{"event": "mess'])
def test_data_that_is_no_json_is_an_error_of_ours(kind: str, reading: Reading, data: bytes) -> None:
    body = Body(b"data: " + data + b"\n\n", END)
    with pytest.raises(ResponseValidationError):
        read(kind, body, reading=reading)
    assert body.closed


def test_done_ends_a_stream_of_which_no_end_is_known(kind: str) -> None:
    body = Body(MESSAGE, b"data: [DONE]\n\n")
    assert len(read(kind, body, operation(EventStream(Message)))) == 1
    done = operation(EventStream(TEXT))
    assert read(kind, Body(b"data: [DONE]\n\n"), done) == [ServerSentEvent("", "[DONE]")]


def test_events_of_text_have_their_name_and_their_data(kind: str) -> None:
    body = Body(b"event: a\ndata: {\ndata: }\n\n", PING, b"data: \xff\n\n")
    first, second = read(kind, body, operation(EventStream(TEXT)))
    assert first == ServerSentEvent("a", "{\n}")
    assert first.json() == {}
    assert second == ServerSentEvent("", "\ufffd")


def test_lines_of_json_are_events(kind: str) -> None:
    lines = operation(EventStream(Message, separator=b"\n"))
    line = b'{"event": "message", "answer": "a"}'
    message = Message(event="message", answer="a")
    assert read(kind, Body(line + b"\n", line), lines) == [message, message]
    with pytest.raises(IncompleteStreamError):
        read(kind, Body(line[:9]), lines)
    body = Body(b"{\n", line)
    with pytest.raises(ResponseValidationError):
        read(kind, body, lines)
    assert body.closed


class TestMisfits:
    """An event that does not fit is kept as far as it fits, or raised."""

    WRONG = b'data: {"event": "message", "answer": {"key": "private"}, "more": [1]}\n\n'

    def test_tolerantly(self, kind: str, caplog: pytest.LogCaptureFixture) -> None:
        # A place is told once in a process, whatever test was here before.
        told = dataclasses.replace(operation(), id=f"misfits_{kind}")
        with caplog.at_level(logging.WARNING):
            event, *_, end = read(kind, Body(self.WRONG, self.WRONG, MESSAGE, END), told)
        assert isinstance(event, Message)
        as_it_came = {"event": "message", "answer": {"key": "private"}, "more": [1]}
        assert as_it_came == vars(event) | (event.model_extra or {})
        assert isinstance(end, End)
        assert caplog.text.count("/answer") == 1
        assert "private" not in caplog.text

    def test_strictly(self, kind: str) -> None:
        body, into = Body(MESSAGE, self.WRONG, END), list[Any]()
        with pytest.raises(ResponseValidationError, match="/answer") as raised:
            read(kind, body, reading=Reading(strict=True), into=into)
        assert tags(into) == ["message"]
        assert body.closed
        assert "private" not in "".join(traceback.format_exception(raised.value))

    @pytest.mark.parametrize("data", [b'{"event": 1}', b'{"event": [[]]}', b'"message"', b"{}"])
    def test_what_names_no_event(self, kind: str, data: bytes) -> None:
        body = b"data: " + data + b"\n\n"
        assert json.loads(data) == read(kind, Body(body, END))[0]
        with pytest.raises(ResponseValidationError):
            read(kind, Body(body, END), reading=Reading(strict=True))

    def test_an_ending_event_that_does_not_fit_still_ends(self, kind: str) -> None:
        class LongEnd(Model):
            event: Literal["end"]
            usage: int

        events = dataclasses.replace(
            EVENTS, type=Annotated[Message | LongEnd, Field(discriminator="event")]
        )
        assert tags(read(kind, Body(MESSAGE, END), operation(events))) == ["message", "end"]

    @pytest.mark.parametrize("reading", [Reading(), Reading(strict=True)])
    @pytest.mark.parametrize("details", [{"message": 503}, {"detail": "out of order"}])
    def test_an_error_that_does_not_fit_is_still_the_servers(
        self, kind: str, reading: Reading, details: dict[str, Any]
    ) -> None:
        data = json.dumps({"event": "error", **details}).encode()
        with pytest.raises(StreamError) as raised:
            read(kind, Body(b"data: " + data + b"\n\n"), reading=reading)
        assert isinstance(raised.value.event, Failure)
        assert details.items() <= raised.value.event.model_dump(warnings=False).items()
        assert "ValidationError" not in "".join(traceback.format_exception(raised.value))


class TestErrorsAsData:
    """What a client gives that was made with `on_error_event="yield"`."""

    READING = Reading(yields_errors=True)

    def test_an_error_is_an_event_and_ends_the_stream(self, kind: str) -> None:
        events = read(kind, Body(MESSAGE, ERROR), reading=self.READING)
        assert tags(events) == ["message", "error"]
        assert isinstance(events[1], Failure)

    def test_an_error_that_ends_nothing(self, kind: str) -> None:
        events = dataclasses.replace(EVENTS, ends=frozenset({"end"}))
        body = Body(ERROR, MESSAGE, END)
        found = read(kind, body, operation(events), reading=self.READING)
        assert tags(found) == ["error", "message", "end"]
        with pytest.raises(IncompleteStreamError):
            read(kind, Body(ERROR), operation(events), reading=self.READING)

    def test_an_error_that_the_document_does_not_know(self, kind: str) -> None:
        events = dataclasses.replace(EVENTS, error="failed")
        body = Body(b'data: {"event": "failed"}\n\n', END)
        found = read(kind, body, operation(events), reading=self.READING)
        assert UnknownEvent("failed", {"event": "failed"}) == found[0]

    def test_an_error_that_does_not_fit(self, kind: str) -> None:
        body = b'data: {"event": "error", "message": 503}\n\n'
        (event,) = read(kind, Body(body), reading=self.READING)
        assert (type(event), event.message) == (Failure, 503)
        with pytest.raises(ResponseValidationError):
            read(kind, Body(body), reading=dataclasses.replace(self.READING, strict=True))


class TestCollected:
    """A stream had whole."""

    REPLACE = b'data: {"event": "replace", "answer": "better"}\n\n'
    TEXTS = dataclasses.replace(
        EVENTS,
        text={"message": "answer", "replace": "answer"},
        replacements=frozenset({"replace"}),
    )

    def test_the_text_the_end_and_the_events(self, kind: str) -> None:
        body = Body(MESSAGE, PING, MESSAGE, END, AUDIO_END)
        collected = collect(kind, body, operation(self.TEXTS))
        assert collected.text == "a\u2028ba\u2028b"
        assert isinstance(collected.end, End)
        assert tags(collected.events) == ["message", "message", "end", "audio_end"]
        assert body.closed

    def test_a_replacement_stands_for_all_before_it(self, kind: str) -> None:
        body = Body(MESSAGE, MESSAGE, self.REPLACE, MESSAGE, END)
        assert collect(kind, body, operation(self.TEXTS)).text == "bettera\u2028b"

    def test_a_document_that_says_nothing_of_text_or_ends(self, kind: str) -> None:
        collected = collect(kind, Body(MESSAGE, END), operation(EventStream(Event)))
        assert (collected.text, collected.end) == ("", None)
        assert tags(collected.events) == ["message", "end"]

    def test_text_by_another_name_in_an_object_or_of_an_unknown_event(self, kind: str) -> None:
        class Delta(Model):
            kind: Literal["delta"] = Field(alias="type")
            said: str = Field(alias="text-of-it")

        class Stop(Model):
            kind: Literal["stop"] = Field(alias="type")

        stream = EventStream(
            Annotated[Delta | Stop, Field(discriminator="kind")],
            tag="type",
            ends=frozenset({"stop"}),
            text={"delta": "text-of-it", "aside": "text"},
        )
        body = (
            b'data: {"type": "delta", "text-of-it": "a"}\n\n',
            b'data: {"type": "aside", "text": "b"}\n\n',
            b'data: {"type": "stop"}\n\n',
        )
        assert collect(kind, Body(*body), operation(stream)).text == "ab"
        plain = dataclasses.replace(stream, type=dict[str, Any])
        assert collect(kind, Body(*body), operation(plain)).text == "ab"

    def test_text_that_is_none_is_left_out(self, kind: str) -> None:
        body = Body(b'data: {"event": "message", "answer": 1}\n\n', MESSAGE, END)
        assert collect(kind, body, operation(self.TEXTS)).text == "a\u2028b"

    def test_an_error_is_raised_or_the_end(self, kind: str) -> None:
        with pytest.raises(StreamError, match="out of order"):
            collect(kind, Body(MESSAGE, ERROR), operation(self.TEXTS))
        reading = Reading(yields_errors=True)
        collected = collect(kind, Body(MESSAGE, ERROR), operation(self.TEXTS), reading)
        assert collected.text == "a\u2028b"
        assert isinstance(collected.end, Failure)

    def test_half_a_stream_is_raised_and_released(self, kind: str) -> None:
        body = Body(MESSAGE)
        with pytest.raises(IncompleteStreamError):
            collect(kind, body, operation(self.TEXTS))
        assert body.closed

    def test_a_stream_of_which_some_is_read_is_not_whole(self, kind: str) -> None:
        if kind == "sync":
            stream = sync_stream(Body(MESSAGE, END))
            assert next(stream).event == "message"
            with pytest.raises(APIError, match="only once"):
                stream.collect()
            assert tags(list(stream)) == ["end"]
            return

        async def run() -> None:
            stream = async_stream(Body(MESSAGE, END))
            assert (await anext(stream)).event == "message"
            with pytest.raises(APIError, match="only once"):
                await stream.collect()
            assert tags([event async for event in stream]) == ["end"]

        asyncio.run(run())


def test_the_name_of_an_event_may_be_any_bytes(flavour: Flavour) -> None:
    body = Body(b"event: \xff\n" + MESSAGE, END)
    assert tags(flavour.events(answering(body), operation())) == ["message", "end"]


def test_events_may_be_plain_objects(flavour: Flavour) -> None:
    events = EventStream(dict[str, Any], tag="event", ends=EVENTS.ends)
    assert flavour.events(answering(Body(END)), operation(events)) == [{"event": "end"}]


def test_one_class_of_events_may_have_many_tags(flavour: Flavour) -> None:
    class Named(Model):
        event: str

    events = EventStream(Named, tag="event", ends=frozenset({"end"}))
    body = Body(b'data: {"event": "message"}\n\n', END)
    assert tags(flavour.events(answering(body), operation(events))) == ["message", "end"]


def test_an_event_without_end_does_not_fill_memory(flavour: Flavour) -> None:
    body = Body(*[b"data: " + b"x" * 2**20] * 20)
    with pytest.raises(EventTooLargeError):
        flavour.events(answering(body), operation())
    assert body.closed


@pytest.mark.parametrize("rest", [[], [END]])
def test_whole_events_come_before_one_that_is_too_large(
    kind: str, rest: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runtime.streaming.EventParser", lambda: EventParser(max_event_size=100))
    events = list[Any]()
    with pytest.raises(EventTooLargeError):
        read(kind, Body(MESSAGE + b"data: " + b"x" * 100, *rest), into=events)
    assert tags(events) == ["message"]


def test_another_media_type_is_an_error_of_ours_and_released(flavour: Flavour) -> None:
    body = Body(b"{}")
    with pytest.raises(UnexpectedResponseError):
        flavour.events(answering(body, "application/json"), operation())
    assert body.closed


def test_a_refusal_is_raised_on_entering(flavour: Flavour) -> None:
    with pytest.raises(AuthenticationError) as raised:
        flavour.events(lambda _: httpx2.Response(401, json={"code": "unauthorized"}), operation())
    assert raised.value.code == "unauthorized"


class TestOnce:
    """A stream is one request and one connection, however it is entered."""

    def test_entered_again_after_its_end(self) -> None:
        sends: list[int] = []
        stream = sync_stream(Body(END), sends=sends)
        with stream:
            assert tags(list(stream)) == ["end"]
        with pytest.raises(APIError, match="only once"), stream:
            next(stream)
        assert len(sends) == 1

    def test_entered_after_its_first_event(self) -> None:
        sends: list[int] = []
        body = Body(MESSAGE, END)
        stream = sync_stream(body, sends=sends)
        first = next(stream)
        with stream:
            assert tags([first, *stream]) == ["message", "end"]
        assert body.closed
        assert len(sends) == 1
        assert next(stream, None) is None

    def test_the_second_reader_is_told_and_does_the_first_no_harm(self) -> None:
        stream = sync_stream(Body(MESSAGE, END))
        events = iter(stream)
        assert next(events).event == "message"
        with pytest.raises(APIError, match="only once"):
            iter(stream)
        with pytest.raises(APIError, match="only once"):
            next(stream)
        assert tags(list(events)) == ["end"]

    def test_two_threads(self) -> None:
        stream = sync_stream(Body(*[MESSAGE] * 100, END))
        start = threading.Barrier(2)

        def read_all(_: int) -> int | str:
            start.wait()
            try:
                return len(list(stream))
            except APIError as error:
                return str(error)

        with ThreadPoolExecutor(2) as pool:
            results = set(pool.map(read_all, range(2)))
        assert results == {101, "a stream can be read only once"}

    def test_read_after_its_block(self) -> None:
        stream = sync_stream(Body(MESSAGE, END))
        with stream:
            pass
        with pytest.raises(APIError, match="only once"):
            next(stream)

    def test_asynchronously(self) -> None:
        async def run() -> None:
            body, sends = Body(MESSAGE, END), list[int]()
            stream = async_stream(body, sends=sends)
            first = await anext(stream)
            async with stream:
                assert tags([first, *[event async for event in stream]]) == ["message", "end"]
            assert body.closed
            with pytest.raises(APIError, match="only once"):
                await stream.collect()
            assert len(sends) == 1

        asyncio.run(run())

    def test_two_tasks(self) -> None:
        async def run() -> None:
            stream = async_stream(Body(MESSAGE, END))
            events = aiter(stream)
            assert (await anext(events)).event == "message"
            with pytest.raises(APIError, match="only once"):
                aiter(stream)
            assert tags([event async for event in events]) == ["end"]

        asyncio.run(run())


class TestResponse:
    """The response of httpx2, beside the events."""

    def test_it_is_there_once_the_stream_is_entered(self) -> None:
        stream = sync_stream(Body(MESSAGE, END))
        unsent = stream.response
        assert unsent is None
        with stream:
            assert stream.response is not None
            assert stream.response.status_code == 200
            assert stream.response.headers["content-type"] == "text/event-stream"

    def test_asynchronously(self) -> None:
        async def run() -> None:
            stream = async_stream(Body(MESSAGE, END))
            unsent = stream.response
            assert unsent is None
            await anext(stream)
            assert stream.response is not None
            assert stream.response.status_code == 200

        asyncio.run(run())


def test_nothing_is_sent_for_a_stream_that_is_not_entered() -> None:
    sends: list[int] = []
    sync_stream(Body(), sends=sends).close()
    asyncio.run(async_stream(Body(), sends=sends).close())
    assert sends == []


@pytest.fixture
def server() -> Iterator[HalfAnswerServer]:
    with beginning("text/event-stream", MESSAGE + MESSAGE) as running:
        yield running


def leave_block(stream: Stream[Any]) -> None:
    with stream as events:
        assert next(events).event == "message"


def leave_by_break(stream: Stream[Any]) -> None:
    for _ in stream:
        break
    with pytest.raises(APIError, match="only once"):
        next(stream)


def leave_by_exception(stream: Stream[Any]) -> None:
    with pytest.raises(ZeroDivisionError), stream:
        1 / 0  # noqa: B018


def leave_by_closing(stream: Stream[Any]) -> None:
    with closing(stream) as events:
        next(events)


def drop_entered(stream: Stream[Any]) -> None:
    stream.__enter__()


def drop_begun(stream: Stream[Any]) -> None:
    next(stream)


def time_out(stream: Stream[Any]) -> None:
    with pytest.raises(APITimeoutError):
        stream.collect()


def interrupt(stream: Stream[Any]) -> None:
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.05, signal.pthread_kill, (main, signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(stream)
    timer.join()


@pytest.mark.parametrize(
    "leave",
    [
        leave_block,
        leave_by_break,
        leave_by_exception,
        leave_by_closing,
        drop_entered,
        drop_begun,
        time_out,
        interrupt,
    ],
)
def test_the_connection_is_released(server: HalfAnswerServer, leave: Any) -> None:
    with httpx2.Client(timeout=0.3) as http:
        leave(
            Stream(
                lambda: http.send(http.build_request("POST", server.url), stream=True),
                operation(),
                Reading(),
            )
        )
        gc.collect()
        assert server.left.wait(LIMIT)
        assert open_connections(http) == []


async def leave_async_block(stream: AsyncStream[Any]) -> None:
    async with stream as events:
        assert (await anext(events)).event == "message"


async def leave_async_by_break(stream: AsyncStream[Any]) -> None:
    async for _ in stream:
        break


async def leave_async_by_exception(stream: AsyncStream[Any]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with stream:
            1 / 0  # noqa: B018


async def leave_async_by_closing(stream: AsyncStream[Any]) -> None:
    async with aclosing(stream) as events:
        await anext(events)


async def drop_async_entered(stream: AsyncStream[Any]) -> None:
    await stream.__aenter__()


async def drop_async_begun(stream: AsyncStream[Any]) -> None:
    await anext(stream)


async def time_out_async(stream: AsyncStream[Any]) -> None:
    with pytest.raises(APITimeoutError):
        await stream.collect()


async def cancel(stream: AsyncStream[Any]) -> None:
    reading = asyncio.create_task(stream.collect())
    await asyncio.sleep(0.05)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


async def close_while_reading(stream: AsyncStream[Any]) -> None:
    reading = asyncio.create_task(stream.collect())
    await asyncio.sleep(0.05)
    await stream.close()
    with pytest.raises(IncompleteStreamError):
        await reading


@pytest.mark.parametrize(
    "leave",
    [
        leave_async_block,
        leave_async_by_break,
        leave_async_by_exception,
        leave_async_by_closing,
        drop_async_entered,
        drop_async_begun,
        time_out_async,
        cancel,
        close_while_reading,
    ],
)
def test_the_connection_is_released_asynchronously(server: HalfAnswerServer, leave: Any) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(timeout=0.3) as http:
            request = http.build_request("POST", server.url)
            await leave(
                AsyncStream(lambda: http.send(request, stream=True), operation(), Reading())
            )
            gc.collect()
            assert await asyncio.to_thread(server.left.wait, LIMIT)
            assert open_connections(http) == []

    asyncio.run(run())


def test_a_stream_that_is_dropped_in_another_thread_is_released() -> None:
    async def run() -> bool:
        body = Body(MESSAGE, END)
        kept = [await async_stream(body).__aenter__()]
        await asyncio.to_thread(kept.clear)
        gc.collect()
        await asyncio.sleep(0.01)
        return body.closed

    assert asyncio.run(run())


def test_a_stream_that_is_dropped_after_its_loop_says_nothing() -> None:
    async def enter(body: Body) -> AsyncStream[Any]:
        return await async_stream(body).__aenter__()

    loop = asyncio.new_event_loop()
    stream = loop.run_until_complete(enter(Body(MESSAGE, END)))
    loop.close()
    del stream
    gc.collect()
    ended = Body(MESSAGE, END)
    stream = asyncio.run(enter(ended))
    assert ended.closed
    del stream
    gc.collect()


def test_a_stream_may_be_closed_by_two_tasks_at_once() -> None:
    class SlowBody(Body):
        async def aclose(self) -> None:
            await asyncio.sleep(0.01)
            self.closed = True

    async def run() -> bool:
        body = SlowBody(MESSAGE, END)
        stream = await async_stream(body).__aenter__()
        await asyncio.gather(stream.close(), stream.close())
        return body.closed

    assert asyncio.run(run())
