"""Many streams at once: how many failed or were lost, how soon words came, and at what cost."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tests.load.connection import Answer, connected, post
from tests.load.cost import Cost, costing
from tests.load.measure import Figure, Scale, percentile
from tests.load.messages import message_id_of, prompt, rate_all
from tests.load.processes import completion_server
from tests.load.traffic import warm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.load.processes import Server

_PERCENTS = (50, 90, 99)
_LONGEST_STREAM = 120.0
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True)
class Stream:
    """One stream; times are in seconds of the loop's clock, `answer` is None if it broke."""

    user: str
    due: float
    began: float
    answer: Answer | None


@dataclass(frozen=True)
class Outcome:
    """What came of all streams: what went wrong, and of how many messages nothing is left."""

    streams: Sequence[Stream]
    cost: Cost
    problems: Sequence[str]
    lost: int


def figures(workers: int, scale: Scale) -> Iterator[Figure]:
    with completion_server(workers) as server:
        outcome = asyncio.run(_measure(server, scale))
    for problem in outcome.problems[:_PROBLEMS_SHOWN]:
        sys.stderr.write(f"{problem}\n")
    yield Figure(workers, "streams with an error", len(outcome.problems), at_most=0)
    yield Figure(workers, "streams, messages lost", outcome.lost, at_most=0)
    yield Figure(workers, "streams at once, the most", _most_at_once(outcome.streams))
    yield from _times(workers, scale, outcome.streams)
    cost = outcome.cost
    yield Figure(workers, "streams, words a second", scale.streams * scale.words / cost.wall, "/s")
    yield Figure(workers, "streams, CPU of the server", cost.server, "s")
    yield Figure(workers, "streams, CPU of the generator", cost.generator, "s")
    yield Figure(workers, "streams, CPU of others", cost.others, "s")
    yield Figure(workers, "streams, on the clock", cost.wall, "s")


def _times(workers: int, scale: Scale, streams: Sequence[Stream]) -> Iterator[Figure]:
    """Count from when a stream was due, so that a generator that is late hides nothing."""
    answered = [(stream.due, stream.answer) for stream in streams if stream.answer]
    first = [(at - due) * 1000 for due, answer in answered if (at := answer.first_event_at)]
    whole = [answer.ended_at - due for due, answer in answered]
    late = [(stream.began - stream.due) * 1000 for stream in streams]
    yield from (Figure(workers, f"first word, p{p}", percentile(first, p), "ms") for p in _PERCENTS)
    yield from (
        Figure(workers, f"whole stream, p{p}", percentile(whole, p), "s") for p in _PERCENTS
    )
    yield Figure(workers, "whole stream, pauses alone", scale.pause * (scale.words - 1), "s")
    yield Figure(workers, "generator late, p99", percentile(late, 99), "ms")


def _most_at_once(streams: Sequence[Stream]) -> int:
    answered = [(stream.began, stream.answer) for stream in streams if stream.answer]
    steps = [(began, 1) for began, _ in answered]
    steps += [(answer.ended_at, -1) for _, answer in answered]
    return max(accumulate(step for _, step in sorted(steps)), default=0)


async def _measure(server: Server, scale: Scale) -> Outcome:
    await warm(server, scale)
    with costing(server.pid) as cost:
        streams = await _open_all(server, scale)
    user_of: dict[str, str] = {}
    problems: list[str] = []
    for stream in streams:
        try:
            user_of[_message_id(stream, scale.words)] = stream.user
        except (ValueError, KeyError) as problem:
            problems.append(f"{stream.user}: {problem!r}")
    rated = await rate_all(server, user_of, scale.connections)
    return Outcome(streams, cost, problems, scale.streams - len(rated & user_of.keys()))


def _message_id(stream: Stream, words: int) -> str:
    if stream.answer is None:
        raise ValueError("it broke off")
    return message_id_of(stream.answer, words)


async def _open_all(server: Server, scale: Scale) -> Sequence[Stream]:
    start = asyncio.get_running_loop().time() + 0.1
    apart = scale.arriving / scale.streams
    return await asyncio.gather(
        *(
            _open(server, scale, f"user-{number}", start + number * apart)
            for number in range(scale.streams)
        )
    )


async def _open(server: Server, scale: Scale, user: str, due: float) -> Stream:
    clock = asyncio.get_running_loop().time
    inputs = {"query": prompt(scale.words, scale.pause)}
    body = {"inputs": inputs, "user": user, "response_mode": "streaming"}
    request = post("/completion-messages", body)
    await asyncio.sleep(due - clock())
    began = clock()
    try:
        async with asyncio.timeout(_LONGEST_STREAM), connected(server) as connection:
            return Stream(user, due, began, await connection.exchange(request))
    except OSError:  # a TimeoutError is one
        return Stream(user, due, began, None)
