"""What a client sends into a request of the server's, and its answer back, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from tests.corpus.server.request import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable


class ToServer(httpx2.BaseTransport):
    """Sends to a server in this process."""

    def __init__(self, server: Callable[[Request], Answer]) -> None:
        self._server = server

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, and wait for the answer."""
        target = request.url.raw_path.decode("ascii")
        path, _, query = target.partition("?")
        headers = [
            (name.decode("ascii"), text.decode("ascii")) for name, text in request.headers.raw
        ]
        origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        content = b"".join(request.stream)  # type: ignore[arg-type]
        answer = self._server(Request(request.method, origin, path, query, headers, content))
        headers_ = {**answer.headers, "content-length": str(len(answer.content))}
        return httpx2.Response(answer.status, headers=headers_, content=answer.content)
