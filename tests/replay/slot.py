"""Keeps an app busy with a stream of the replay's own, as another request did when recording."""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.replay import wire
from tests.replay.carried import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.replay.exchange import Answer
    from tests.replay.server import Server

REFUSALS = ("Too many requests", "too_many_requests")
COMPLETIONS = "/v1/completion-messages"


def was_refused_as_busy(recorded: Answer) -> bool:
    """Tell whether an answer was given because another request was under way (row 14)."""
    error = recorded.json
    if recorded.status < 400 or not isinstance(error, dict):
        return False
    return str(error.get("message", "")).startswith(REFUSALS) or error.get("code") in REFUSALS


@contextmanager
def busy(server: Server, app: str) -> Iterator[None]:
    """Hold a slot of the app as long as the block runs; OSError or HTTPException."""
    user = f"replay-{uuid.uuid4()}"
    inputs = {"query": "[[slow:100:0.2]]", "topic": "[[slow:100:0.2]]"}
    body = {"inputs": inputs, "user": user, "response_mode": "streaming"}
    request = wire.post_json(COMPLETIONS, server.keys[app], body)
    with wire.opened(server.host, server.port, request) as stream:
        task_id = _task_id(stream.readline())
        try:
            yield
        finally:
            if task_id:
                server.post(app, f"{COMPLETIONS}/{task_id}/stop", {"user": user})
            stream.read()


def _task_id(line: bytes) -> str | None:
    found = UUID.search(line.decode().partition('"task_id"')[2])
    return found[0] if found else None
