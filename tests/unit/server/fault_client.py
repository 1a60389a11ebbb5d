"""Asks an application by operation, without a socket, and keeps what it answered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message

KEY = "app-main"
PATIENCE = 10.0
ROUTES = {
    "createCompletionMessage": ("POST", "/v1/completion-messages"),
    "stopGenerate": ("POST", "/v1/completion-messages/{}/stop"),
    "uploadFile": ("POST", "/v1/files/upload"),
    "postMessageFeedback": ("POST", "/v1/messages/{}/feedbacks"),
    "getAppFeedbacks": ("GET", "/v1/app/feedbacks"),
    "textToAudio": ("POST", "/v1/text-to-audio"),
    "getAppInfo": ("GET", "/v1/info"),
    "getAppParameters": ("GET", "/v1/parameters"),
    "getWebAppSettings": ("GET", "/v1/site"),
}


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
        known = ("content-type", "content-encoding", "www-authenticate", "location")
        headers = [f"{name}: {self.headers[name]}" for name in known if name in self.headers]
        chunks = [chunk for chunk in self.chunks if chunk]
        return repr((self.status, headers, chunks, self.complete))


class Client:
    """Asks an application, and notes what it answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def ask(  # noqa: PLR0913 - each is a part of the request
        self,
        operation: str,
        body: Any = None,
        *,
        path: str = "",
        query: str = "",
        authorization: str | None = f"Bearer {KEY}",
        content_type: str | None = "application/json",
    ) -> Answer:
        method, template = ROUTES[operation]
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        headers = {"authorization": authorization, "content-type": content_type if raw else None}
        given = [(name.encode(), value.encode()) for name, value in headers.items() if value]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": template.format(path),
            "query_string": query.encode(),
            "headers": given,
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
        }
        return await _exchange(self._app, scope, raw)


async def _exchange(app: ASGIApp, scope: dict[str, Any], body: bytes) -> Answer:
    answer = Answer()
    unread = [body]

    async def receive() -> Message:
        if not unread:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": unread.pop(), "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.chunks.append(message.get("body", b""))
            answer.complete = not message.get("more_body", False)

    try:
        async with asyncio.timeout(PATIENCE):
            await app(scope, receive, send)
    except Waited:
        answer.complete = False
    return answer
