"""What a client sends through httpx2, and what it is answered, into exchanges.

A generated client takes it as its `transport`. Bodies pass through as they arrive, decoded; an
exchange is recorded when its answer is closed. Only this file of the package imports httpx2.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final

import httpx2

from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.contract.transport.bounded import LARGEST, TOO_LARGE
from specloom.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .scenario import Server

_NOWHERE: Final = Location("")


class RecordingTransport(httpx2.BaseTransport):
    """Sends over connections of its own, and records for a server, until its deadline."""

    def __init__(self, server: Server) -> None:
        """Open nothing yet."""
        self._server = server
        self._connections = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send. Raises httpx2's errors: past the deadline ReadTimeout, past LARGEST ReadError."""
        self._check_time(request)
        self._shorten(request)
        started = time.monotonic()
        # A body that flows from a file is read here, to be shown.
        body = request.read()
        answer = self._connections.handle_request(request)
        answer.stream = _Recorded(self, request, body, answer, started)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def chunks(self, request: httpx2.Request, stream: Iterator[bytes]) -> Iterator[bytes]:
        """Pass the pieces of an answer on until the deadline, or the bound on its size."""
        left = LARGEST
        for chunk in stream:
            self._check_time(request)
            left -= len(chunk)
            if left < 0:
                raise httpx2.ReadError(TOO_LARGE, request=request)
            yield chunk

    def record(self, exchange: Exchange) -> None:
        """Hand an exchange on."""
        self._server.record(exchange)

    def _shorten(self, request: httpx2.Request) -> None:
        """Have no silence outlast the deadline."""
        left = self._server.deadline - time.monotonic()
        timeout = request.extensions.get("timeout", {})
        if left < (timeout.get("read") or math.inf):
            request.extensions = {**request.extensions, "timeout": {**timeout, "read": left}}

    def _check_time(self, request: httpx2.Request) -> None:
        if time.monotonic() > self._server.deadline:
            raise httpx2.ReadTimeout("the scenario had no time left", request=request)


class _Pieces(httpx2.SyncByteStream):
    """A body as it comes over the wire, of which all is kept."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.read: list[bytes] = []

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.read.append(piece)
            yield piece


class _Recorded(httpx2.SyncByteStream):
    """An answer's body without its Content-Encoding, kept as it is read."""

    def __init__(
        self,
        transport: RecordingTransport,
        request: httpx2.Request,
        body: bytes,
        answer: httpx2.Response,
        started: float,
    ) -> None:
        assert isinstance(answer.stream, httpx2.SyncByteStream)  # noqa: S101 - for the types alone
        self._transport, self._request, self._body = transport, request, body
        self._answer, self._stream, self._started = answer, answer.stream, started
        self._headers = answer.headers.copy()
        self._coded = _Pieces(transport.chunks(request, iter(answer.stream)))
        self._read: list[bytes] = []
        self._ended = self._recorded = self._miscoded = False
        # The client need not decode it again, to a size that nobody bounds.
        answer.headers.pop("content-encoding", None)

    def __iter__(self) -> Iterator[bytes]:
        answer = httpx2.Response(200, headers=self._headers, stream=self._coded)
        try:
            for piece in self._transport.chunks(self._request, answer.iter_bytes()):
                self._read.append(piece)
                yield piece
        except httpx2.DecodingError:
            self._miscoded = True
            raise
        self._ended = True

    def close(self) -> None:
        """Release the connection, and record what came over it, once."""
        self._stream.close()
        if not self._recorded:
            self._recorded = True
            self._transport.record(self._exchange())

    def _exchange(self) -> Exchange:
        sent = Request(
            self._request.method,
            str(self._request.url),
            headers=_lower(self._request.headers),
            body=self._body,
        )
        headers = _lower(self._headers)
        answer = Response(
            self._answer.status_code,
            cut_short=not self._ended,
            headers=headers,
            # As it came, if it isn't so encoded.
            body=b"".join(self._coded.read if self._miscoded else self._read),
        )
        seconds = time.monotonic() - self._started
        return Exchange("", headers.get("x-version", ""), sent, answer, _NOWHERE, seconds)


def _lower(headers: httpx2.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
