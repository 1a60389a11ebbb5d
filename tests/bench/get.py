"""GET of a small JSON: what the generated client adds to raw httpx2 and `json.loads`."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx2

from dify_completion import AsyncDifyCompletion, DifyCompletion
from tests.bench.measure import Figure, Row, Scale, compare, repeated
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_BESIDE = "raw httpx2 + json.loads"
_HEADERS = {"authorization": "Bearer key"}
# A step's requests: few enough for both to meet the same noise.
_BATCH = 10


def figures(scale: Scale) -> Iterator[Figure]:
    with serving() as url:
        yield _sync(url, scale)
        with asyncio.Runner() as runner:
            yield _async(url, scale, runner)


def _sync(url: str, scale: Scale) -> Figure:
    with (
        DifyCompletion(api_key="key", base_url=url) as client,
        httpx2.Client(base_url=url, headers=_HEADERS) as raw,
    ):

        def typed() -> None:
            for _ in range(_BATCH):
                client.application.get_app_info()

        def untyped() -> None:
            for _ in range(_BATCH):
                json.loads(raw.get("/info").content)

        times = scale.requests // _BATCH
        works = repeated(typed, times), repeated(untyped, times)
        row = Row("GET a small JSON, sync", _BESIDE, 1.10)
        return compare(row, *works, rounds=scale.rounds)


def _async(url: str, scale: Scale, runner: asyncio.Runner) -> Figure:
    client = AsyncDifyCompletion(api_key="key", base_url=url)
    raw = httpx2.AsyncClient(base_url=url, headers=_HEADERS)

    async def typed() -> None:
        for _ in range(_BATCH):
            await client.application.get_app_info()

    async def untyped() -> None:
        for _ in range(_BATCH):
            json.loads((await raw.get("/info")).content)

    async def close() -> None:
        await client.close()
        await raw.aclose()

    times = scale.requests // _BATCH
    row = Row("GET a small JSON, async", _BESIDE, 1.10)
    try:
        return compare(
            row,
            repeated(lambda: runner.run(typed()), times),
            repeated(lambda: runner.run(untyped()), times),
            rounds=scale.rounds,
        )
    finally:
        runner.run(close())
