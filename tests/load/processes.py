"""The servers that are measured, as processes: where they are reached, gone with their blocks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.server_process import running, running_completion_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server_process import ServerProcess

API_KEY = "app-load"
BARE = (sys.executable, "-m", "tests.load.bare")


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, and the id of its first process."""

    host: str
    port: int
    pid: int


@contextmanager
def completion_server(workers: int) -> Iterator[Server]:
    """Run the completion server with so many workers, on an empty folder."""
    options = ("--ephemeral", "--api-key", API_KEY, "--workers", str(workers))
    with running_completion_server(*options) as started:
        yield _measured(started)


@contextmanager
def bare_server(workers: int, body: bytes) -> Iterator[Server]:
    """Run a server that answers GET /v1/info with this body, and does nothing else."""
    with running((*BARE, str(workers), body.decode())) as started:
        yield _measured(started)


def _measured(started: ServerProcess) -> Server:
    address = urlsplit(started.base_url)
    return Server(address.hostname or "", address.port or 0, started.process.pid)
