"""Asks an application one request, without a socket, and keeps what it answered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Scope

PATIENCE = 10.0
SHOWN = ("content-type", "content-encoding", "www-authenticate", "location")


class Waited(Exception):  # noqa: N818 - no error, but what a fault was seen to do
    """A fault would have waited here."""


@dataclass
class Answer:
    """What came back, as far as it came without waiting."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    complete: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def shown(self) -> str:
        headers = [f"{name}: {self.headers[name]}" for name in SHOWN if name in self.headers]
        chunks = [chunk for chunk in self.chunks if chunk]
        return repr((self.status, headers, chunks, self.complete))


@dataclass(frozen=True)
class Asked:
    """A request; with `leaves` the client is gone after the first piece of the answer."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    leaves: bool = False

    @property
    def scope(self) -> Scope:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "http",
            "method": self.method,
            "path": self.path,
            "query_string": self.query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in self.headers.items()],
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
        }


async def exchange(app: ASGIApp, asked: Asked) -> Answer:
    """Send a request, and keep what comes back."""
    answer = Answer()
    unread = [asked.body]
    left = asyncio.Event()

    async def receive() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        answer.chunks.append(message.get("body", b""))
        answer.complete = not message.get("more_body", False)
        if asked.leaves:
            left.set()

    try:
        async with asyncio.timeout(PATIENCE):
            await app(asked.scope, receive, send)
    except Waited:
        answer.complete = False
    return answer
