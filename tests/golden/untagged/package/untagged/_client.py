"""The clients: Untagged, and AsyncUntagged with the same methods awaited."""

from __future__ import annotations

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

_GET_HEALTH: Operation[dict[str, str]] = Operation(
    id="getHealth",
    method="GET",
    path="/health",
    answers=(Answer("200", {"application/json": dict[str, str]}),),
)

_GET_THINGS_ID: Operation[models.GetThingsIdResponse] = Operation(
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
    """

    _api = _api

    def get_health(self, **options: Unpack[RequestOptions]) -> dict[str, str]:
        """Health."""
        return self.request(_GET_HEALTH, {}, options)

    def get_things_id(
        self, *, id: str, **options: Unpack[RequestOptions]
    ) -> models.GetThingsIdResponse:
        """An operation without an id."""
        return self.request(_GET_THINGS_ID, {"id": id}, options)


class AsyncUntagged(AsyncClient):
    """Untagged, awaited."""

    _api = _api

    async def get_health(self, **options: Unpack[RequestOptions]) -> dict[str, str]:
        """Health."""
        return await self.request(_GET_HEALTH, {}, options)

    async def get_things_id(
        self, *, id: str, **options: Unpack[RequestOptions]
    ) -> models.GetThingsIdResponse:
        """An operation without an id."""
        return await self.request(_GET_THINGS_ID, {"id": id}, options)
