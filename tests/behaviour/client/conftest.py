"""A completion server, and clients of it in both flavours behind one synchronous face."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from completion_server import App, RunningServer, Speech, serve
from dify_completion import AsyncDifyCompletion, DifyCompletion

APPS = (
    App(name="Disabled", keys=("key-Disabled",), enabled=False),
    App(name="AutoPlay", keys=("key-AutoPlay",), speech=Speech(auto_play=True)),
)


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    with serve(more_apps=APPS, ping_interval=0.1, word_delay=0.001) as running:
        yield running


class Face:
    """Calls a client's methods and gives plain values, whichever flavour is behind it."""

    def __init__(self, server: RunningServer, flavour: str) -> None:
        self.server = server
        self.flavour = flavour

    def call(self, resource: str, method: str, api_key: str | None = None, **arguments: Any) -> Any:
        key = api_key or self.server.api_key
        if self.flavour == "sync":
            with DifyCompletion(api_key=key, base_url=self.server.base_url) as client:
                answer = getattr(getattr(client, resource), method)(**arguments)
                return answer.read() if method == "text_to_audio" else answer
        return asyncio.run(self._call(key, resource, method, arguments))

    async def _call(self, key: str, resource: str, method: str, arguments: Any) -> Any:
        async with AsyncDifyCompletion(api_key=key, base_url=self.server.base_url) as client:
            answer = await getattr(getattr(client, resource), method)(**arguments)
            return await answer.read() if method == "text_to_audio" else answer

    def stream(self, query: str, stop_after: int = 0, api_key: str | None = None) -> list[Any]:
        """All events of a completion; after `stop_after` of them it is asked to stop.

        `arrivals` then holds when each came.
        """
        self.arrivals: list[float] = []
        key = api_key or self.server.api_key
        request: Any = {"inputs": {"query": query}, "user": "u"}
        if self.flavour == "async":
            return asyncio.run(self._stream(key, request, stop_after))
        events: list[Any] = []
        with (
            DifyCompletion(api_key=key, base_url=self.server.base_url) as client,
            client.completion.stream_completion_message(**request) as arriving,
        ):
            for event in arriving:
                self.note(events, event)
                if len(events) == stop_after:
                    client.completion.stop_generate(task_id=event.task_id, user="u")
        return events

    async def _stream(self, key: str, request: Any, stop_after: int) -> list[Any]:
        events: list[Any] = []
        async with (
            AsyncDifyCompletion(api_key=key, base_url=self.server.base_url) as client,
            client.completion.stream_completion_message(**request) as arriving,
        ):
            async for event in arriving:
                self.note(events, event)
                if len(events) == stop_after:
                    await client.completion.stop_generate(task_id=event.task_id, user="u")
        return events

    def note(self, events: list[Any], event: Any) -> None:
        events.append(event)
        self.arrivals.append(time.monotonic())


@pytest.fixture(params=["sync", "async"])
def client(request: pytest.FixtureRequest, server: RunningServer) -> Face:
    return Face(server, request.param)
