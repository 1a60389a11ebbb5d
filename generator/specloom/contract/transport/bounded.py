"""Answers that end: each is whole within a time and a size, or reading it raises.

A timeout of the usual kind starts anew with each byte; here it is also that of the whole answer.
The size is that of what comes, and of what it unpacks to. Knows nothing of what is asked.
"""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any, Final

from urllib3 import response as urllib3_response
from urllib3.connection import HTTPConnection
from urllib3.exceptions import ProtocolError

if TYPE_CHECKING:
    import socket
    from collections.abc import Generator, Iterator

LARGEST: Final = 64 * 1024 * 1024
"""Bytes that an answer may have, as they come over the wire, and decoded."""

TOO_LARGE: Final = f"the answer has more than {LARGEST} bytes"


@contextmanager
def answers_within(seconds: float) -> Iterator[None]:
    """Bound each answer, from its first byte to its last, that urllib3 reads within the block.

    schemathesis sends by urllib3, and makes its connections itself: only their class can be told.
    """

    class Answer(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            self.fp.close()
            allowed = min(seconds, sock.gettimeout() or seconds)
            self.fp = io.BufferedReader(_Bounded(sock, time.monotonic() + allowed))

    usual = HTTPConnection.response_class, urllib3_response.HTTPResponse
    HTTPConnection.response_class = Answer
    urllib3_response.HTTPResponse = _Decoded  # type: ignore[misc]  # it is looked up by its name
    try:
        yield
    finally:
        HTTPConnection.response_class, urllib3_response.HTTPResponse = usual  # type: ignore[misc]


class _Bounded(io.RawIOBase):
    """The bytes that a socket receives until a deadline; too many are an error."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._received = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._room = LARGEST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer had not ended in time")
        self._sock.settimeout(left)
        count = self._received.readinto(buffer)
        self._room -= count or 0
        if self._room < 0:
            raise OSError(TOO_LARGE)
        return count

    def close(self) -> None:
        self._received.close()
        super().close()


class _Decoded(urllib3_response.HTTPResponse):
    """An answer as urllib3 decodes it, piece by piece; too many bytes are an error."""

    _room = LARGEST

    def stream(self, *args: Any, **options: Any) -> Generator[bytes]:
        for piece in super().stream(*args, **options):
            yield self._counted(piece)

    def read1(self, *args: Any, **options: Any) -> bytes:
        return self._counted(super().read1(*args, **options))

    def _counted(self, piece: bytes) -> bytes:
        self._room -= len(piece)
        if self._room < 0:
            raise ProtocolError(TOO_LARGE)
        return piece
