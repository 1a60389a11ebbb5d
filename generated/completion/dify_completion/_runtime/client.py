"""The clients that the generated ones extend: they hold the settings and send operations.

Sync and async share what prepares a request and what reads a response; they differ in the send.
"""

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Self, TypeVar

from .binary import AsyncBinaryResponse, BinaryResponse
from .errors import InvalidArgumentError
from .operation import EventStream, Operation, Raw, Security
from .request import Arguments, prepare
from .request import RequestOptions as Options
from .response import comes_as, read_answer
from .retry import conclude
from .security import APIKey, Keys, credentials_for
from .streaming import AsyncStream, Stream
from .transport import (
    DEFAULT_TIMEOUT,
    LIMITS,
    AsyncHTTPClient,
    HTTPClient,
    HTTPError,
    PreparedRequest,
    Response,
    TimeoutTypes,
    build,
    is_base_url,
)

T = TypeVar("T")
HTTP = TypeVar("HTTP", HTTPClient, AsyncHTTPClient)


@dataclass(frozen=True)
class API:
    """What the document says to the client as a whole."""

    name: str
    version: str
    base_url: str | None = None
    environment: str = ""
    schemes: Mapping[str, APIKey] = field(default_factory=dict)
    security: Security = ()


class _Client(Generic[HTTP]):
    """The settings, and what needs no connection.

    `api_key` is a key, a callable that gives one at each request, or a mapping of scheme names to
    either; it and `base_url` come from the environment if not given. An `http_client` that is given
    is not closed. `timeout` is in seconds, or an `httpx2.Timeout`.
    """

    _api: ClassVar[API]
    _new_http: Callable[..., HTTP]

    def __init__(
        self,
        api_key: Keys | None = None,
        base_url: str | None = None,
        http_client: HTTP | None = None,
        timeout: TimeoutTypes = DEFAULT_TIMEOUT,
        max_retries: int = 2,
    ) -> None:
        environment = self._api.environment
        key_given_there = os.environ.get(f"{environment}_API_KEY") or None
        self._keys = key_given_there if api_key is None else api_key
        self._base_url = base_url or os.environ.get(f"{environment}_BASE_URL")
        self.base_url = self._base_url or self._api.base_url or ""
        if not is_base_url(self.base_url):
            raise InvalidArgumentError("base_url", "should be http(s)://host:port/path, no more")
        self.timeout = timeout
        self.max_retries = max_retries
        self._owns_http = http_client is None
        self._http: HTTP = self._new_http(limits=LIMITS) if http_client is None else http_client

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def _prepare(
        self, operation: Operation[Any], arguments: Arguments, options: Options
    ) -> PreparedRequest:
        if unknown := options.keys() - Options.__annotations__.keys():
            raise TypeError(f"{operation.id} takes no argument {min(unknown)!r}")
        security = self._api.security if operation.security is None else operation.security
        credentials = credentials_for(security, self._api.schemes, self._keys)
        if credentials is None:
            variable = f"{self._api.environment}_API_KEY"
            raise InvalidArgumentError("api_key", f"give one to the client, or set {variable}")
        return prepare(
            operation,
            arguments,
            options,
            base_url=self._base_url or operation.base_url or self.base_url,
            timeout=self.timeout,
            user_agent=f"{self._api.name}/{self._api.version}",
            credentials=credentials,
        )


class SyncClient(_Client[HTTPClient]):
    """A client, safe to share between threads; `close` it, or use it in a `with` block."""

    _new_http = HTTPClient

    def request(self, operation: Operation[T], arguments: Arguments, options: Options) -> T:
        """Send an operation and read its answer."""
        return read_answer(operation, self._send(self._prepare(operation, arguments, options)))

    def stream(self, operation: Operation[T], arguments: Arguments, options: Options) -> Stream[T]:
        """Prepare an operation that answers events; entering the stream sends it."""
        prepared = self._prepare(operation, arguments, options)
        return Stream(lambda: self._send(prepared, EventStream), operation)

    def download(
        self, operation: Operation[bytes], arguments: Arguments, options: Options
    ) -> BinaryResponse:
        """Send an operation that answers bytes, which are left to be read."""
        return BinaryResponse(self._send(self._prepare(operation, arguments, options), Raw))

    def close(self) -> None:
        """Close the connections, unless they belong to an `http_client` that was given."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, prepared: PreparedRequest, kind: type = object) -> Response:
        """Send until there is a result; a body of the kind is left to be read by the caller."""
        tries = 0
        while True:
            tries += 1
            outcome: Response | HTTPError
            with ExitStack() as opened:
                request = build(self._http, prepared, opened)
                try:
                    outcome = self._http.send(request, stream=True)
                    if kind is object or not comes_as(kind, prepared.operation, outcome):
                        outcome.read()
                except HTTPError as error:
                    outcome = error
            result = conclude(prepared, outcome, tries, self.max_retries, kind)
            if isinstance(result, Response):
                return result
            time.sleep(result)


class Resource:
    """A group of operations."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client


class AsyncClient(_Client[AsyncHTTPClient]):
    """A client to be awaited, safe to share between the tasks of one event loop."""

    _new_http = AsyncHTTPClient

    async def request(self, operation: Operation[T], arguments: Arguments, options: Options) -> T:
        """Send an operation and read its answer."""
        prepared = self._prepare(operation, arguments, options)
        return read_answer(operation, await self._send(prepared))

    def stream(
        self, operation: Operation[T], arguments: Arguments, options: Options
    ) -> AsyncStream[T]:
        """Prepare an operation that answers events; entering the stream sends it."""
        prepared = self._prepare(operation, arguments, options)
        return AsyncStream(lambda: self._send(prepared, EventStream), operation)

    async def download(
        self, operation: Operation[bytes], arguments: Arguments, options: Options
    ) -> AsyncBinaryResponse:
        """Send an operation that answers bytes, which are left to be read."""
        prepared = self._prepare(operation, arguments, options)
        return AsyncBinaryResponse(await self._send(prepared, Raw))

    async def close(self) -> None:
        """Close the connections, unless they belong to an `http_client` that was given."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _send(self, prepared: PreparedRequest, kind: type = object) -> Response:
        """Send until there is a result; a body of the kind is left to be read by the caller."""
        tries = 0
        while True:
            tries += 1
            outcome: Response | HTTPError
            with ExitStack() as opened:
                request = build(self._http, prepared, opened)
                try:
                    outcome = await self._http.send(request, stream=True)
                    if kind is object or not comes_as(kind, prepared.operation, outcome):
                        await outcome.aread()
                except HTTPError as error:
                    outcome = error
            result = conclude(prepared, outcome, tries, self.max_retries, kind)
            if isinstance(result, Response):
                return result
            await asyncio.sleep(result)


class AsyncResource:
    """A group of operations, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
