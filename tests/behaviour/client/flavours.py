"""The generated client in either flavour, used as if it were the sync one.

One body of a test serves both: calls, streams and downloads look the same.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import Any, Self

import httpx2

from dify_completion import AsyncDifyCompletion, DifyCompletion

FLAVOURS = ("sync", "async")
Call = Callable[..., Any]
# Made once: each HTTP client would read all certificates of the system.
_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Client:
    """A client of one flavour; what it gives to be awaited is awaited in a loop of its own."""

    def __init__(self, flavour: str, base_url: str, **settings: Any) -> None:
        self.is_async = flavour == "async"
        self._loop = asyncio.Runner() if self.is_async else None
        kind: Any = AsyncDifyCompletion if self.is_async else DifyCompletion
        self.wrapped = kind(**{"api_key": "app-KEY", "base_url": base_url} | settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self._loop:
            self._loop.close()

    def first(self, stream: Any) -> Any:
        """Give the first event of a stream that nobody entered."""
        return self.done(anext(stream) if self.is_async else next(stream))

    def run_a_moment(self) -> None:
        """Let the loop do what it was left to do."""
        if self.is_async:
            self.done(asyncio.sleep(0.01))

    def with_options(self, **options: Any) -> "Client":
        """Give a client with other settings, in the same loop."""
        other = copy(self)
        other.wrapped = self.wrapped.with_options(**options)
        return other

    def close(self) -> None:
        self.done(self.wrapped.close())

    def done(self, value: Any) -> Any:
        """Give the value, awaited if it has to be."""
        return self._loop.run(_awaited(value)) if self._loop else value

    def call(self, send: Call) -> Any:
        """Make one call; bytes are read whole."""
        answer = self.done(send(self.wrapped))
        return self.done(answer.read()) if hasattr(answer, "iter_bytes") else answer

    @contextmanager
    def stream(self, send: Call) -> Iterator[Iterator[Any]]:
        """Enter a stream and give its events."""
        stream = send(self.wrapped)
        if not self.is_async:
            with stream:
                yield iter(stream)
            return
        self.done(stream.__aenter__())
        try:
            yield self._each(stream)
        finally:
            self.done(stream.__aexit__(None, None, None))

    def events(self, send: Call, then: Callable[[Any], None] = lambda _: None) -> list[Any]:
        """Read a stream to its end, and do something with each event when it comes."""
        came = []
        with self.stream(send) as events:
            for event in events:
                came.append(event)
                then(event)
        return came

    def items(self, send: Call) -> list[Any]:
        """Give everything that is iterated, whatever the flavour."""
        iterable = send(self.wrapped)
        return list(self._each(aiter(iterable)) if self.is_async else iterable)

    def together(self, sends: Sequence[Call]) -> list[Any]:
        """Make the calls at once, by threads or by tasks; a stream gives its events."""
        if not self.is_async:
            with ThreadPoolExecutor(len(sends)) as threads:
                return list(threads.map(self._whole, sends))
        return list(self.done(self._gathered(sends)))

    async def _gathered(self, sends: Sequence[Call]) -> list[Any]:
        return await asyncio.gather(*map(self._awaited_whole, sends))

    def _whole(self, send: Call) -> Any:
        result = send(self.wrapped)
        if not hasattr(result, "__enter__"):
            return result
        with result as events:
            return list(events)

    async def _awaited_whole(self, send: Call) -> Any:
        result = send(self.wrapped)
        if not hasattr(result, "__aenter__"):
            return await result
        async with result as events:
            return [event async for event in events]

    def _each(self, stream: Any) -> Iterator[Any]:
        while True:
            try:
                yield self.done(anext(stream))
            except StopAsyncIteration:
                return


@contextmanager
def one_connection(flavour: str, base_url: str, **settings: Any) -> Iterator[Client]:
    """Give a client with one connection at most: one that leaks leaves none for the next call."""
    kind: Any = httpx2.AsyncClient if flavour == "async" else httpx2.Client
    http = kind(limits=httpx2.Limits(max_connections=1), verify=_NO_CERTIFICATES)
    timeout = httpx2.Timeout(10.0, pool=3.0)
    settings = {"http_client": http, "timeout": timeout, "max_retries": 0} | settings
    with Client(flavour, base_url, **settings) as client:
        try:
            yield client
        finally:
            client.done(http.aclose() if client.is_async else http.close())


def info(client: Any, **options: Any) -> Any:
    return client.application.get_app_info(**options)


def complete(client: Any, **options: Any) -> Any:
    request = {"inputs": {"query": "hi"}, "user": "u"}
    return client.completion.create_completion_message(**request, **options)


def stream(client: Any, **options: Any) -> Any:
    request = {"inputs": {"query": "hi"}, "user": "u"}
    return client.completion.stream_completion_message(**request, **options)


def speak(client: Any, **options: Any) -> Any:
    return client.tts.text_to_audio(text="hi", user="u", **options)


def briefly(send: Call, error: type[Exception]) -> Call:
    """Make a call wait for little time if it is to fail by that."""
    return partial(send, timeout=0.2) if issubclass(error, TimeoutError) else send


async def _awaited(value: Awaitable[Any]) -> Any:
    return await value
