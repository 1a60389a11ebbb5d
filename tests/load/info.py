"""Requests a second of /info: beside a bare Starlette route that answers with the same bytes."""

from __future__ import annotations

import asyncio
import statistics
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from tests.load.connection import connected, get
from tests.load.cost import Cost, costing
from tests.load.measure import Figure, Scale
from tests.load.processes import bare_server, completion_server
from tests.load.traffic import lasting, send_all, warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.load.processes import Server

_INFO = get("/info")


class Round(NamedTuple):
    """How many requests were answered, how many not, and at what cost."""

    answered: int
    failed: int
    cost: Cost

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.cost.wall


def figures(workers: int, scale: Scale) -> Iterator[Figure]:
    pairs = _rounds(workers, scale)
    measured, beside = zip(*pairs, strict=True)
    ratio = statistics.median(each.rate / bare.rate for each, bare in pairs)
    yield Figure(workers, "/info with an error", sum(each.failed for each in measured), at_most=0)
    yield Figure(workers, "/info, ratio to a bare route", ratio)
    yield from _figures(workers, "/info", measured)
    yield from _figures(workers, "bare route", beside)


def _figures(workers: int, name: str, rounds: Sequence[Round]) -> Iterator[Figure]:
    thousands = sum(each.answered for each in rounds) / 1000
    server = sum(each.cost.server for each in rounds) * 1000
    generator = sum(each.cost.generator for each in rounds) * 1000
    yield Figure(workers, name, statistics.median(each.rate for each in rounds), "/s")
    yield Figure(workers, f"{name}, CPU of the server", server / thousands, "µs each")
    yield Figure(workers, f"{name}, CPU of the generator", generator / thousands, "µs each")


def _rounds(workers: int, scale: Scale) -> list[tuple[Round, Round]]:
    """Ask both in turn, so that a machine that slows down slows both."""
    with asyncio.Runner() as runner, completion_server(workers) as server:
        body = runner.run(_body(server))
        with bare_server(workers, body) as bare:
            runner.run(warm(server, scale))
            runner.run(warm(bare, scale))
            return [
                (runner.run(_ask(server, scale)), runner.run(_ask(bare, scale)))
                for _ in range(scale.info_rounds)
            ]


async def _body(server: Server) -> bytes:
    async with connected(server) as connection:
        answer = await connection.exchange(_INFO)
    if answer.status != 200:
        raise RuntimeError(f"/info answers {answer.status}")
    return answer.body


async def _ask(server: Server, scale: Scale) -> Round:
    with costing(server.pid) as cost:
        requests = lasting(scale.info_round, repeat(_INFO))
        statuses = await send_all(server, requests, scale.connections)
    return Round(statuses[200], statuses.total() - statuses[200], cost)
