"""The clients: Unions, and AsyncUnions with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.shapes import AsyncShapes, Shapes

_api = API(
    name="unions",
    version="0.1.0",
    base_url="https://example.com",
    environment="UNIONS",
    schemes={},
    security=(),
)


class Unions(SyncClient):
    """Unions."""

    _api = _api

    @cached_property
    def shapes(self) -> Shapes:
        """Shapes."""
        return Shapes(self)


class AsyncUnions(AsyncClient):
    """Unions, awaited."""

    _api = _api

    @cached_property
    def shapes(self) -> AsyncShapes:
        """Shapes."""
        return AsyncShapes(self)
