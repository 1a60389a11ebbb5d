"""Typed events of a stream over a socket: beside splitting it on blank lines and validating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
from pydantic import TypeAdapter

from dify_completion import DifyCompletion, models
from tests.bench.measure import Figure, Scale, compare, cpu_of
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_BODY = {"inputs": {}, "user": "u", "response_mode": "streaming"}
_VALIDATE = TypeAdapter(models.ChunkCompletionEvent).validate_json


def figures(scale: Scale) -> Iterator[Figure]:
    with serving() as url:
        yield _figure("events, 64 KiB chunks", 1.15, f"{url}/large/{scale.events}", scale)
        yield _figure("events, one a chunk", 1.35, f"{url}/single/{scale.events}", scale)


def _figure(name: str, target: float, url: str, scale: Scale) -> Figure:
    with DifyCompletion(api_key="key", base_url=url) as client, httpx2.Client(base_url=url) as raw:
        return compare(
            name,
            target,
            cpu_of(lambda: read_typed(client)),
            cpu_of(lambda: split_and_validate(raw)),
            rounds=scale.stream_rounds,
        )


def read_typed(client: DifyCompletion) -> int:
    """Count the events that the generated client gives."""
    count = 0
    with client.completion.stream_completion_message(inputs={}, user="u") as events:
        for _ in events:
            count += 1
    return count


def split_and_validate(raw: httpx2.Client) -> int:
    """Count the events with the least that can be done for a typed one."""
    count = 0
    pending = b""
    with raw.stream("POST", "/completion-messages", json=_BODY) as response:
        for chunk in response.iter_bytes():
            *blocks, pending = (pending + chunk).split(b"\n\n")
            for block in blocks:
                _VALIDATE(block.removeprefix(b"data: "))
                count += 1
    return count
