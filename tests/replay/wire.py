"""Sends a request over a socket exactly as it is told, each on a connection of its own.

Adds what HTTP/1.1 can't do without (Host, Content-Length), and mends nothing. Knows nothing of
recordings.
"""

from __future__ import annotations

import http.client
import json
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.replay.exchange import Answer
from tests.replay.outgoing import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Seconds: of silence, and for a whole answer.
SILENCE = 60.0
LONGEST_ANSWER = 180.0
CHUNK_SIZE = 65_536
HAVE_BODIES = {"POST", "PUT", "PATCH"}


def exchange(host: str, port: int, request: Outgoing) -> Answer:
    """Send a request and read its whole answer; OSError or HTTPException."""
    began = time.monotonic()
    with opened(host, port, request) as response:
        content_type = response.getheader("Content-Type") or ""
        body = b"".join(_chunks(response))
        return Answer(response.status, content_type, body, time.monotonic() - began)


@contextmanager
def opened(host: str, port: int, request: Outgoing) -> Iterator[http.client.HTTPResponse]:
    """Send a request and give its answer, to be read; OSError or HTTPException."""
    with closing(http.client.HTTPConnection(host, port, timeout=SILENCE)) as connection:
        # What a URL can't hold goes percent-encoded; what it can is left as it was.
        path = quote(request.path, safe="/?&=%#:;,@!$'()*+~[]")
        connection.putrequest(request.method, path, skip_accept_encoding=True)
        for name, value in request.headers.items():
            connection.putheader(name, value.encode())
        if request.body or request.method in HAVE_BODIES:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders()
        # A server may answer before it has read everything, as it does to what is too large.
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.send(request.body)
        with closing(connection.getresponse()) as response:
            yield response


def post_json(path: str, key: str, body: Mapping[str, Any]) -> Outgoing:
    """Make a request that posts JSON."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return Outgoing("POST", path, headers, json.dumps(body).encode())


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    deadline = time.monotonic() + LONGEST_ANSWER
    while chunk := response.read1(CHUNK_SIZE):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no end in {LONGEST_ANSWER:.0f} s")
        yield chunk
