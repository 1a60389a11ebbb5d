"""The clients: InheritedDiscriminator, and AsyncInheritedDiscriminator with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.animals import Animals, AsyncAnimals

_api = API(
    name="inherited-discriminator",
    version="0.1.0",
    base_url="https://example.com",
    environment="INHERITED_DISCRIMINATOR",
    schemes={},
    security=(),
)


class InheritedDiscriminator(SyncClient):
    """Inherited discriminator."""

    _api = _api

    @cached_property
    def animals(self) -> Animals:
        """Animals."""
        return Animals(self)


class AsyncInheritedDiscriminator(AsyncClient):
    """Inherited discriminator, awaited."""

    _api = _api

    @cached_property
    def animals(self) -> AsyncAnimals:
        """Animals."""
        return AsyncAnimals(self)
