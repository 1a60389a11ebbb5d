"""Just enough of an HTTP/1.1 client to weigh little: it keeps bytes, and reads them when asked.

Measured against the server that it shares two cores with, so it decodes nothing as it comes.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.load.processes import API_KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.load.processes import Server

_LAST_CHUNK = b"\r\n0\r\n\r\n"
_EVENT = b"\ndata:"
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]+)\r\n")


@dataclass(frozen=True)
class Answer:
    """What came back: head and payload as they came, and when, in seconds of the loop's clock.

    `first_event_at` is when the first event with data began; None if there was none.
    """

    head: bytes
    payload: bytes
    first_event_at: float | None
    ended_at: float

    @property
    def status(self) -> int:
        return int(self.head.split(None, 2)[1])

    @property
    def body(self) -> bytes:
        """The content, out of its chunks; ValueError if these are broken."""
        return self.payload if _LENGTH.search(self.head) else b"".join(_chunks(self.payload))


class Connection(asyncio.Protocol):
    """One connection, with one request under way at a time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._begin()

    def _begin(self) -> None:
        self._received = bytearray()
        self._head_ends = 0
        self._ends: int | None = None
        self._first_event_at: float | None = None
        self._answered: asyncio.Future[Answer] = self._loop.create_future()

    async def exchange(self, request: bytes) -> Answer:
        """Send a request and wait for the whole answer; ConnectionError if it breaks off."""
        self._begin()
        if self._transport.is_closing():
            raise ConnectionError("the server closed the connection")
        self._transport.write(request)
        return await self._answered

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._first_event_at is None and _EVENT in self._received:
            self._first_event_at = self._loop.time()
        if self._is_whole() and not self._answered.done():
            head, payload = self._received[: self._head_ends], self._received[self._head_ends :]
            times = self._first_event_at, self._loop.time()
            self._answered.set_result(Answer(bytes(head), bytes(payload), *times))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._answered.done():
            self._answered.set_exception(exc or ConnectionError("the answer broke off"))
            self._answered.exception()  # nobody may be waiting for it

    def _is_whole(self) -> bool:
        if not self._head_ends:
            self._read_head()
        if self._ends is None:
            return self._head_ends > 0 and self._received.endswith(_LAST_CHUNK)
        return len(self._received) >= self._ends

    def _read_head(self) -> None:
        blank = self._received.find(b"\r\n\r\n")
        if blank < 0:
            return
        self._head_ends = blank + 4
        if length := _LENGTH.search(self._received, 0, blank):
            self._ends = self._head_ends + int(length[1])


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator[Connection]:
    """Give a connection that closes with the block."""
    loop = asyncio.get_running_loop()
    transport, connection = await loop.create_connection(Connection, server.host, server.port)
    try:
        yield connection
    finally:
        transport.abort()


def get(path: str) -> bytes:
    """Write a GET request."""
    return _request("GET", path, "")


def post(path: str, body: Any) -> bytes:
    """Write a POST request with a JSON body."""
    content = json.dumps(body)
    return _request(
        "POST",
        path,
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n",
        content,
    )


def _request(method: str, path: str, headers: str, content: str = "") -> bytes:
    head = f"{method} /v1{path} HTTP/1.1\r\nHost: load\r\nAuthorization: Bearer {API_KEY}\r\n"
    return f"{head}{headers}\r\n{content}".encode()


def _chunks(payload: bytes) -> list[bytes]:
    chunks, at = [], 0
    while size := _CHUNK_SIZE.match(payload, at):
        length, start = int(size[1], 16), size.end()
        chunks.append(payload[start : start + length])
        at = start + length + 2
        if not length:
            break
    if at != len(payload):
        raise ValueError("the chunks are broken")
    return chunks
