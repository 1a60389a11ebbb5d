"""Answers that end: each is whole within a time, or reading it raises as a timeout does.

A timeout of the usual kind starts anew with each byte. Knows nothing of what is asked.
"""

from __future__ import annotations

import io
import time
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator


@contextmanager
def answers_within(seconds: float) -> Iterator[None]:
    """Bound each answer, from its first byte to its last, that urllib3 reads within the block.

    schemathesis sends by urllib3, and makes its connections itself: only their class can be told.
    """

    class Answer(HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            self.fp.close()
            self.fp = io.BufferedReader(_Timed(sock, time.monotonic() + seconds))

    usual = HTTPConnection.response_class
    HTTPConnection.response_class = Answer
    try:
        yield
    finally:
        HTTPConnection.response_class = usual


class _Timed(io.RawIOBase):
    """The bytes that a socket receives until a deadline."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._received = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer had not ended in time")
        self._sock.settimeout(left)
        return self._received.readinto(buffer)

    def close(self) -> None:
        self._received.close()
        super().close()
