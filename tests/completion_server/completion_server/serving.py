"""Runs a server in a thread, for as long as a block runs: for tests and for Python."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from completion_server.listening import Address, base_url, listening_at
from completion_server.operations.service import create_service
from completion_server.routes import create_asgi_app
from completion_server.settings import API_KEY, App, ServerSettings, builtin_apps
from completion_server.storage import Store
from completion_server.uvicorn_server import UvicornServer, uvicorn_config

STARTUP_SECONDS = 10.0


@dataclass(frozen=True)
class RunningServer:
    """A server that answers now: where, and the keys of My App and Other App."""

    base_url: str
    api_key: str = field(repr=False)
    other_api_key: str = field(repr=False)


@contextmanager
def serve(
    *,
    api_key: str = API_KEY,
    more_apps: Sequence[App] = (),
    ping_interval: float = 10.0,
    word_delay: float = 0.005,
) -> Iterator[RunningServer]:
    """Serve My App, Other App and more on a free port for as long as the block runs.

    Times are in seconds. Everything is forgotten at the end. Raises as `serve_settings` does.
    """
    apps = (*builtin_apps(api_key, word_delay), *more_apps)
    settings = ServerSettings(apps=apps, ping_interval=ping_interval)
    with serve_settings(settings) as address:
        yield RunningServer(address, api_key, f"{api_key}-other")


@contextmanager
def serve_settings(
    settings: ServerSettings, *, port: int = 0, data: Path | str | None = None
) -> Iterator[str]:
    """Serve for as long as the block runs; gives the base URL. Port 0 takes a free one.

    Without a folder for its data everything is forgotten at the end. Open streams end when the
    block does. OSError if the port is taken, ValueError if the database can't be used,
    UnknownFaultError for a fault that is none, RuntimeError if the server does not start.
    """
    with folder_for(data) as folder, listening_at(Address(port=port)) as listening:
        service = create_service(settings, Store.open(folder, settings.storage))
        config = uvicorn_config(create_asgi_app(service))
        server = UvicornServer(config, service.running.stop_all)
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


@contextmanager
def folder_for(data: Path | str | None) -> Iterator[Path]:
    """Give the folder of a server's data: a temporary one, gone afterwards, if None."""
    if data is not None:
        yield Path(data)
        return
    with tempfile.TemporaryDirectory(prefix="completion-server-") as temporary:
        yield Path(temporary)


def _wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        time.sleep(0.005)
