"""How uvicorn serves this application: its settings, and how it goes down."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors.multiprocess import Multiprocess

from completion_server.bounded_protocol import BoundedProtocol

GRACEFUL_SECONDS = 2


class UvicornServer(uvicorn.Server):
    """Ends open generations before it waits for connections, so that going down is quick."""

    def __init__(self, config: uvicorn.Config, stop_all: Callable[[], object]) -> None:
        super().__init__(config)
        self._stop_all = stop_all

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Go down as uvicorn does, after every generation was told to end."""
        self._stop_all()
        await super().shutdown(sockets)


def run_workers(make: Callable[[], ASGIApp], workers: int, listening: socket.socket) -> None:
    """Run several processes until interrupted; each makes its own application."""
    Multiprocess(uvicorn_config(make, workers), [listening]).run()


def uvicorn_config(app: ASGIApp | Callable[[], ASGIApp], workers: int = 1) -> uvicorn.Config:
    """Give uvicorn's settings; with several workers `app` makes the application of each."""
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        factory=workers > 1,
        workers=workers,
        lifespan="on",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
