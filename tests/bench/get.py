"""GET of a small JSON: what the generated client adds to raw httpx2 and `json.loads`."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx2

from dify_completion import AsyncDifyCompletion, DifyCompletion
from tests.bench.measure import Figure, Scale, compare, cpu_of
from tests.bench.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADERS = {"authorization": "Bearer key"}


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
            for _ in range(scale.requests):
                client.application.get_app_info()

        def untyped() -> None:
            for _ in range(scale.requests):
                json.loads(raw.get("/info").content)

        return compare("GET, sync", 1.10, cpu_of(typed), cpu_of(untyped), rounds=scale.rounds)


def _async(url: str, scale: Scale, runner: asyncio.Runner) -> Figure:
    client = AsyncDifyCompletion(api_key="key", base_url=url)
    raw = httpx2.AsyncClient(base_url=url, headers=_HEADERS)

    async def typed() -> None:
        for _ in range(scale.requests):
            await client.application.get_app_info()

    async def untyped() -> None:
        for _ in range(scale.requests):
            json.loads((await raw.get("/info")).content)

    async def close() -> None:
        await client.close()
        await raw.aclose()

    try:
        return compare(
            "GET, async",
            1.10,
            cpu_of(lambda: runner.run(typed())),
            cpu_of(lambda: runner.run(untyped())),
            rounds=scale.rounds,
        )
    finally:
        runner.run(close())
