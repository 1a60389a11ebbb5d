"""The clients: Recursion, and AsyncRecursion with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.trees import AsyncTrees, Trees

_api = API(
    name="recursion",
    version="0.1.0",
    base_url="https://example.com",
    environment="RECURSION",
    schemes={},
    security=(),
)


class Recursion(SyncClient):
    """Recursion."""

    _api = _api

    @cached_property
    def trees(self) -> Trees:
        """Trees."""
        return Trees(self)


class AsyncRecursion(AsyncClient):
    """Recursion, awaited."""

    _api = _api

    @cached_property
    def trees(self) -> AsyncTrees:
        """Trees."""
        return AsyncTrees(self)
