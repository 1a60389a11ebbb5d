"""Starts one completion server for all these tests and gives ways to ask it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from completion_server import App, Moderation, RunningServer, Speech, Vision, serve
from tests.behaviour.server.event_stream import PING, events

APPS = (
    App(name="Seeing", keys=("key-Seeing",), speech=Speech(), vision=Vision(images=2)),
    App(name="AutoPlay", keys=("key-AutoPlay",), speech=Speech(auto_play=True)),
    App(name="Wav", keys=("key-Wav",), speech=Speech(format="wav")),
    App(name="Moderated", keys=("key-Moderated",), moderation=Moderation(keywords=("badword",))),
    App(name="Disabled", keys=("key-Disabled",), enabled=False),
)


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    """My App, Other App, and one app for each thing that can be switched on."""
    with serve(more_apps=APPS, ping_interval=0.1, word_delay=0.001) as running:
        yield running


@pytest.fixture(scope="session")
def client_of(server: RunningServer) -> Iterator[Callable[[str], httpx2.Client]]:
    """Give a client that brings an app's key."""
    opened = []

    def open_client(app: str) -> httpx2.Client:
        known = {"My App": server.api_key, "Other App": server.other_api_key}
        headers = {"Authorization": f"Bearer {known.get(app, f'key-{app}')}"}
        opened.append(httpx2.Client(base_url=server.base_url, headers=headers))
        return opened[-1]

    yield open_client
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def visitor(server: RunningServer) -> Iterator[httpx2.Client]:
    """Bring no key."""
    with httpx2.Client(base_url=server.base_url) as keyless:
        yield keyless


@pytest.fixture(scope="session")
def client(client_of: Callable[[str], httpx2.Client]) -> httpx2.Client:
    """Bring the key of My App."""
    return client_of("My App")


@pytest.fixture(scope="session")
def ask(client: httpx2.Client) -> Callable[..., httpx2.Response]:
    """Ask for a completion as the user abc-123; keywords change the body, None leaves out."""

    def post(query: Any = "Hello", by: httpx2.Client = client, **fields: Any) -> httpx2.Response:
        body = {"inputs": {"query": query}, "user": "abc-123", **fields}
        sent = {name: value for name, value in body.items() if value is not None}
        return by.post("/completion-messages", json=sent)

    return post


@pytest.fixture(scope="session")
def events_of(ask: Callable[..., httpx2.Response]) -> Callable[..., list[dict[str, Any]]]:
    """Ask for a stream and give its events to the end, but for pings: a matter of time."""

    def stream(query: str, **fields: Any) -> list[dict[str, Any]]:
        found = events(ask(query, response_mode="streaming", **fields))
        return [event for event in found if event != PING]

    return stream
