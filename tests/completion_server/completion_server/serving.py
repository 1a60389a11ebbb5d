"""Runs a server on a socket: in a thread for tests, or in this process until interrupted."""

import asyncio
import functools
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors.multiprocess import Multiprocess

from completion_server.operations.running import Running
from completion_server.operations.service import create_service
from completion_server.routes import PREFIX, create_asgi_app
from completion_server.settings import API_KEY, App, ServerSettings, builtin_apps
from completion_server.storage import Store
from completion_server.web.logs import LogFormat, LogLevel, configure_logs

HOST = "127.0.0.1"
PING_INTERVAL = 10.0
WORD_DELAY = 0.005
STARTUP_SECONDS = 10.0
GRACEFUL_SECONDS = 2


@dataclass(frozen=True)
class RunningServer:
    """A server that answers now: where, and the keys of My App and Other App."""

    base_url: str
    api_key: str = field(repr=False)
    other_api_key: str = field(repr=False)


@dataclass(frozen=True)
class Address:
    """Where to listen; port 0 takes a free one."""

    host: str = HOST
    port: int = 0


@dataclass(frozen=True)
class Deployment:
    """How a server runs: where it listens and keeps its data, in how many processes, and its logs.

    Without a folder for its data everything is forgotten at the end.
    """

    address: Address
    data: Path | None = None
    workers: int = 1
    log_format: LogFormat = "json"
    log_level: LogLevel = "info"

    def configure_logs(self) -> None:
        """Send the logs of this process where they belong."""
        configure_logs(self.log_format, self.log_level)


@contextmanager
def serve(
    *,
    port: int = 0,
    api_key: str = API_KEY,
    more_apps: Sequence[App] = (),
    ping_interval: float = PING_INTERVAL,
    word_delay: float = WORD_DELAY,
) -> Iterator[RunningServer]:
    """Serve My App, Other App and more in a thread for as long as the block runs.

    Times are in seconds. Everything is forgotten at the end. Raises as `serve_settings` does.
    """
    apps = (*builtin_apps(api_key, word_delay), *more_apps)
    settings = ServerSettings(apps=apps, ping_interval=ping_interval)
    with serve_settings(settings, port=port) as address:
        yield RunningServer(address, api_key, f"{api_key}-other")


@contextmanager
def serve_settings(
    settings: ServerSettings, *, port: int = 0, data: Path | None = None
) -> Iterator[str]:
    """Serve in a thread for as long as the block runs; gives the base URL.

    Without a folder for its data everything is forgotten at the end. Open streams end when the
    block does. OSError if the port is taken, RuntimeError if the server does not start.
    """
    with _folder(data) as folder, _listening(Address(port=port)) as listening:
        service = create_service(settings, Store.open(folder, settings.storage))
        server = _Server(_config(create_asgi_app(service), settings), service.running)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            _wait_for(lambda: server.started or not thread.is_alive())
            if not server.started:
                raise RuntimeError("the server ended while it started")
            yield base_url(listening)
        finally:
            server.should_exit = True
            thread.join()


def serve_until_interrupted(
    settings: ServerSettings, deployment: Deployment, ready: Callable[[str], object]
) -> None:
    """Serve in this process, or in several workers of it.

    `ready` is called with the base URL once requests are accepted. Raises as `Store.open` and
    `create_asgi_app` do, and OSError if the address can't be used.
    """
    deployment.configure_logs()
    # uvicorn raises the signal once more when it is done: that must not kill before all is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _folder(deployment.data) as folder, _listening(deployment.address) as listening:
        # Whatever is wrong with settings or store is told here, before there are workers.
        service = create_service(settings, Store.open(folder, settings.storage))
        app = create_asgi_app(service)
        # The socket already listens: whoever connects now waits for the first turn of the loop.
        ready(base_url(listening))
        if deployment.workers == 1:
            _Server(_config(app, settings), service.running).run([listening])
            return
        asyncio.run(service.close())
        make = functools.partial(_worker_app, settings, replace(deployment, data=folder))
        Multiprocess(_config(make, settings, workers=deployment.workers), [listening]).run()


def _worker_app(settings: ServerSettings, deployment: Deployment) -> ASGIApp:
    """Make the application of one worker, in its own process."""
    assert deployment.data is not None
    deployment.configure_logs()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    store = Store.open(deployment.data, settings.storage)
    return create_asgi_app(create_service(settings, store))


def _end_with_parent() -> None:
    """Go down if the parent was killed: nobody else would end its workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


class _Server(uvicorn.Server):
    """Ends open generations before it waits for connections, so that going down is quick."""

    def __init__(self, config: uvicorn.Config, running: Running) -> None:
        super().__init__(config)
        self._running_tasks = running

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._running_tasks.stop_all()
        await super().shutdown(sockets)


def _config(
    app: ASGIApp | Callable[[], ASGIApp], settings: ServerSettings, workers: int = 1
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=workers > 1,
        workers=workers,
        lifespan="on",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=settings.limits.connections,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """Give the folder of a server's data: a temporary one, gone afterwards, if None."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="completion-server-") as temporary:
        yield Path(temporary)


@contextmanager
def _listening(address: Address) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.create_server((address.host, address.port), family=family, backlog=2048) as made:
        # Connections inherit it. Without it a small answer waits 40 ms for the client's ACK.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield made


def base_url(listening: socket.socket) -> str:
    """Give the address at which a socket's server is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{PREFIX}"


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        time.sleep(0.005)
