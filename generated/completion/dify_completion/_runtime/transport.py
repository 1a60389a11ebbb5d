"""HTTP, through httpx2: the only file that imports it.

Turns a prepared request into one of httpx2's, and names what else the runtime needs of it.
Knows nothing of errors of ours or of retries.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import httpx2

from .files import EncodedBody, open_content
from .operation import Operation, Parameter

Client = httpx2.Client
AsyncClient = httpx2.AsyncClient
BaseTransport = httpx2.BaseTransport
AsyncBaseTransport = httpx2.AsyncBaseTransport
Headers = httpx2.Headers
Request = httpx2.Request
Response = httpx2.Response
Timeout = httpx2.Timeout
TimeoutTypes: TypeAlias = Timeout | float | None
"""Seconds, an `httpx2.Timeout` with more to say, or None for no bound."""

HTTPError = httpx2.RequestError
LocalProtocolError = httpx2.LocalProtocolError
TimeoutException = httpx2.TimeoutException
# The server has seen nothing of the request.
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
# The connection broke; how far the request came is unknown.
BROKEN = (httpx2.NetworkError, httpx2.RemoteProtocolError)
READ_BEFORE = (httpx2.StreamConsumed, httpx2.StreamClosed)

# A model may take minutes to answer; that a server can't be reached is known sooner.
DEFAULT_TIMEOUT = httpx2.Timeout(600.0, connect=5.0, pool=10.0)
# Each stream holds a connection while it is read.
LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)


# The operations of a client have few URLs, and parsing one costs as much as the rest of a request.
_parsed = lru_cache(httpx2.URL)


@dataclass(repr=False)
class PreparedRequest:
    """A request, however it is sent, which has keys, and so no text.

    `is_idempotent` allows to send it twice.
    """

    operation: Operation[Any]
    url: str
    headers: dict[str, str]
    timeout: TimeoutTypes
    is_idempotent: bool
    credentials: Sequence[tuple[Parameter, str]]
    body: EncodedBody

    def follows(self, client: Client | AsyncClient) -> bool:
        """Whether redirects are followed: httpx2 keeps only `Authorization` from other servers."""
        places = {(each.location, each.name.lower()) for each, _ in self.credentials}
        return client.follow_redirects and places <= {("header", "authorization")}


class _RedactedURL(httpx2.URL):
    """A URL with keys in its query, which its text doesn't show: httpx2 logs it, errors have it."""

    def __init__(self, url: httpx2.URL, keys: Iterable[str]) -> None:
        super().__init__(url)
        self._text = str(url.copy_merge_params(dict.fromkeys(keys, "redacted")))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"URL({self._text!r})"


class _Files(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that reads files: their size may change meanwhile, and a disk may be slow."""

    def __init__(self, request: Request) -> None:
        self._chunks: Any = request.stream
        length = request.headers.get("content-length", "")
        self._length = int(length) if length.isdecimal() else -1

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        for chunk in self._chunks:
            sent += len(chunk)
            if sent > self._length >= 0:
                break
            yield chunk
        if self._length not in {sent, -1}:
            raise httpx2.RequestError("a file changed its size while it was sent")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        from asyncio import to_thread  # a sync client has no need of it

        chunks = iter(self)  # read in a thread, so that no other task waits for a disk
        while (chunk := await to_thread(next, chunks, None)) is not None:
            yield chunk


def is_base_url(text: str) -> bool:
    """Whether paths can be put after a URL: it has a host, and no userinfo, query or fragment."""
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        return False
    is_server = url.scheme in {"http", "https"} and url.host and (url.port or 0) < 2**16
    return bool(is_server) and not (url.userinfo or "?" in text or "#" in text)


def timeout_of(client: Client | AsyncClient) -> Timeout:
    """Give a client's own timeout; that of httpx2, where nobody chose it, is short for a model."""
    return DEFAULT_TIMEOUT if client.timeout == Timeout(5.0) else client.timeout


def build(client: Client | AsyncClient, prepared: PreparedRequest, opened: ExitStack) -> Request:
    """Build the request for a client of either flavour; its files stay open as long as `opened`.

    Does what the client's `build_request` does, except that the client's query does not replace
    that of the request, and at a fifth of its cost.
    """
    url, body = _parsed(prepared.url), prepared.body
    if client.params:
        url = url.copy_with(query=b"&".join(filter(None, [str(client.params).encode(), url.query])))
    content: Any = open_content(body.content, opened)
    files = [
        (
            part.name,
            (part.filename, open_content(part.content, opened) or b"", part.content_type, headers),
        )
        for part in body.parts
        for headers in [dict(part.headers)]
    ]
    # A content type of the client's own would not name the boundary of the parts.
    defaults = {k: v for k, v in client.headers.items() if k != "content-type" or not files}
    # For errors: a server may echo a key.
    keys = [key.removeprefix("Bearer ").removeprefix("Basic ") for _, key in prepared.credentials]
    request = httpx2.Request(
        prepared.operation.method,
        url,
        headers={**defaults, **prepared.headers},
        cookies=client.cookies,
        content=content,
        files=files or None,
        extensions={"timeout": Timeout(prepared.timeout).as_dict(), "keys": keys},
    )
    if files and body.content_type:  # httpx2 knows multipart/form-data only
        boundary = request.headers["content-type"].partition(";")[2]
        request.headers["content-type"] = f"{body.content_type};{boundary}"
    if names := [each.name for each, _ in prepared.credentials if each.location == "query"]:
        request.url = _RedactedURL(url, names)
    if files or not isinstance(content, bytes | None):
        request.stream = _Files(request)
    return request


def hold(response: Response) -> AsyncGenerator[None]:
    """Give what releases an async response by its `aclose()`, or by being dropped.

    `__del__` can't await. An event loop knows each generator that was begun in it, and closes it
    when it is dropped, or when the loop ends (PEP 525).
    """
    holding = _hold(response)
    with suppress(StopIteration):  # what an awaitable raises that has nothing to wait for
        holding.__anext__().send(None)
    return holding


async def _hold(response: Response) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await response.aclose()
