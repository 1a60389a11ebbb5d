"""The clients: Security, and AsyncSecurity with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from ._runtime.security import APIKey, Basic, Bearer
from .resources.doors import AsyncDoors, Doors

_api = API(
    name="security",
    version="0.1.0",
    base_url="https://example.com",
    environment="SECURITY",
    schemes={
        "bearer": Bearer(),
        "basic": Basic(),
        "header": APIKey("header", "X-API-Key"),
        "query": APIKey("query", "api_key"),
        "cookie": APIKey("cookie", "key"),
        "oauth": Bearer(),
    },
    security=(("bearer",),),
)


class Security(SyncClient):
    """Security."""

    _api = _api

    @cached_property
    def doors(self) -> Doors:
        """Doors."""
        return Doors(self)


class AsyncSecurity(AsyncClient):
    """Security, awaited."""

    _api = _api

    @cached_property
    def doors(self) -> AsyncDoors:
        """Doors."""
        return AsyncDoors(self)
