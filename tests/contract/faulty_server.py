"""The completion server behind a layer that spoils its answers, for seeing which check notices."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from completion_server.operations.service import create_service
from completion_server.routes import create_asgi_app
from completion_server.settings import ServerSettings, builtin_apps
from completion_server.storage import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "app-faulty"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the answers of a path; each part is left alone unless given.

    `event` turns the bytes of one event of a stream into others; `body` those of a whole answer
    that is none. `request` changes the JSON that was asked, and `answer` is sent instead.
    """

    path: str
    status: int | None = None
    body: Callable[[bytes], bytes] = bytes
    event: Callable[[bytes], bytes] = bytes
    request: Callable[[Any], Any] | None = None
    answer: bytes | None = None


def spoiled(app: ASGIApp, fault: Fault) -> ASGIApp:
    """An application with a fault."""

    async def spoiling(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(fault.path):
            await app(scope, receive, send)
        elif fault.answer is not None:
            await _reply(send, fault.status or 200, fault.answer)
        else:
            heard = _changed(receive, fault.request) if fault.request else receive
            await app(scope, heard, _Sender(send, fault))

    return spoiling


async def _reply(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _changed(receive: Receive, change: Callable[[Any], Any]) -> Receive:
    async def changed() -> Message:
        message = await receive()
        with suppress(KeyError, ValueError):
            message["body"] = json.dumps(change(json.loads(message["body"]))).encode()
        return message

    return changed


class _Sender:
    """Sends what a fault makes of an answer; only successes are spoiled."""

    def __init__(self, send: Send, fault: Fault) -> None:
        self.send = send
        self.fault = fault
        self.spoils = False
        self.streams = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.spoils = message["status"] < 300
            headers = dict(message["headers"])
            self.streams = headers.get(b"content-type", b"").startswith(b"text/event-stream")
            if self.spoils:
                message["status"] = self.fault.status or message["status"]
                message["headers"] = [
                    (name, value) for name, value in headers.items() if name != b"content-length"
                ]
        elif self.spoils and message.get("body"):
            change = self.fault.event if self.streams else self.fault.body
            message["body"] = change(message["body"])
        await self.send(message)


@contextmanager
def serve_spoiled(fault: Fault) -> Iterator[str]:
    """Serve in a thread; gives the base URL."""
    settings = ServerSettings(apps=builtin_apps(KEY, word_delay=0.0))
    with tempfile.TemporaryDirectory() as folder:
        service = create_service(settings, Store.open(Path(folder), settings.storage))
        app = spoiled(create_asgi_app(service), fault)
        config = uvicorn.Config(app, port=0, log_level="critical", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            service.running.stop_all()
            server.should_exit = True
            thread.join()
