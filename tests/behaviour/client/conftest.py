"""A completion server, and clients of it in both flavours; no test may hang."""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

import pytest

from completion_server import App, RunningServer, Speech, serve
from tests.behaviour.client.flavours import FLAVOURS, Client
from tests.behaviour.client.waits import Waits

HARD_LIMIT = 30.0

APPS = (
    App(name="Disabled", keys=("key-Disabled",), enabled=False),
    App(name="AutoPlay", keys=("key-AutoPlay",), speech=Speech(auto_play=True)),
)


@pytest.fixture(autouse=True)
def hard_limit() -> Iterator[None]:
    """Fail a test that hangs, wherever its main thread is."""

    def fail(_: int, __: FrameType | None) -> None:
        pytest.fail(f"still running after {HARD_LIMIT} s")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, HARD_LIMIT)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=FLAVOURS)
def flavour(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Waits of the client take no time; a server of another thread sleeps as ever."""
    waits = Waits()
    sleep, sleep_async = time.sleep, asyncio.sleep

    def is_here() -> bool:
        return threading.current_thread() is threading.main_thread()

    def noted(seconds: float) -> None:
        waits.note(seconds) if is_here() else sleep(seconds)

    async def noted_async(seconds: float) -> None:
        waits.note(seconds) if is_here() else await sleep_async(seconds)

    monkeypatch.setattr(time, "sleep", noted)
    monkeypatch.setattr(asyncio, "sleep", noted_async)
    return waits


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    with serve(more_apps=APPS, ping_interval=0.1, word_delay=0.001) as running:
        yield running


@pytest.fixture
def client(flavour: str, server: RunningServer) -> Iterator[Client]:
    """Holds the server to the document: an answer that breaks its schema is an error."""
    with Client(flavour, server.base_url, api_key=server.api_key, strict=True) as opened:
        yield opened
