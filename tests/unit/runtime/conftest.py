"""Both flavours of the client behind one face, over a mock transport."""

import asyncio
import inspect
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from runtime.client import API, AsyncClient, SyncClient
from runtime.operation import Operation
from runtime.request import RequestOptions
from runtime.security import Bearer

DOCUMENT = API(
    name="example-client",
    version="1.2.3",
    base_url="https://api.example/v1",
    environment="EXAMPLE",
    schemes={"Token": Bearer()},
)


class ExampleClient(SyncClient):
    _api = DOCUMENT


class AsyncExampleClient(AsyncClient):
    _api = DOCUMENT


Handler = Callable[[httpx2.Request], httpx2.Response]


class Flavour:
    """Runs a call on the sync or the async client, against a handler, and keeps the requests."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.requests: list[httpx2.Request] = []

    def request(
        self,
        handler: Handler,
        operation: Operation[Any],
        arguments: dict[str, Any] | None = None,
        options: RequestOptions | None = None,
        **settings: Any,
    ) -> Any:
        return self._run(handler, settings, "_request", operation, arguments, options)

    def download(self, handler: Handler, operation: Operation[bytes], **settings: Any) -> bytes:
        binary = self._run(handler, settings, "_download", operation, None, None)
        assert isinstance(binary, bytes)
        return binary

    def events(
        self, handler: Handler, operation: Operation[Any], into: list[Any] | None = None
    ) -> list[Any]:
        """All events of a stream; those before an error are in `into`."""
        events = [] if into is None else into
        if self.name == "sync":
            client = self.sync_client(handler)
            with client, client._stream(operation, {}, RequestOptions()) as stream:
                events.extend(stream)
        else:
            asyncio.run(self._events(handler, operation, events))
        return events

    async def _events(self, handler: Handler, operation: Operation[Any], events: list[Any]) -> None:
        async with (
            self.async_client(handler) as client,
            client._stream(operation, {}, RequestOptions()) as stream,
        ):
            async for event in stream:
                events.append(event)  # noqa: PERF401 (what came before an error counts)

    def make(self, **settings: Any) -> Any:
        """A client of the flavour, with connections of its own."""
        settings = {"api_key": "secret", **settings}
        return (ExampleClient if self.name == "sync" else AsyncExampleClient)(**settings)

    def run(self, handler: Handler, work: Callable[[Any], Any], **settings: Any) -> Any:
        """What work gives that is done with a client, and awaited if that can be."""
        make = self.sync_client if self.name == "sync" else self.async_client
        return self.use(make(handler, **settings), work)

    def use(self, client: Any, work: Callable[[Any], Any]) -> Any:
        """What work gives that is done with this client, which is closed then."""
        if self.name == "async":
            return asyncio.run(self._awaited(client, work))
        with client:
            return work(client)

    async def _awaited(self, client: Any, work: Callable[[Any], Any]) -> Any:
        async with client:
            result = work(client)
            return await result if inspect.isawaitable(result) else result

    def sync_client(self, handler: Handler, **settings: Any) -> ExampleClient:
        http = httpx2.Client(transport=httpx2.MockTransport(self._keeping(handler)))
        return self.sync(**{"http_client": http, **settings})

    def sync(self, **settings: Any) -> ExampleClient:
        return ExampleClient(**{"api_key": "secret", **settings})

    def async_client(self, handler: Handler, **settings: Any) -> AsyncExampleClient:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._keeping(handler)))
        return AsyncExampleClient(**{"api_key": "secret", "http_client": http, **settings})

    def _keeping(self, handler: Handler) -> Handler:
        def handle(request: httpx2.Request) -> httpx2.Response:
            self.requests.append(request)
            return handler(request)

        return handle

    def _run(self, handler: Handler, settings: dict[str, Any], method: str, *call: Any) -> Any:
        operation, arguments, options = call
        rest = (operation, arguments or {}, options or RequestOptions())
        if self.name == "sync":
            with self.sync_client(handler, **settings) as client:
                result = getattr(client, method)(*rest)
                return result.read() if method == "_download" else result
        return asyncio.run(self._await(handler, settings, method, rest))

    async def _await(
        self, handler: Handler, settings: dict[str, Any], method: str, call: Sequence[Any]
    ) -> Any:
        async with self.async_client(handler, **settings) as client:
            result = await getattr(client, method)(*call)
            return await result.read() if method == "_download" else result


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> Flavour:
    return Flavour(request.param)


@pytest.fixture
def synchronous() -> Flavour:
    return Flavour("sync")


@pytest.fixture
def asynchronous() -> Flavour:
    return Flavour("async")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have slept."""
    seconds: list[float] = []

    async def sleep(wait: float) -> None:
        seconds.append(wait)

    # Only the client's own view of the modules: a server in this process sleeps too.
    monkeypatch.setattr("runtime.client.time", SimpleNamespace(sleep=seconds.append))
    monkeypatch.setattr("runtime.client._sleep", sleep)
    return seconds
