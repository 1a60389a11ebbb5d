"""So many requests are served at once and no more, and whoever is past the bound is answered."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from completion_server.web.crowd import with_limit
from tests.unit.server.asgi_client import Answer, Asked, exchange

CROWDED = PlainTextResponse("crowded", 503)


class Slow:
    """Begins to answer at once, and ends or fails when it is told to."""

    def __init__(self) -> None:
        self.may_end = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"begun", "more_body": True})
        await self.may_end.wait()
        if self.error:
            raise self.error
        await send({"type": "http.response.body", "body": b""})


def asking(slow: Slow, most: int, paths: list[str]) -> list["asyncio.Task[Answer]"]:
    limited = with_limit(slow, most, CROWDED)
    return [asyncio.create_task(exchange(limited, Asked("GET", path))) for path in paths]


async def statuses(most: int, paths: list[str]) -> list[int]:
    slow = Slow()
    tasks = asking(slow, most, paths)
    await asyncio.sleep(0)
    slow.may_end.set()
    return [answer.status for answer in await asyncio.gather(*tasks)]


@pytest.mark.parametrize("most", [1, 2, 5])
def test_as_many_as_the_bound_says_are_served_and_the_next_is_not(most: int) -> None:
    assert [200] * most + [503, 503] == asyncio.run(statuses(most, ["/v1/info"] * (most + 2)))


def test_health_is_neither_refused_nor_counted() -> None:
    paths = ["/healthz", "/a", "/a", "/healthz"]
    assert asyncio.run(statuses(1, paths)) == [200, 200, 503, 200]


@pytest.mark.parametrize("error", [None, RuntimeError("broken")])
def test_a_stream_counts_until_it_has_ended_however_it_ends(error: Exception | None) -> None:
    async def run() -> list[int]:
        slow = Slow()
        slow.error = error
        limited = with_limit(slow, 1, CROWDED)
        first = asyncio.create_task(exchange(limited, Asked("GET", "/a")))
        await asyncio.sleep(0)
        during = await exchange(limited, Asked("GET", "/a"))
        slow.may_end.set()
        await asyncio.wait([first])
        slow.error = None
        after = await exchange(limited, Asked("GET", "/a"))
        assert first.exception() is error
        return [during.status, after.status]

    assert asyncio.run(run()) == [503, 200]


def test_one_whose_client_left_counts_no_more() -> None:
    async def run() -> int:
        slow = Slow()
        limited = with_limit(slow, 1, CROWDED)
        first = asyncio.create_task(exchange(limited, Asked("GET", "/a")))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait([first])
        slow.may_end.set()
        return (await exchange(limited, Asked("GET", "/a"))).status

    assert asyncio.run(run()) == 200


def test_the_lifespan_is_passed_on() -> None:
    async def run() -> list[str]:
        seen: list[str] = []

        async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
            seen.append(scope["type"])

        async def nothing() -> dict[str, str]:
            return {}

        async def ignore(_message: object) -> None:
            return

        await with_limit(app, 0, CROWDED)({"type": "lifespan"}, nothing, ignore)
        return seen

    assert asyncio.run(run()) == ["lifespan"]
