"""Runs the application on a socket: in a thread for tests, or until interrupted."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn

from completion_server.apps import API_KEY, App, builtin_apps
from completion_server.model import EmbeddedModel
from completion_server.routes import PREFIX, create_asgi_app
from completion_server.running import Running
from completion_server.service import Service

HOST = "127.0.0.1"
PING_INTERVAL = 10.0
WORD_DELAY = 0.005
STARTUP_SECONDS = 10.0


@dataclass(frozen=True)
class RunningServer:
    """A server that answers now: where, and the keys of My App and Other App."""

    base_url: str
    api_key: str = field(repr=False)
    other_api_key: str = field(repr=False)


class _Server(uvicorn.Server):
    """Ends open generations before it waits for connections, so that going down is quick."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running_tasks = running

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._running_tasks.stop_all()
        await super().shutdown(sockets)


@contextmanager
def serve(
    *,
    port: int = 0,
    api_key: str = API_KEY,
    more_apps: Sequence[App] = (),
    ping_interval: float = PING_INTERVAL,
    word_delay: float = WORD_DELAY,
) -> Iterator[RunningServer]:
    """Serve in a thread for as long as the block runs; port 0 takes a free one.

    Times are in seconds. Open streams end when the block does. OSError if the port is taken,
    RuntimeError if the server does not start.
    """
    service = _service(api_key, more_apps, ping_interval, word_delay)
    listening = _listen(HOST, port)
    address = base_url(listening)
    server = _server(service)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        _wait_for(lambda: server.started or not thread.is_alive())
        if not server.started:
            raise RuntimeError("the server ended while it started")
        my_app, other_app, *_ = service.apps
        yield RunningServer(address, my_app.keys[0], other_app.keys[0])
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def serve_until_interrupted(
    host: str, port: int, api_key: str, ready: Callable[[str], object]
) -> None:
    """Serve in this thread; `ready` is called with the base URL once requests are accepted."""
    listening = _listen(host, port)
    server = _server(_service(api_key, (), PING_INTERVAL, WORD_DELAY))
    # The socket already listens: whoever connects now waits for the first turn of the loop.
    ready(base_url(listening))
    server.run([listening])


def _service(
    api_key: str, more_apps: Sequence[App], ping_interval: float, word_delay: float
) -> Service:
    apps = (*builtin_apps(api_key), *more_apps)
    return Service(apps, EmbeddedModel(word_delay), ping_interval)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # Connections inherit it. Without it a small answer waits 40 ms for the client's ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def base_url(listening: socket.socket) -> str:
    """Give the address at which a socket's server is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{PREFIX}"


def _server(service: Service) -> _Server:
    config = uvicorn.Config(
        create_asgi_app(service),
        lifespan="off",
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return _Server(config, service.running)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        time.sleep(0.005)
