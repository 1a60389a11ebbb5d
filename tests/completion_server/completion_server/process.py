"""Runs a server as a process of its own, alone or with workers, until it is interrupted."""

import asyncio
import functools
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.types import ASGIApp

from completion_server.listening import Address, base_url, listening_at
from completion_server.models import ModelError
from completion_server.operations.service import Service, create_service
from completion_server.routes import create_asgi_app
from completion_server.serving import folder_for
from completion_server.settings import ServerSettings
from completion_server.storage import Store
from completion_server.uvicorn_server import UvicornServer, run_workers, uvicorn_config
from completion_server.web.logs import LogFormat, LogLevel, configure_logs

logger = logging.getLogger(__name__)


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


def serve_until_interrupted(
    settings: ServerSettings, deployment: Deployment, ready: Callable[[str], object]
) -> None:
    """Serve in this process, or in several workers of it.

    `ready` is called with the base URL once requests are accepted. Raises as `serve_settings` does.
    """
    deployment.configure_logs()
    # uvicorn raises the signal once more when it is done: that must not kill before all is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with folder_for(deployment.data) as folder, listening_at(deployment.address) as listening:
        # Whatever is wrong with settings or store is told here, before there are workers.
        service = create_service(settings, Store.open(folder, settings.storage))
        app = create_asgi_app(service)
        _tell(service, deployment)
        # The socket already listens: whoever connects now waits for the first turn of the loop.
        ready(base_url(listening))
        if deployment.workers == 1:
            config = uvicorn_config(app)
            UvicornServer(config, service.running.stop_all).run([listening])
            return
        asyncio.run(service.close())
        make = functools.partial(_worker_app, settings, replace(deployment, data=folder))
        run_workers(make, deployment.workers, listening)


def _tell(service: Service, deployment: Deployment) -> None:
    """Log what is served, and which apps' models can't answer as they are."""
    settings = service.settings
    logger.info(
        "serving as Dify %s: apps %s; data %s; faults %s",
        settings.compatibility,
        ", ".join(app.name for app in settings.apps),
        deployment.data or "forgotten at the end",
        ", ".join(settings.faults) or "none",
    )
    for app in settings.apps:
        try:
            service.model(app).check()
        except ModelError as error:
            logger.warning("app %s can't answer: %s", app.name, error.message)


def _worker_app(settings: ServerSettings, deployment: Deployment) -> ASGIApp:
    """Make the application of one worker, in its own process."""
    assert deployment.data is not None
    deployment.configure_logs()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    service = create_service(settings, Store.open(deployment.data, settings.storage))
    _stop_all_on_sigterm(service)
    return create_asgi_app(service)


def _end_with_parent() -> None:
    """Go down if the parent was killed: nobody else would end its workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _stop_all_on_sigterm(service: Service) -> None:
    """End open generations before uvicorn, which has its handler already, waits for connections."""
    usual = signal.getsignal(signal.SIGTERM)

    def stop_all(number: int, frame: object) -> None:
        service.running.stop_all()
        if callable(usual):
            usual(number, frame)  # type: ignore[arg-type]

    signal.signal(signal.SIGTERM, stop_all)
