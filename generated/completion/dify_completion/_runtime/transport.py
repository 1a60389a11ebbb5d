"""HTTP, through httpx2: the only file that imports it.

Turns a prepared request into one of httpx2's, and names what else the runtime needs of it.
Knows nothing of errors of ours or of retries.
"""

from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

import httpx2

from .files import FileContent, Part, open_content
from .operation import Operation

HTTPClient = httpx2.Client
AsyncHTTPClient = httpx2.AsyncClient
Request = httpx2.Request
Response = httpx2.Response
Timeout = httpx2.Timeout
TimeoutTypes: TypeAlias = Timeout | float | None

HTTPError = httpx2.RequestError
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


@dataclass(frozen=True, repr=False)
class PreparedRequest:
    """A request, however it is sent, with `content` or `parts`; it has keys, and so no text."""

    operation: Operation[Any]
    url: str
    headers: dict[str, str]
    timeout: TimeoutTypes
    content: FileContent | None = None
    parts: tuple[Part, ...] = ()

    @property
    def is_repeatable(self) -> bool:
        """Whether every file can be read a second time."""
        contents: list[Any] = [self.content, *(part.content for part in self.parts)]
        return all(file.seekable() for file in contents if hasattr(file, "seekable"))


def is_base_url(text: str) -> bool:
    """Whether paths can be put after a URL: it has a host, and no userinfo, query or fragment."""
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL:
        return False
    is_server = url.scheme in {"http", "https"} and url.host and (url.port or 0) < 2**16
    return bool(is_server) and not (url.userinfo or "?" in text or "#" in text)


def build(
    http: HTTPClient | AsyncHTTPClient, prepared: PreparedRequest, opened: ExitStack
) -> Request:
    """Build the request for a client of either flavour; its files stay open as long as `opened`."""
    content: Any = open_content(prepared.content, opened)
    if isinstance(http, AsyncHTTPClient) and not isinstance(content, bytes | None):
        content = _chunks(content)
    files = [
        (part.name, (part.filename, open_content(part.content, opened) or b"", part.content_type))
        for part in prepared.parts
    ]
    return http.build_request(
        prepared.operation.method,
        prepared.url,
        headers=prepared.headers,
        content=content,
        files=files or None,
        timeout=prepared.timeout,
    )


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    while chunk := file.read(65_536):
        yield chunk
