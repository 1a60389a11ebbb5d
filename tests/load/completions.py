"""Blocking completions: how many a second, and the server's memory after many beside few."""

from __future__ import annotations

import asyncio
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from tests.load.connection import post
from tests.load.cost import Cost, costing, memory
from tests.load.measure import Figure, Scale
from tests.load.processes import completion_server
from tests.load.traffic import lasting, send_all, warm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.load.processes import Server

_ONE_WORD = post("/completion-messages", {"inputs": {"query": "[[say:Yes]]"}, "user": "u"})
_REST = 1.0


class Batch(NamedTuple):
    """How many completions were given, at what cost, and the server's memory after, in MB."""

    given: int
    cost: Cost
    memory: float


def figures(workers: int, scale: Scale) -> Iterator[Figure]:
    first = scale.few_completions
    with completion_server(workers) as server, asyncio.Runner() as runner:
        runner.run(warm(server, scale))
        few = runner.run(_complete(server, first, scale))
        many = runner.run(_complete(server, scale.completions - first, scale))
    given, cost = few.given + many.given, many.cost
    yield Figure(workers, "completions not given", scale.completions - given, at_most=0)
    yield Figure(workers, f"memory after {few.given:,}", few.memory, "MB")
    yield Figure(workers, f"memory after {given:,}", many.memory, "MB")
    yield Figure(workers, "memory, ratio", many.memory / few.memory, at_most=1.2)
    yield Figure(workers, "completions", many.given / cost.wall, "/s")
    yield Figure(workers, "completions, CPU of the server", cost.server, "s")
    yield Figure(workers, "completions, CPU of the generator", cost.generator, "s")
    yield Figure(workers, "completions, CPU of others", cost.others, "s")
    yield Figure(workers, "completions, on the clock", cost.wall, "s")


async def _complete(server: Server, count: int, scale: Scale) -> Batch:
    """Ask so often, let the server come to rest, and look at its memory."""
    with costing(server.pid) as cost:
        requests = lasting(scale.longest, repeat(_ONE_WORD, count))
        statuses = await send_all(server, requests, scale.connections)
    await asyncio.sleep(_REST)
    return Batch(statuses[200], cost, memory(server.pid))
