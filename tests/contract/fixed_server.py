"""Servers whose answers are fixed: any answer to every request, or a stream that a stop ends."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

PAUSE = 0.05
LONGEST_START = 10.0


@contextmanager
def serve_fixed(app: ASGIApp) -> Iterator[str]:
    """Serve an application in a thread, be it a response or several; gives the base URL."""
    config = uvicorn.Config(app, port=0, lifespan="off", ws="none", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + LONGEST_START
        while not server.started:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def stoppable_stream(line_end: str) -> ASGIApp:
    """Make an application whose stream of messages ends when a stop is asked for."""
    stopped = asyncio.Event()

    async def events() -> AsyncIterator[str]:
        while not stopped.is_set():
            yield event("message")
            await asyncio.sleep(PAUSE)
        yield event("message_end")

    def event(name: str) -> str:
        return f"data: {json.dumps({'event': name, 'task_id': 't'})}{line_end * 2}"

    async def complete(_request: Request) -> StreamingResponse:
        return StreamingResponse(events(), media_type="text/event-stream")

    async def stop(_request: Request) -> JSONResponse:
        stopped.set()
        return JSONResponse({"result": "success"})

    return Starlette(
        routes=[
            Route("/completion-messages", complete, methods=["POST"]),
            Route("/completion-messages/t/stop", stop, methods=["POST"]),
        ]
    )
