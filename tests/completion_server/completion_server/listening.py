"""The socket that a server listens on, and the address at which it is reached."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from completion_server.routes import PREFIX
from completion_server.web.hosts import origin

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Address:
    """Where to listen; port 0 takes a free one."""

    host: str = HOST
    port: int = 0


@contextmanager
def listening_at(address: Address) -> Iterator[socket.socket]:
    """Listen for as long as the block runs; OSError if the address can't be had."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.create_server((address.host, address.port), family=family, backlog=2048) as made:
        # Connections inherit it. Without it a small answer waits 40 ms for the client's ACK.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield made


def base_url(listening: socket.socket) -> str:
    """Give the address at which a socket's server is reached."""
    host, port = listening.getsockname()[:2]
    return origin(host, port) + PREFIX
