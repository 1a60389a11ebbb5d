"""The clients: JsonBody, and AsyncJsonBody with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.pets import AsyncPets, Pets

_api = API(
    name="json-body",
    version="0.1.0",
    base_url="https://example.com/v1",
    environment="JSON_BODY",
    schemes={},
    security=(),
)


class JsonBody(SyncClient):
    """JSON body."""

    _api = _api

    @cached_property
    def pets(self) -> Pets:
        """Everything about pets."""
        return Pets(self)


class AsyncJsonBody(AsyncClient):
    """JSON body, awaited."""

    _api = _api

    @cached_property
    def pets(self) -> AsyncPets:
        """Everything about pets."""
        return AsyncPets(self)
