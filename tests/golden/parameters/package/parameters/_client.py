"""The clients: Parameters, and AsyncParameters with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.search import AsyncSearch, Search

_api = API(
    name="parameters",
    version="0.1.0",
    base_url="https://example.com",
    environment="PARAMETERS",
    schemes={},
    security=(),
)


class Parameters(SyncClient):
    """Parameters."""

    _api = _api

    @cached_property
    def search(self) -> Search:
        """Searching."""
        return Search(self)


class AsyncParameters(AsyncClient):
    """Parameters, awaited."""

    _api = _api

    @cached_property
    def search(self) -> AsyncSearch:
        """Searching."""
        return AsyncSearch(self)
