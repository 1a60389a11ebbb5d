"""The clients: AllOf, and AsyncAllOf with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.cars import AsyncCars, Cars

_api = API(
    name="all-of",
    version="0.1.0",
    base_url="https://example.com",
    environment="ALL_OF",
    schemes={},
    security=(),
)


class AllOf(SyncClient):
    """All of."""

    _api = _api

    @cached_property
    def cars(self) -> Cars:
        """Cars."""
        return Cars(self)


class AsyncAllOf(AsyncClient):
    """All of, awaited."""

    _api = _api

    @cached_property
    def cars(self) -> AsyncCars:
        """Cars."""
        return AsyncCars(self)
