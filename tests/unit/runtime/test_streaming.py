"""Events are typed as they arrive, and the connection is released however reading ends."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
import logging
import traceback
from contextlib import aclosing
from typing import TYPE_CHECKING, Annotated, Any, Literal

import httpx2
import pytest
from pydantic import Field

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
from runtime.operation import Answer, EventStream, Operation
from runtime.request import RequestOptions
from runtime.streaming import UnknownEvent

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
    after_end=frozenset({"audio_end"}),
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
    body, events = Body(MESSAGE + ERROR + MESSAGE), []
    with pytest.raises(StreamError, match="out of order") as raised:
        flavour.events(answering(body), operation(), events)
    assert isinstance(raised.value.event, Failure)
    assert tags(events) == ["message"]
    assert body.closed


@pytest.mark.parametrize(
    "data",
    [b'{"event": "error", "message": 503}', b'{"event": "error", "detail": "out of order"}'],
)
def test_an_error_that_does_not_fit_is_still_the_servers(flavour: Flavour, data: bytes) -> None:
    with pytest.raises(StreamError) as raised:
        flavour.events(answering(Body(b"data: " + data + b"\n\n")), operation())
    assert json.loads(data) == raised.value.event
    assert "ValidationError" not in "".join(traceback.format_exception(raised.value))


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
    body, events = Body(*chunks), []
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


def test_an_event_after_the_end_is_given_and_logged(
    flavour: Flavour, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        events = flavour.events(answering(Body(MESSAGE, END, MESSAGE)), operation())
    assert tags(events) == ["message", "end", "message"]
    assert "message came after" in caplog.text


def test_an_unknown_tag_is_given_as_it_came(flavour: Flavour) -> None:
    new = b'data: {"event": "new", "x": [1]}\n\n'
    events = flavour.events(answering(Body(new, END)), operation())
    assert UnknownEvent("new", {"event": "new", "x": [1]}) == events[0]


@pytest.mark.parametrize(
    "data", [b'{"event": "message"}', b"{", b"[DONE]", b'"message"', b'{"event": 1}', b'"\xff"']
)
def test_an_event_that_does_not_fit_is_an_error_of_ours(flavour: Flavour, data: bytes) -> None:
    body = Body(b"data: " + data + b"\n\n", END)
    with pytest.raises(ResponseValidationError):
        flavour.events(answering(body), operation())
    assert body.closed


def test_a_traceback_shows_no_value_of_an_event(flavour: Flavour) -> None:
    body = Body(b'data: {"event": "message", "answer": {"key": "private"}}\n\n', END)
    with pytest.raises(ResponseValidationError, match="/answer") as raised:
        flavour.events(answering(body), operation())
    assert "private" not in "".join(traceback.format_exception(raised.value))


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

    def test_entered_again_after_its_end(self, synchronous: Flavour) -> None:
        stream = synchronous.sync_client(answering(Body(END))).stream(operation(), {}, {})
        with stream:
            assert tags(list(stream)) == ["end"]
        with pytest.raises(APIError, match="only once"), stream:
            pass
        assert len(synchronous.requests) == 1

    def test_entered_after_its_first_event(self, synchronous: Flavour) -> None:
        body = Body(MESSAGE, END)
        stream = synchronous.sync_client(answering(body)).stream(operation(), {}, {})
        first = next(stream)
        with stream:
            assert tags([first, *stream]) == ["message", "end"]
        assert body.closed
        assert len(synchronous.requests) == 1

    def test_read_from_two_places(self, synchronous: Flavour) -> None:
        stream = synchronous.sync_client(answering(Body(MESSAGE, END))).stream(operation(), {}, {})
        with stream:
            events = iter(stream)
            next(events)
            with pytest.raises(APIError, match="only once"):
                next(iter(stream))

    def test_asynchronously(self, asynchronous: Flavour) -> None:
        async def read() -> None:
            body = Body(MESSAGE, END)
            stream = asynchronous.async_client(answering(body)).stream(operation(), {}, {})
            first = await anext(stream)
            async with stream:
                assert tags([first, *[event async for event in stream]]) == ["message", "end"]
            assert body.closed
            with pytest.raises(APIError, match="only once"):
                async with stream:
                    pass

        asyncio.run(read())
        assert len(asynchronous.requests) == 1


class TestRelease:
    """Each way of leaving, in both flavours."""

    def test_leaving_the_block(self, synchronous: Flavour) -> None:
        body = Body(MESSAGE, MESSAGE, END)
        client = synchronous.sync_client(answering(body))
        with client.stream(operation(), {}, RequestOptions()) as events:
            assert next(events).event == "message"
            assert not body.closed
        assert body.closed

    def test_break_without_a_block(self, synchronous: Flavour) -> None:
        body = Body(MESSAGE, MESSAGE, END)
        client = synchronous.sync_client(answering(body))
        events = client.stream(operation(), {}, RequestOptions())
        for _ in events:
            break
        assert body.closed
        with pytest.raises(APIError, match="only once"):
            next(iter(events))

    def test_an_exception(self, synchronous: Flavour) -> None:
        body = Body(MESSAGE, MESSAGE, END)
        client = synchronous.sync_client(answering(body))
        with pytest.raises(ZeroDivisionError), client.stream(operation(), {}, RequestOptions()):
            1 / 0  # noqa: B018
        gc.collect()
        assert body.closed

    def test_garbage_collection(self, synchronous: Flavour) -> None:
        body = Body(MESSAGE, MESSAGE, END)
        client = synchronous.sync_client(answering(body))
        next(client.stream(operation(), {}, RequestOptions()))
        gc.collect()
        assert body.closed

    def test_garbage_collection_of_a_stream_that_was_only_entered(
        self, synchronous: Flavour
    ) -> None:
        body = Body(MESSAGE, END)
        synchronous.sync_client(answering(body)).stream(operation(), {}, {}).__enter__()
        gc.collect()
        assert body.closed

    def test_by_contextlib(self, asynchronous: Flavour) -> None:
        async def leave() -> bool:
            body = Body(MESSAGE, MESSAGE, END)
            client = asynchronous.async_client(answering(body))
            async with aclosing(client.stream(operation(), {}, {})) as events:
                await anext(events)
            return body.closed

        assert asyncio.run(leave())

    def test_nothing_is_sent_for_a_stream_that_is_not_entered(self, synchronous: Flavour) -> None:
        synchronous.sync_client(answering(Body())).stream(operation(), {}, RequestOptions())
        assert synchronous.requests == []

    def test_asynchronously(self, asynchronous: Flavour) -> None:
        async def leave(how: str) -> bool:
            body = Body(MESSAGE, MESSAGE, END)
            client = asynchronous.async_client(answering(body))
            stream = client.stream(operation(), {}, RequestOptions())
            if how == "block":
                async with stream as events:
                    assert (await anext(events)).event == "message"
            elif how == "break":
                async for _ in stream:
                    break
            else:
                await anext(stream)
            del stream
            gc.collect()
            await asyncio.sleep(0.01)
            return body.closed

        for how in ("block", "break", "collection"):
            assert asyncio.run(leave(how)), how

    def test_a_cancelled_task(self, asynchronous: Flavour) -> None:
        class Stalled(Body):
            async def __aiter__(self) -> AsyncIterator[bytes]:
                yield MESSAGE
                await asyncio.sleep(60)

        async def cancel() -> bool:
            body = Stalled()
            client = asynchronous.async_client(answering(body))

            async def read() -> None:
                async with client.stream(operation(), {}, RequestOptions()) as events:
                    async for _ in events:
                        pass

            task = asyncio.create_task(read())
            await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return body.closed

        assert asyncio.run(cancel())
