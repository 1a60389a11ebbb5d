"""Typed events of a stream over a socket: beside splitting it on blank lines and validating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
from pydantic import TypeAdapter

from dify_completion import DifyCompletion, models
from tests.bench.measure import Figure, Row, Scale, compare, cpu_of
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BESIDE = "split on blank lines + validate_json"
_BODY = {"inputs": {}, "user": "u", "response_mode": "streaming"}
_VALIDATE = TypeAdapter(models.ChunkCompletionEvent).validate_json
# A step's events.
_BATCH = 2_000


def figures(scale: Scale) -> Iterator[Figure]:
    large = Row("typed event, 64 KiB chunks", _BESIDE, 1.15)
    single = Row("typed event, one event a chunk", _BESIDE, 1.35)
    with serving() as url:
        yield _figure(large, f"{url}/large/{scale.events}", scale)
        yield _figure(single, f"{url}/single/{scale.events}", scale)


def _figure(row: Row, url: str, scale: Scale) -> Figure:
    with DifyCompletion(api_key="key", base_url=url) as client, httpx2.Client(base_url=url) as raw:
        works = cpu_of(lambda: read_typed(client)), cpu_of(lambda: split_and_validate(raw))
        return compare(row, *works, rounds=scale.stream_rounds)


def read_typed(client: DifyCompletion) -> Iterator[None]:
    """Read the events that the generated client gives."""
    with client.completion.stream_completion_message(inputs={}, user="u") as events:
        yield from in_steps(events)


def in_steps(events: Iterable[object]) -> Iterator[None]:
    """Read events, and pause after each batch."""
    for count, _ in enumerate(events, 1):
        if count % _BATCH == 0:
            yield


def split_and_validate(raw: httpx2.Client) -> Iterator[None]:
    """Read the events with the least that can be done for a typed one."""
    count = 0
    pending = b""
    with raw.stream("POST", "/completion-messages", json=_BODY) as response:
        for chunk in response.iter_bytes():
            *blocks, pending = (pending + chunk).split(b"\n\n")
            for block in blocks:
                _VALIDATE(block.removeprefix(b"data: "))
                count += 1
                if count % _BATCH == 0:
                    yield
