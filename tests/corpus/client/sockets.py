"""Requests over a real connection: what httpx2 writes is read by Python's own HTTP server.

The server's part is done in the thread of the caller, where hypothesis draws.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import TYPE_CHECKING, Self

import httpx2

from tests.corpus.server.request import Answer, Request

if TYPE_CHECKING:
    from tests.corpus.server.server import Server

_SECONDS = 30


class OverSockets(httpx2.BaseTransport):
    """Sends to a server on this machine, whatever host a URL names; to be closed."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._came: Queue[Request] = Queue()
        self._answers: Queue[Answer] = Queue()
        came, answers = self._came, self._answers

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("content-length", 0))
                path, _, query = self.path.partition("?")
                content = self.rfile.read(length)
                came.put(
                    Request(self.command, "", path, query, list(self.headers.items()), content)
                )
                given = answers.get(timeout=_SECONDS)
                self.send_response(given.status)
                for name, text in given.headers.items():
                    self.send_header(name, text)
                if given.status != 204:
                    self.send_header("content-length", str(len(given.content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(given.content)

            do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = do_HEAD = answer  # noqa: N815 (as the standard library finds them)

            def log_message(self, *_: object) -> None: ...

        self._listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._listener.daemon_threads = True
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()
        self._inner = httpx2.HTTPTransport()
        self._sender = ThreadPoolExecutor(1)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, and wait for the answer."""
        origin = f"{request.url.scheme}://{request.url.netloc.decode('ascii')}"
        host, port = "127.0.0.1", self._listener.server_port
        request.url = request.url.copy_with(scheme="http", host=host, port=port)
        response = self._sender.submit(self._inner.handle_request, request)
        answer = Answer(500)
        try:
            came = self._came.get(timeout=_SECONDS)
            answer = self._server(
                Request(came.method, origin, came.path, came.query, came.headers, came.content)
            )
        finally:
            self._answers.put(answer)
        return response.result(_SECONDS)

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Stop listening."""
        self._inner.close()
        self._listener.shutdown()
        self._listener.server_close()
        self._sender.shutdown()
