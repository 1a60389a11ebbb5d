"""Asks an application by operation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.unit.server.asgi_client import Answer, Asked, exchange

if TYPE_CHECKING:
    from starlette.types import ASGIApp

KEY = "app-main"
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


class Client:
    """Asks an application, with the first app's key unless told otherwise."""

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
        content_type: str = "application/json",
    ) -> Answer:
        method, template = ROUTES[operation]
        raw = _bytes(body)
        headers = {"authorization": authorization, "content-type": content_type if raw else None}
        given = {name: value for name, value in headers.items() if value}
        return await exchange(self._app, Asked(method, template.format(path), query, given, raw))


def _bytes(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return b"" if body is None else json.dumps(body).encode()
