"""The clients that the generated ones extend: they send operations and read their answers.

Sync and async share what prepares a request and what reads a response; they differ in the send.
"""

import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, closing
from typing import Any, ParamSpec, Self, TypeVar

from . import transport as http
from .api_response import APIResponse, joined, recording
from .base_client import API, BaseClient
from .binary import AsyncBinaryResponse, BinaryResponse
from .operation import EventStream, Operation, Paging, Raw
from .pages import AsyncPages, Pages
from .request import Arguments
from .request import RequestOptions as Options
from .response import read_answer
from .retry import Tries
from .streaming import AsyncStream, Stream

__all__ = ["API", "AsyncClient", "AsyncResource", "Resource", "SyncClient"]

T = TypeVar("T")
P = ParamSpec("P")


class SyncClient(BaseClient[http.Client, http.BaseTransport]):
    """A client, safe to share between threads; `close` it, or use it in a `with` block."""

    _new_http = http.Client

    def _request(self, operation: Operation[T], arguments: Arguments, options: Options) -> T:
        """Send an operation and read its answer."""
        response = self._send(self._prepare(operation, arguments, options))
        return read_answer(operation, response, self._reading)

    def _stream(self, operation: Operation[T], arguments: Arguments, options: Options) -> Stream[T]:
        """Prepare an operation that answers events; entering the stream sends it."""
        prepared = self._prepare(operation, arguments, options)
        return Stream(lambda: self._send(prepared, EventStream), operation, self._reading)

    def _download(
        self, operation: Operation[bytes], arguments: Arguments, options: Options
    ) -> BinaryResponse:
        """Send an operation that answers bytes, which are left to be read."""
        return BinaryResponse(self._send(self._prepare(operation, arguments, options), Raw))

    def _paginate(
        self, operation: Operation[T], paging: Paging, arguments: Arguments, options: Options
    ) -> Pages[T, Any]:
        """Give the pages of an operation, each sent for when it is asked for."""
        return Pages(lambda given: self._request(operation, given, options), paging, arguments)

    def with_response(
        self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> APIResponse[T]:
        """Call a method of the client, and give its value with the response it came in."""
        with recording() as responses:
            value = method(*args, **kwargs)
        return joined(value, responses)

    def close(self) -> None:
        """Close the connections, unless they belong to an `http_client` that was given."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, prepared: http.PreparedRequest, kind: type = object) -> http.Response:
        """Send until there is a result; a body of the kind is left to be read by the caller."""
        stream, follows = kind is not object, prepared.follows(self._http)
        tries = Tries(prepared, self.max_retries, kind)
        while tries.response is None:
            if tries.wait is not None:
                time.sleep(tries.wait)
            with tries.next(self._http) as request:
                response = self._http.send(request, stream=stream, follow_redirects=follows)
                if not tries.take(response):
                    with closing(response):
                        response.read()
        return tries.response


class Resource:
    """A group of operations."""

    def __init__(self, client: SyncClient) -> None:
        self._request, self._stream = client._request, client._stream
        self._download, self._paginate = client._download, client._paginate


class AsyncClient(BaseClient[http.AsyncClient, http.AsyncBaseTransport]):
    """A client to be awaited, safe to share between the tasks of one event loop."""

    _new_http = http.AsyncClient

    async def _request(self, operation: Operation[T], arguments: Arguments, options: Options) -> T:
        response = await self._send(self._prepare(operation, arguments, options))
        return read_answer(operation, response, self._reading)

    def _stream(
        self, operation: Operation[T], arguments: Arguments, options: Options
    ) -> AsyncStream[T]:
        prepared = self._prepare(operation, arguments, options)
        return AsyncStream(lambda: self._send(prepared, EventStream), operation, self._reading)

    async def _download(
        self, operation: Operation[bytes], arguments: Arguments, options: Options
    ) -> AsyncBinaryResponse:
        prepared = self._prepare(operation, arguments, options)
        return AsyncBinaryResponse(await self._send(prepared, Raw))

    def _paginate(
        self, operation: Operation[T], paging: Paging, arguments: Arguments, options: Options
    ) -> AsyncPages[T, Any]:
        return AsyncPages(lambda given: self._request(operation, given, options), paging, arguments)

    async def with_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> APIResponse[T]:
        """Call a method of the client, and give its value with the response it came in."""
        with recording() as responses:
            value: Any = method(*args, **kwargs)
            if isinstance(value, Awaitable):  # a stream is not: it has sent nothing
                value = await value
        return joined(value, responses)

    async def close(self) -> None:
        """Close the connections, unless they belong to an `http_client` that was given."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _send(self, prepared: http.PreparedRequest, kind: type = object) -> http.Response:
        """Send until there is a result; a body of the kind is left to be read by the caller."""
        stream, follows = kind is not object, prepared.follows(self._http)
        tries = Tries(prepared, self.max_retries, kind)
        while tries.response is None:
            if tries.wait is not None:
                await _sleep(tries.wait)
            with tries.next(self._http) as request:
                response = await self._http.send(request, stream=stream, follow_redirects=follows)
                if not tries.take(response):
                    async with aclosing(response):
                        await response.aread()
        return tries.response


class AsyncResource:
    """A group of operations, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._request, self._stream = client._request, client._stream
        self._download, self._paginate = client._download, client._paginate


async def _sleep(seconds: float) -> None:
    from asyncio import sleep  # a sync client has no need of it

    await sleep(seconds)
