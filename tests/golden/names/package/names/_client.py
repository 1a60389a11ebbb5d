"""The clients: Names, and AsyncNames with the same methods awaited."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime.client import API, AsyncClient, SyncClient

if TYPE_CHECKING:
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
    """Names.

    `base_url` comes from `NAMES_BASE_URL` or the document. To be closed by `close()` or a
    `with` block.

    Args:
        api_key: A key, or a callable that gives one at each request; for several security schemes,
            a mapping of their names to either.
        base_url: Where the server is, without the operation's path.
        http_client: An `httpx2.Client` to send with, which stays yours to close.
        transport: What the client's own connections go through: a proxy, or a fake for tests.
        timeout: Seconds, or an `httpx2.Timeout`; left out, what was chosen for the `http_client`,
            else 600 for an answer and between any two of its pieces, 5 for a connection.
        max_retries: How often a request is sent again, where that can't hurt.
        strict: Raises what doesn't fit its schema in an answer, instead of keeping it as it came.
        on_error_event: `"yield"` gives an event that reports an error, instead of raising it.
    """

    _api = _api

    @cached_property
    def class_(self) -> Class:
        """A keyword."""
        from .resources.class_ import Class

        return Class(self)

    @cached_property
    def close_(self) -> Close:
        """A method of the client."""
        from .resources.close_ import Close

        return Close(self)

    @cached_property
    def resource(self) -> Resource_:
        """A class of the runtime."""
        from .resources.resource import Resource_

        return Resource_(self)

    @cached_property
    def models_(self) -> Models:
        """A module of the package."""
        from .resources.models_ import Models

        return Models(self)

    @cached_property
    def resource_2nd_try(self) -> Resource2ndTry:
        """A digit first."""
        from .resources.resource_2nd_try import Resource2ndTry

        return Resource2ndTry(self)


class AsyncNames(AsyncClient):
    """Names, awaited.

    `base_url` comes from `NAMES_BASE_URL` or the document. To be closed by `await close()` or
    an `async with` block. It takes the same arguments as `Names`, its `http_client` and
    `transport` being async ones.
    """

    _api = _api

    @cached_property
    def class_(self) -> AsyncClass:
        """A keyword."""
        from .resources.class_ import AsyncClass

        return AsyncClass(self)

    @cached_property
    def close_(self) -> AsyncClose:
        """A method of the client."""
        from .resources.close_ import AsyncClose

        return AsyncClose(self)

    @cached_property
    def resource(self) -> AsyncResource_:
        """A class of the runtime."""
        from .resources.resource import AsyncResource_

        return AsyncResource_(self)

    @cached_property
    def models_(self) -> AsyncModels:
        """A module of the package."""
        from .resources.models_ import AsyncModels

        return AsyncModels(self)

    @cached_property
    def resource_2nd_try(self) -> AsyncResource2ndTry:
        """A digit first."""
        from .resources.resource_2nd_try import AsyncResource2ndTry

        return AsyncResource2ndTry(self)
