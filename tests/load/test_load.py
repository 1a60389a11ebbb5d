"""The load runs at a size that measures nothing, and what it looks for it would find."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.load import run
from tests.load.connection import Answer, connected, get
from tests.load.cost import PROC
from tests.load.measure import Figure, Scale, percentile
from tests.load.messages import answered_words, message_id_of, rate_all
from tests.load.processes import Server, bare_server, completion_server

if TYPE_CHECKING:
    from pathlib import Path

TINY = Scale(
    warming=0.05,
    streams=20,
    arriving=0.2,
    words=5,
    pause=0.05,
    connections=2,
    info_rounds=1,
    info_round=0.05,
    few_completions=10,
    completions=20,
)
WORDS = answered_words(2)
PING = b"event: ping\n\n"


def event(kind: str, message_id: str, **more: str) -> bytes:
    return (
        b"data: " + json.dumps({"event": kind, "message_id": message_id, **more}).encode() + b"\n\n"
    )


def said(message_id: str, words: list[str]) -> list[bytes]:
    return [event("message", message_id, answer=word) for word in words]


def answer(events: list[bytes]) -> Answer:
    """An answer that came in a chunk for each event."""
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in events)
    return Answer(b"HTTP/1.1 200 OK\r\n\r\n", chunks + b"0\r\n\r\n", None, 0)


END = event("message_end", "a")


@pytest.mark.slow
@pytest.mark.skipif(not PROC.exists(), reason="there is no /proc to read a process's cost from")
def test_every_figure_is_found_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "build/bench-server.json"
    assert run.report(run.figures([1], TINY), path)
    printed, complaints = capsys.readouterr()
    assert complaints == ""
    rows = {row["name"]: row for row in json.loads(path.read_text())}
    assert all(name in printed for name in rows)
    assert rows["streams at once, the most"]["value"] == TINY.streams
    assert rows["first word, p50"]["value"] <= rows["first word, p99"]["value"]
    assert rows["whole stream, p50"]["value"] >= rows["whole stream, pauses alone"]["value"] > 0
    assert rows["/info"]["value"] > 0
    assert rows["memory after 20"]["value"] > 1


@pytest.mark.slow
def test_a_message_that_the_server_does_not_have_is_not_counted_as_kept() -> None:
    with completion_server(1) as server:
        assert asyncio.run(rate_all(server, {str(uuid4()): "user"}, connections=1)) == set()


def test_a_figure_above_its_most_is_told(tmp_path: Path) -> None:
    found = [Figure(1, "errors", 0, at_most=0), Figure(1, "memory, ratio", 1.21, at_most=1.2)]
    assert run.report(found[:1], tmp_path / "found.json")
    assert not run.report(found, tmp_path / "found.json")


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert [percentile(hundred, percent) for percent in (50, 99, 100)] == [50.0, 99.0, 100.0]
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0


def test_a_whole_stream_has_one_message() -> None:
    events = [*said("a", WORDS), PING, *said("a", [""]), END]
    assert message_id_of(answer(events), 2) == "a"


@pytest.mark.parametrize(
    ("events", "problem"),
    [
        pytest.param([], "not enough values", id="nothing"),
        pytest.param(said("a", WORDS), "other events", id="no end"),
        pytest.param([*said("a", WORDS), event("error", "a")], "other events", id="an error"),
        pytest.param([*said("a", WORDS[:1]), END], "words are missing", id="a word too few"),
        pytest.param([*said("a", WORDS[::-1]), END], "out of order", id="words in another order"),
        pytest.param([*said("a", ["w0 w1 "]), END], "words are missing", id="words in one event"),
        pytest.param([*said("b", WORDS), END], "too many values", id="two messages"),
        pytest.param([*said("a", WORDS), END[:-1]], "breaks off", id="an event without an end"),
    ],
)
def test_what_is_wrong_with_a_stream_is_seen(events: list[bytes], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        message_id_of(answer(events), 2)


def test_chunks_that_break_off_are_seen() -> None:
    whole = answer([END])
    broken = replace(whole, payload=whole.payload.replace(b"\r\n0\r\n\r\n", b""))
    with pytest.raises(ValueError, match="chunks"):
        message_id_of(broken, 0)


def test_a_server_that_closes_early_is_seen() -> None:
    async def exchange() -> None:
        served = await asyncio.start_server(hang_up, "127.0.0.1")
        host, port = served.sockets[0].getsockname()
        async with served, connected(Server(host, port, 0)) as connection:
            await connection.exchange(get("/info"))

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na")
        writer.close()

    with pytest.raises(ConnectionError):
        asyncio.run(exchange())


def test_the_bare_route_answers_with_the_body_that_it_is_given() -> None:
    async def ask(server: Server) -> bytes:
        async with connected(server) as connection:
            return (await connection.exchange(get("/info"))).body

    with bare_server(1, b'{"name":"App"}') as server:
        assert asyncio.run(ask(server)) == b'{"name":"App"}'
