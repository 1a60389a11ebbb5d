"""The clients: Names, and AsyncNames with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.class_ import AsyncClass, Class
from .resources.close_ import AsyncClose, Close
from .resources.models_ import AsyncModels, Models
from .resources.resource import AsyncResource_, Resource_
from .resources.resource_2nd_try import AsyncResource2ndTry, Resource2ndTry

_api = API(
    name="names",
    version="0.1.0",
    base_url="https://example.com",
    environment="NAMES",
    schemes={},
    security=(),
)


class Names(SyncClient):
    """Names."""

    _api = _api

    @cached_property
    def class_(self) -> Class:
        """A keyword."""
        return Class(self)

    @cached_property
    def close_(self) -> Close:
        """A method of the client."""
        return Close(self)

    @cached_property
    def resource(self) -> Resource_:
        """A class of the runtime."""
        return Resource_(self)

    @cached_property
    def models_(self) -> Models:
        """A module of the package."""
        return Models(self)

    @cached_property
    def resource_2nd_try(self) -> Resource2ndTry:
        """A digit first."""
        return Resource2ndTry(self)


class AsyncNames(AsyncClient):
    """Names, awaited."""

    _api = _api

    @cached_property
    def class_(self) -> AsyncClass:
        """A keyword."""
        return AsyncClass(self)

    @cached_property
    def close_(self) -> AsyncClose:
        """A method of the client."""
        return AsyncClose(self)

    @cached_property
    def resource(self) -> AsyncResource_:
        """A class of the runtime."""
        return AsyncResource_(self)

    @cached_property
    def models_(self) -> AsyncModels:
        """A module of the package."""
        return AsyncModels(self)

    @cached_property
    def resource_2nd_try(self) -> AsyncResource2ndTry:
        """A digit first."""
        return AsyncResource2ndTry(self)
