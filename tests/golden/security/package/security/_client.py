"""The clients: Security, and AsyncSecurity with the same methods awaited."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime.client import API, AsyncClient, SyncClient
from ._runtime.security import APIKey, Basic, Bearer

if TYPE_CHECKING:
    from .resources.doors import AsyncDoors, Doors

_api = API(
    name="security",
    version="0.1.0",
    base_url="https://example.com",
    environment="SECURITY",
    schemes={
        "basic": Basic(),
        "bearer": Bearer(),
        "cookie": APIKey("cookie", "key"),
        "header": APIKey("header", "X-API-Key"),
        "oauth": Bearer(),
        "query": APIKey("query", "api_key"),
    },
    security=(("bearer",),),
)


class Security(SyncClient):
    """Security.

    `api_key` comes from `SECURITY_API_KEY` if it is not given, `base_url` from
    `SECURITY_BASE_URL` or the document. To be closed by `close()` or a `with` block.

    Args:
        api_key: A key, or a callable that gives one at each request; for several security schemes,
            a mapping of their names to either.
        base_url: Where the server is, without the operation's path.
        http_client: An `httpx2.Client` to send with, which stays yours to close.
        transport: What the client's own connections go through: a proxy, or a fake for tests.
        timeout: Seconds, or an `httpx2.Timeout`; left out, what was chosen for the `http_client`,
            else 600 for an answer and between any two of its pieces, 5 for a connection.
        max_retries: How often a request is sent again, where that can't hurt.
        strict: Raises what doesn't fit its schema in an answer, instead of keeping it as it came.
        on_error_event: `"yield"` gives an event that reports an error, instead of raising it.
    """

    _api = _api

    @cached_property
    def doors(self) -> Doors:
        """Doors."""
        from .resources.doors import Doors

        return Doors(self)


class AsyncSecurity(AsyncClient):
    """Security, awaited.

    `api_key` comes from `SECURITY_API_KEY` if it is not given, `base_url` from
    `SECURITY_BASE_URL` or the document. To be closed by `await close()` or an `async with`
    block. It takes the same arguments as `Security`, its `http_client` and `transport` being
    async ones.
    """

    _api = _api

    @cached_property
    def doors(self) -> AsyncDoors:
        """Doors."""
        from .resources.doors import AsyncDoors

        return AsyncDoors(self)
