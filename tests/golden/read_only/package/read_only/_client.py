"""The clients: ReadOnly, and AsyncReadOnly with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.notes import AsyncNotes, Notes

_api = API(
    name="read_only",
    version="0.1.0",
    base_url="https://example.com",
    environment="READ_ONLY",
    schemes={},
    security=(),
)


class ReadOnly(SyncClient):
    """What only the server may set."""

    _api = _api

    @cached_property
    def notes(self) -> Notes:
        """Notes."""
        return Notes(self)


class AsyncReadOnly(AsyncClient):
    """What only the server may set, awaited."""

    _api = _api

    @cached_property
    def notes(self) -> AsyncNotes:
        """Notes."""
        return AsyncNotes(self)
