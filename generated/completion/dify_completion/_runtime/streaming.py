"""The chunks of an event stream, turned into typed events as they arrive.

`EventReader` knows the events and their order; `Stream` and `AsyncStream` know the connection.
"""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, Self, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import from_json

from .errors import APIError, IncompleteStreamError, StreamError, translated
from .operation import EventStream, Operation
from .response import content_of, misfit
from .sse import EventParser
from .transport import Response

T = TypeVar("T")
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class UnknownEvent:
    """An event with a tag that the document doesn't know; `data` is its JSON."""

    tag: str
    data: Any


class EventReader(Generic[T]):
    """Reads the events of one stream: decodes them and watches their order."""

    def __init__(self, operation: Operation[T], response: Response) -> None:
        self._stream: EventStream = content_of(operation, response, EventStream)
        self._response = response
        self._parser = EventParser()
        self._noted = {*self._stream.ends, self._stream.keep_alive, self._stream.error}
        # Classes of events that don't matter to the order: most events are told by one look here.
        self._plain: set[type] = set()
        self._ended = False

    def feed(self, chunk: bytes) -> Iterator[T]:
        """Give the events that a chunk completes; StreamError for one that reports an error."""
        validate, plain = self._stream.adapter.validate_json, self._plain
        for name, data in self._parser.feed(chunk):
            if name and name.decode(errors="replace") == self._stream.keep_alive:
                continue
            try:
                event = validate(data)
            except ValidationError as error:
                event = self._unfit(data, error)
            if type(event) in plain or self._note(event):
                yield event

    def finish(self) -> None:
        """Raise IncompleteStreamError if the stream must not end here."""
        if self._parser.is_within_event() or (self._stream.ends and not self._ended):
            raise IncompleteStreamError("the stream ended early", self._response.request)

    def _note(self, event: Any) -> bool:
        """Take note of an event for the order; False if it is a keep-alive."""
        tag, is_plain = self._tag(event)
        if tag is not None and tag == self._stream.keep_alive:
            return False
        if tag is not None and tag == self._stream.error:
            raise StreamError(event)
        if self._ended and tag not in self._stream.after_end:
            _logger.warning("event %s came after the stream's end", tag)
        if tag in self._stream.ends:
            self._ended = True
            self._plain.clear()
        elif is_plain and not self._ended:
            self._plain.add(type(event))
        return True

    def _unfit(self, data: bytes, error: ValidationError) -> UnknownEvent:
        """Give an event with an unknown tag as it came; any other misfit is an error."""
        problem = error.errors(include_url=False, include_input=False)[0]
        value = {} if problem["type"] == "json_invalid" else from_json(data)
        tag = value.get(self._stream.tag) if isinstance(value, dict) else None
        if tag is not None and tag == self._stream.error:
            # What the server says of its error matters more than how it says it.
            raise StreamError(value) from None
        if problem["type"] == "union_tag_invalid" and not problem["loc"] and isinstance(tag, str):
            return UnknownEvent(tag, value)
        raise misfit(error, self._response) from None

    def _tag(self, event: Any) -> tuple[Any, bool]:
        """Give an event's tag, and whether no event of its class matters to the order."""
        wire = self._stream.tag
        if isinstance(event, dict | UnknownEvent):
            return (event.get(wire) if isinstance(event, dict) else event.tag), False
        for name, field in getattr(type(event), "model_fields", {}).items():
            if wire == (field.alias or name):
                is_literal = get_origin(field.annotation) is Literal
                tags = get_args(field.annotation)
                return getattr(event, name), is_literal and self._noted.isdisjoint(tags)
        return None, wire is None


class _Stream(Generic[T]):
    def __init__(self, send: Callable[[], Any], operation: Operation[T]) -> None:
        self._send, self._operation = send, operation
        self._response: Any = None
        self._events: Any = None
        self._is_over = False

    def _refuse_if_over(self) -> None:
        if self._is_over:
            raise APIError("a stream can be read only once")


class Stream(_Stream[T]):
    """The events of a stream, once: iterate it, in a `with` block to be sure of its end.

    The request is sent on entering the block, or when the first event is asked for. The connection
    is released at the stream's end, on leaving the block or the loop, and on garbage collection.
    """

    def __enter__(self) -> Self:
        self._refuse_if_over()
        self._response = self._response or self._send()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[T]:
        return self._events or self._read()

    def __next__(self) -> T:
        self._events = events = iter(self)
        return next(events)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Release the connection; the server sees that no one listens."""
        self._is_over = True
        if self._response is not None:
            self._response.close()

    def _read(self) -> Iterator[T]:
        with self, translated(IncompleteStreamError):
            reader = EventReader(self._operation, self._response)
            for chunk in self._response.iter_bytes():
                yield from reader.feed(chunk)
            reader.finish()


class AsyncStream(_Stream[T]):
    """The events of a stream, once: as `Stream`, with `async with` and `async for`."""

    async def __aenter__(self) -> Self:
        self._refuse_if_over()
        self._response = self._response or await self._send()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._events or self._read()

    async def __anext__(self) -> T:
        self._events = events = aiter(self)
        return await anext(events)

    async def close(self) -> None:
        """Release the connection; the server sees that no one listens."""
        self._is_over = True
        if self._response is not None:
            await self._response.aclose()

    aclose = close  # for contextlib.aclosing

    async def _read(self) -> AsyncIterator[T]:
        async with self:
            with translated(IncompleteStreamError):
                reader = EventReader(self._operation, self._response)
                async for chunk in self._response.aiter_bytes():
                    for event in reader.feed(chunk):
                        yield event
                reader.finish()
