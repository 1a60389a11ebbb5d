"""The clients: Untagged, and AsyncUntagged with the same methods awaited."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from . import models
from ._runtime.client import API, AsyncClient, SyncClient
from ._runtime.operation import Answer, Operation, Parameter
from ._runtime.request import RequestOptions

_api = API(
    name="untagged",
    version="0.1.0",
    base_url="https://eu.example.com/v2",
    environment="UNTAGGED",
    schemes={},
    security=(),
)


@cache
def _get_health_operation() -> Operation[dict[str, str]]:
    return Operation(
        id="getHealth",
        method="GET",
        path="/health",
        answers=(Answer("200", {"application/json": dict[str, str]}),),
    )


@cache
def _get_things_id_operation() -> Operation[models.GetThingsIdResponse]:
    return Operation(
        id="get_things_id",
        method="GET",
        path="/things/{id}",
        parameters=(Parameter("id", "id", "path", str, style="simple"),),
        answers=(Answer("200", {"application/json": models.GetThingsIdResponse}),),
        base_url="https://things.example.com",
    )


class Untagged(SyncClient):
    """Untagged.

    Operations without a tag live on the client.

    `base_url` comes from `UNTAGGED_BASE_URL` or the document. To be closed by `close()` or a
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

    def get_health(self, **options: Unpack[RequestOptions]) -> dict[str, str]:
        """Health."""
        return self._request(_get_health_operation(), {}, options)

    def get_things_id(
        self, *, id: str, **options: Unpack[RequestOptions]
    ) -> models.GetThingsIdResponse:
        """An operation without an id."""
        return self._request(_get_things_id_operation(), {"id": id}, options)


class AsyncUntagged(AsyncClient):
    """Untagged, awaited.

    `base_url` comes from `UNTAGGED_BASE_URL` or the document. To be closed by `await close()`
    or an `async with` block. It takes the same arguments as `Untagged`, its `http_client` and
    `transport` being async ones.
    """

    _api = _api

    async def get_health(self, **options: Unpack[RequestOptions]) -> dict[str, str]:
        """Health."""
        return await self._request(_get_health_operation(), {}, options)

    async def get_things_id(
        self, *, id: str, **options: Unpack[RequestOptions]
    ) -> models.GetThingsIdResponse:
        """An operation without an id."""
        return await self._request(_get_things_id_operation(), {"id": id}, options)
