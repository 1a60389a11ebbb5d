"""A server that begins an answer, never ends it, and sees whether its client leaves."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

# Nothing waits longer; a test is over long before.
LIMIT = 5.0


class HalfAnswerServer:
    """Serves one connection, in a thread; `left` is set when the client has closed it."""

    def __init__(self, media_type: str, beginning: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: 1000000\r\n\r\n"
        self._answer = head.encode() + beginning
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(LIMIT)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.left = threading.Event()

    def serve(self) -> None:
        """Answer the request, and wait for the client to leave."""
        with self._listening, self._listening.accept()[0] as connection:
            connection.settimeout(LIMIT)
            connection.recv(65_536)
            connection.sendall(self._answer)
            if not connection.recv(1):
                self.left.set()


def open_connections(http: httpx2.Client | httpx2.AsyncClient) -> list[Any]:
    """What a client has open, also what it would use again."""
    transport: Any = http._transport
    return list(transport._pool.connections)


@contextmanager
def beginning(media_type: str, begun: bytes) -> Iterator[HalfAnswerServer]:
    """Serve for the length of the block; the block has to leave the server by its end."""
    server = HalfAnswerServer(media_type, begun)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield server
    thread.join(LIMIT)
    assert not thread.is_alive()
