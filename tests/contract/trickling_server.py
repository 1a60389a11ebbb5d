"""A server that answers every request with a head, and then piece by piece without an end."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE = 0.1


@contextmanager
def serve_trickling(head: bytes, piece: bytes) -> Iterator[str]:
    """Serve in threads; gives the base URL."""
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while not ended.is_set():
            connection, _ = listening.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(head)
            while not ended.is_set():
                time.sleep(PAUSE)
                connection.sendall(piece)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield url
    finally:
        ended.set()
        # accept() is woken by one last connection.
        socket.create_connection(listening.getsockname()).close()
        thread.join()
        listening.close()
