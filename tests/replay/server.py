"""A completion server with the recorded apps, in a thread, and requests to it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from completion_server import serve_settings
from completion_server.settings.toml_file import read_settings
from tests.replay import wire
from tests.replay.apps import SETTINGS, keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.replay.exchange import Answer
    from tests.replay.outgoing import Outgoing


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
    """Serve as long as the block runs, in the ways of a version; raises as `serve_settings`."""
    settings = read_settings(SETTINGS).model_copy(update={"compatibility": version})
    with serve_settings(settings) as base_url:
        address = urlsplit(base_url)
        yield Server(address.hostname or "", address.port or 0, keys())
