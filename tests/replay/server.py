"""A completion server with the recorded apps, in a process of its own, and requests to it.

The process ends with the block that started it, and also if this one is killed.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.replay import wire
from tests.replay.apps import SETTINGS, keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.replay.exchange import Answer
    from tests.replay.outgoing import Outgoing

ROOT = Path(__file__).parents[2]
ANNOUNCEMENT = "serving "


class NoServerError(Exception):
    """A server that did not start; it has said why on the standard error."""


@dataclass(frozen=True)
class Server:
    """Where a server listens, and the keys of its apps by their names."""

    host: str
    port: int
    keys: Mapping[str, str]

    def send(self, request: Outgoing) -> Answer:
        """Send a request and read its whole answer; OSError or HTTPException."""
        return wire.exchange(self.host, self.port, request)

    def post(self, app: str, path: str, body: Mapping[str, Any]) -> Answer:
        """Post JSON of the replay's own to an app; OSError or HTTPException."""
        return self.send(wire.post_json(path, self.keys[app], body))


@contextmanager
def serving(version: str) -> Iterator[Server]:
    """Serve as long as the block runs, in the ways of a version; raises NoServerError."""
    options = ["--port", "0", "--ephemeral", "--compatibility", version, "--log-level", "error"]
    command = [sys.executable, "-m", "tests.replay.server_process", str(SETTINGS), *options]
    with subprocess.Popen(  # noqa: S603 (this package)
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield _announced(process.stdout.readline())
        finally:
            process.stdin.close()


def _announced(line: str) -> Server:
    if not line.startswith(ANNOUNCEMENT):
        raise NoServerError("the completion server did not start")
    address = urlsplit(line.removeprefix(ANNOUNCEMENT).strip())
    return Server(address.hostname or "", address.port or 0, keys())
