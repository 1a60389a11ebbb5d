"""The peer of /info: one Starlette route with a fixed body, run as the completion server is."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.supervisors.multiprocess import Multiprocess

if TYPE_CHECKING:
    from starlette.requests import Request

# Workers are new processes, which know the body by the environment.
_BODY = "BARE_BODY"


def application() -> Starlette:
    """The application, as each worker makes it."""
    body = os.environ[_BODY].encode()

    async def info(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/v1/info", info)])


def main() -> None:
    """Serve with so many workers and this body, until terminated."""
    workers, os.environ[_BODY] = int(sys.argv[1]), sys.argv[2]
    config = uvicorn.Config(
        "tests.load.bare:application",
        factory=True,
        workers=workers,
        lifespan="off",
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    print(f"serving http://127.0.0.1:{listening.getsockname()[1]}/v1", flush=True)  # noqa: T201
    if workers == 1:
        uvicorn.Server(config).run([listening])
    else:
        Multiprocess(config, [listening]).run()


if __name__ == "__main__":
    main()
