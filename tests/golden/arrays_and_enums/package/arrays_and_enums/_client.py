"""The clients: ArraysAndEnums, and AsyncArraysAndEnums with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.colours import AsyncColours, Colours

_api = API(
    name="arrays-and-enums",
    version="0.1.0",
    base_url="https://example.com",
    environment="ARRAYS_AND_ENUMS",
    schemes={},
    security=(),
)


class ArraysAndEnums(SyncClient):
    """Arrays and enums."""

    _api = _api

    @cached_property
    def colours(self) -> Colours:
        """Colours."""
        return Colours(self)


class AsyncArraysAndEnums(AsyncClient):
    """Arrays and enums, awaited."""

    _api = _api

    @cached_property
    def colours(self) -> AsyncColours:
        """Colours."""
        return AsyncColours(self)
