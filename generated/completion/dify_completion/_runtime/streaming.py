"""The chunks of an event stream, turned into typed events as they arrive.

`EventReader` knows the events and their order; `Stream` and `AsyncStream` know the connection.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, Literal, Self, TypeVar, get_args, get_origin

from pydantic_core import ValidationError, from_json

from .errors import APIError, IncompleteStreamError, StreamError, translated
from .operation import TEXT, EventStream, Operation, validator
from .properties import fields_of, property_of
from .reading import Reading, parse, read_json
from .records import RecordParser
from .response import content_of
from .sse import EventParser
from .transport import Response, hold

T = TypeVar("T")
Events = TypeVar("Events")
# Ends a stream of JSON, and is none, where the document has no ending event.
_DONE = b"[DONE]"


@dataclass(frozen=True)
class ServerSentEvent:
    """An event of a stream of text: its name, which is mostly empty, and its data."""

    event: str
    data: str

    def json(self) -> Any:
        """Parse the data as JSON; ValueError if it is none."""
        return from_json(self.data)


@dataclass(frozen=True)
class UnknownEvent:
    """An event with a tag that the document doesn't know; `data` is its JSON."""

    tag: str
    data: Any


@dataclass(frozen=True)
class Collected(Generic[T]):
    """A whole stream: its text, the event that ended it, and all of its events.

    `text` is empty where the document doesn't say which field is text; `end` is None where it
    doesn't say which event is the last.
    """

    text: str
    end: T | None
    events: list[T]


class EventReader(Generic[T]):
    """Reads the events of one stream: decodes them and watches their order."""

    def __init__(self, operation: Operation[T], response: Response, reading: Reading) -> None:
        self._stream: EventStream = content_of(operation, response, EventStream)
        self._operation, self._response, self._reading = operation, response, reading
        separator = self._stream.separator
        self._parser = RecordParser(separator) if separator else EventParser()
        self._raised = None if reading.yields_errors else self._stream.error
        self._noted = {*self._stream.ends, self._stream.keep_alive, self._stream.error} - {None}
        # Classes of events that don't matter to the order: most events are told by one look here.
        self._plain: set[type] = set()
        self._ended = False

    def feed(self, chunk: bytes) -> Iterator[T]:
        """Give the events that a chunk completes; StreamError for one that reports an error."""
        events = self._parser.feed(chunk)
        return _texts(events) if self._stream.type is TEXT else self._typed(events)

    def finish(self) -> Iterator[T]:
        """Give what the end completes; IncompleteStreamError if the stream must not end here."""
        is_cut = self._parser.is_within_event()
        if not is_cut:
            yield from self.feed(self._stream.separator)
        if is_cut or (self._stream.ends and not self._ended):
            raise IncompleteStreamError("the stream ended early", self._response.request)

    def _typed(self, events: list[tuple[bytes, bytes]]) -> Iterator[T]:
        validate, plain = validator(self._stream.type), self._plain
        for name, data in events:
            if name and name.decode(errors="replace") == self._stream.keep_alive:
                continue
            try:
                event: Any = validate(data)
            except ValidationError as error:
                if data == _DONE and not self._stream.ends:
                    continue
                event = error  # it shows values, and would be the context of what is raised here
            if type(event) in plain or self._note(event := self._fitted(event, data)):
                yield event

    def _note(self, event: Any) -> bool:
        """Take note of an event for the order; False if it is a keep-alive."""
        tag = _tag(self._stream, event)
        if tag == self._stream.keep_alive:
            return False
        if tag == self._raised:
            reported = event.data if isinstance(event, UnknownEvent) else event
            raise StreamError(reported, self._response)
        if tag in self._stream.ends:
            self._ended = True
        elif self._is_plain(type(event)):
            self._plain.add(type(event))
        return True

    def _is_plain(self, kind: type) -> bool:
        """Whether no event of a class matters to the order."""
        fields = {wire: field.annotation for wire, (_, field) in fields_of(kind).items()}
        annotation = fields.get(self._stream.tag or "")
        tags = get_args(annotation) if get_origin(annotation) is Literal else self._noted
        return self._noted.isdisjoint(tags)

    def _fitted(self, event: Any, data: bytes) -> Any:
        """Give an event; one with an unknown tag as it came, any other that doesn't fit as read."""
        if not isinstance(event, ValidationError):
            return event
        from .fitting import tags_of  # long to import, and seldom needed

        value: Any = None
        with suppress(ValueError, RecursionError):
            value, _ = parse(data, strict=self._reading.strict)
        tag, known = _tag(self._stream, value), tags_of(self._stream.type, self._stream.tag or "")
        if tag and known and tag not in known:
            return UnknownEvent(tag, value)
        # What a server says of its error matters more than how it says it.
        reading = Reading() if tag == self._raised else self._reading
        return read_json(self._stream.type, data, self._response, self._operation.id, reading)


class _Stream(Generic[T]):
    def __init__(self, send: Callable[[], Any], operation: Operation[T], reading: Reading) -> None:
        self._send, self._operation, self._reading = send, operation, reading
        self._unread = Lock()  # acquired once, by the one that reads
        self._events: Any = None
        self.response: Response | None = None

    def _once(self, events: Events) -> Events:
        """Give the events to the first that asks; two readers would each miss some."""
        if not self._unread.acquire(blocking=False):
            raise APIError("a stream can be read only once")
        return events

    def _collected(self, events: list[T]) -> Collected[T]:
        response: Any = self.response
        stream: EventStream = content_of(self._operation, response, EventStream)
        ends = [event for event in events if _tag(stream, event) in stream.ends]
        return Collected(_text(stream, events), next(iter(ends), None), events)


class Stream(_Stream[T]):
    """The events of a stream, once: iterate it, in a `with` block to be sure of its end.

    The request is sent on entering the block, or when the first event is asked for. The connection
    is released at the stream's end, on leaving the block or the loop, and on garbage collection.
    `response` is that of httpx2, None before the request is sent.
    """

    def __enter__(self) -> Self:
        self.response = self.response or self._send()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[T]:
        return self._events or self._once(self._read())

    def __next__(self) -> T:
        self._events = events = iter(self)
        return next(events)

    def __del__(self) -> None:
        self.close()

    def collect(self) -> Collected[T]:
        """Read the whole stream; raises what iterating it would raise."""
        return self._collected(list(self._once(self._read())))

    def close(self) -> None:
        """Release the connection; the server sees that no one listens."""
        if self.response is not None:
            self.response.close()

    def _read(self) -> Iterator[T]:
        with self, translated(IncompleteStreamError):
            response: Any = self.response
            reader = EventReader(self._operation, response, self._reading)
            for chunk in response.iter_bytes():
                yield from reader.feed(chunk)
            yield from reader.finish()


class AsyncStream(_Stream[T]):
    """The events of a stream, once: as `Stream`, with `async with` and `async for`."""

    _hold: AsyncGenerator[None] | None = None

    async def __aenter__(self) -> Self:
        if self.response is None:
            response = await self._send()
            self.response, self._hold = response, hold(response)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._events or self._once(self._read())

    async def __anext__(self) -> T:
        self._events = events = aiter(self)
        return await anext(events)

    async def collect(self) -> Collected[T]:
        """Read the whole stream; raises what iterating it would raise."""
        return self._collected([event async for event in self._once(self._read())])

    async def close(self) -> None:
        """Release the connection; the server sees that no one listens."""
        holding, self._hold = self._hold, None
        if holding is not None:
            await holding.aclose()

    aclose = close  # for contextlib.aclosing

    async def _read(self) -> AsyncIterator[T]:
        async with self:
            with translated(IncompleteStreamError):
                response: Any = self.response
                reader = EventReader(self._operation, response, self._reading)
                async for chunk in response.aiter_bytes():
                    for event in reader.feed(chunk):
                        yield event
                for event in reader.finish():
                    yield event


def _texts(events: list[tuple[bytes, bytes]]) -> Iterator[Any]:
    for name, data in events:
        yield ServerSentEvent(name.decode(errors="replace"), data.decode(errors="replace"))


def _text(stream: EventStream, events: list[Any]) -> str:
    """Join the text of a stream; a replacement stands for all before it."""
    text = ""
    for event in events:
        tag = _tag(stream, event)
        piece = _property(event, stream.text.get(tag))
        if isinstance(piece, str):
            text = piece if tag in stream.replacements else text + piece
    return text


def _tag(stream: EventStream, event: Any) -> str:
    """Give what names an event; empty where nothing does."""
    tag = _property(event, stream.tag)
    return tag if isinstance(tag, str) else ""


def _property(event: Any, name: str | None) -> Any:
    """Give a property of an event by its name in JSON; None where there is none."""
    return property_of(event.data if isinstance(event, UnknownEvent) else event, name)
