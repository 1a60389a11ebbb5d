"""Bytes come as they arrive, a file is whole or isn't there, and the connection is released."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import httpx2
import pytest

from runtime.binary import AsyncBinaryResponse, BinaryResponse
from runtime.errors import APIConnectionError, APIError, APITimeoutError
from tests.unit.runtime.half_answer_server import (
    LIMIT,
    HalfAnswerServer,
    beginning,
    open_connections,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

CHUNKS = (b"RIFF", b"", b"\x00\xff" * 3)
WHOLE = b"".join(CHUNKS)
BROKEN = (b"RIFF", httpx2.ReadError("reset"))


class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that comes in chunks, may break, and knows whether it was closed."""

    def __init__(self, *chunks: bytes | Exception) -> None:
        self.chunks = chunks
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def response(body: Body) -> httpx2.Response:
    request = httpx2.Request("GET", "https://api.example/speech")
    headers = {"content-type": "audio/wav; rate=8000"}
    return httpx2.Response(200, headers=headers, stream=body, request=request)


def read(flavour: str, body: Body) -> bytes:
    if flavour == "sync":
        return BinaryResponse(response(body)).read()

    async def run() -> bytes:
        return await AsyncBinaryResponse(response(body)).read()

    return asyncio.run(run())


def pieces(flavour: str, body: Body, size: int | None = None) -> list[bytes]:
    if flavour == "sync":
        return list(BinaryResponse(response(body)).iter_bytes(size))

    async def run() -> list[bytes]:
        binary = AsyncBinaryResponse(response(body))
        return [piece async for piece in binary.iter_bytes(size)]

    return asyncio.run(run())


def write(flavour: str, body: Body, path: Path | str) -> None:
    if flavour == "sync":
        BinaryResponse(response(body)).write_to(path)
        return

    async def run() -> None:
        await AsyncBinaryResponse(response(body)).write_to(path)

    asyncio.run(run())


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_all_bytes(flavour: str) -> None:
    body = Body(*CHUNKS)
    assert read(flavour, body) == WHOLE
    assert body.closed


def test_bytes_as_they_arrive(flavour: str) -> None:
    body = Body(*CHUNKS)
    assert pieces(flavour, body) == [b"RIFF", b"\x00\xff" * 3]
    assert body.closed


def test_bytes_in_chunks_of_a_size(flavour: str) -> None:
    assert [len(piece) for piece in pieces(flavour, Body(*CHUNKS), 4)] == [4, 4, 2]


@pytest.mark.parametrize("consume", [read, pieces])
def test_a_connection_that_breaks_is_an_error_of_ours(flavour: str, consume: Any) -> None:
    body = Body(*BROKEN)
    with pytest.raises(APIConnectionError, match="reset"):
        consume(flavour, body)
    assert body.closed


def test_the_response_and_its_content_type() -> None:
    binary = BinaryResponse(response(Body()))
    assert binary.content_type == "audio/wav; rate=8000"
    assert binary.response.status_code == 200


def test_pieces_are_given_only_once() -> None:
    binary = BinaryResponse(response(Body(*CHUNKS)))
    list(binary.iter_bytes())
    with pytest.raises(APIError, match="only once"):
        list(binary.iter_bytes())


class TestWriteTo:
    def test_a_new_file(self, flavour: str, tmp_path: Path) -> None:
        body = Body(*CHUNKS)
        write(flavour, body, str(tmp_path / "speech.wav"))
        assert (tmp_path / "speech.wav").read_bytes() == WHOLE
        assert names(tmp_path) == ["speech.wav"]
        assert body.closed

    def test_the_file_has_the_rights_of_any_other(self, flavour: str, tmp_path: Path) -> None:
        write(flavour, Body(*CHUNKS), tmp_path / "speech.wav")
        (tmp_path / "other").touch()
        assert (tmp_path / "other").stat().st_mode == (tmp_path / "speech.wav").stat().st_mode

    def test_over_a_file(self, flavour: str, tmp_path: Path) -> None:
        (tmp_path / "speech.wav").write_bytes(b"what was here" * 9)
        write(flavour, Body(*CHUNKS), tmp_path / "speech.wav")
        assert (tmp_path / "speech.wav").read_bytes() == WHOLE

    def test_through_a_link(self, flavour: str, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("speech.wav")
        write(flavour, Body(*CHUNKS), tmp_path / "link")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "speech.wav").read_bytes() == WHOLE

    def test_half_of_the_bytes_are_no_file(self, flavour: str, tmp_path: Path) -> None:
        with pytest.raises(APIConnectionError):
            write(flavour, Body(*BROKEN), tmp_path / "speech.wav")
        assert names(tmp_path) == []

    def test_half_of_the_bytes_leave_the_file_that_was_there(
        self, flavour: str, tmp_path: Path
    ) -> None:
        (tmp_path / "speech.wav").write_bytes(b"what was here")
        with pytest.raises(APIConnectionError):
            write(flavour, Body(*BROKEN), tmp_path / "speech.wav")
        assert (tmp_path / "speech.wav").read_bytes() == b"what was here"
        assert names(tmp_path) == ["speech.wav"]

    def test_a_place_that_cannot_be_written_to(self, flavour: str, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        for place in (tmp_path, tmp_path / "missing" / "speech.wav", pipe):
            body = Body(*CHUNKS)
            with pytest.raises(OSError):  # noqa: PT011 (each has a class of its own)
                write(flavour, body, place)
            assert body.closed
        assert pipe.is_fifo()

    def test_a_slow_disk_keeps_no_task_waiting(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def run() -> None:
            written = asyncio.Event()
            loop = asyncio.get_running_loop()

            class SlowFile:
                def write(self, _: bytes) -> None:
                    assert threading.current_thread() is not threading.main_thread()
                    # The loop runs while this waits, or it would wait for ever.
                    asyncio.run_coroutine_threadsafe(written.wait(), loop).result(LIMIT)

                def __enter__(self) -> Self:
                    return self

                def __exit__(self, *_: object) -> None:
                    (tmp_path / "speech.wav").touch()

            monkeypatch.setattr(Path, "open", lambda *_: SlowFile())
            monkeypatch.setattr(Path, "replace", lambda *_: None)
            loop.call_later(0.01, written.set)
            await AsyncBinaryResponse(response(Body(*CHUNKS))).write_to(tmp_path / "speech.wav")
            assert written.is_set()

        asyncio.run(run())


@pytest.fixture
def server() -> Iterator[HalfAnswerServer]:
    with beginning("audio/wav", WHOLE) as running:
        yield running


def leave_block(binary: BinaryResponse) -> None:
    with binary:
        next(binary.iter_bytes())


def leave_by_break(binary: BinaryResponse) -> None:
    for _ in binary.iter_bytes():
        break


def time_out(binary: BinaryResponse) -> None:
    with pytest.raises(APITimeoutError):
        binary.read()


def drop(binary: BinaryResponse) -> None:
    assert not binary.response.is_closed


@pytest.mark.parametrize("leave", [leave_block, leave_by_break, time_out, drop])
def test_the_connection_is_released(server: HalfAnswerServer, leave: Any) -> None:
    with httpx2.Client(timeout=0.2) as http:
        answer = http.send(http.build_request("GET", server.url), stream=True)
        leave(BinaryResponse(answer))
        del answer
        gc.collect()
        assert server.left.wait(LIMIT)
        assert open_connections(http) == []


async def leave_async_block(binary: AsyncBinaryResponse) -> None:
    async with binary:
        await anext(binary.iter_bytes())


async def leave_async_by_break(binary: AsyncBinaryResponse) -> None:
    async for _ in binary.iter_bytes():
        break


async def time_out_async(binary: AsyncBinaryResponse) -> None:
    with pytest.raises(APITimeoutError):
        await binary.read()


async def cancel(binary: AsyncBinaryResponse) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(0.05):
            await binary.read()


async def drop_async(binary: AsyncBinaryResponse) -> None:
    assert not binary.response.is_closed


@pytest.mark.parametrize(
    "leave", [leave_async_block, leave_async_by_break, time_out_async, cancel, drop_async]
)
def test_the_connection_is_released_asynchronously(server: HalfAnswerServer, leave: Any) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(timeout=0.2) as http:
            answer = await http.send(http.build_request("GET", server.url), stream=True)
            await leave(AsyncBinaryResponse(answer))
            del answer
            gc.collect()
            assert await asyncio.to_thread(server.left.wait, LIMIT)
            assert open_connections(http) == []

    asyncio.run(run())


def test_what_is_dropped_after_its_loop_says_nothing() -> None:
    async def begin(body: Body) -> AsyncBinaryResponse:
        return AsyncBinaryResponse(response(body))

    loop, body = asyncio.new_event_loop(), Body(*CHUNKS)
    binary = loop.run_until_complete(begin(body))
    loop.close()
    del binary
    gc.collect()
    ended = Body(*CHUNKS)
    binary = asyncio.run(begin(ended))
    assert ended.closed
    del binary
    gc.collect()
