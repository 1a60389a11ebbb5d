"""A method of the client."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _request_operation() -> Operation[models.Field_]:
    return Operation(
        id="request",
        method="GET",
        path="/request",
        answers=(Answer("200", {"application/json": models.Field_}),),
    )


class Close(Resource):
    """A method of the client."""

    def request(self, **options: Unpack[RequestOptions]) -> models.Field_:
        """A method of the client."""
        return self._request(_request_operation(), {}, options)


class AsyncClose(AsyncResource):
    """A method of the client."""

    async def request(self, **options: Unpack[RequestOptions]) -> models.Field_:
        """A method of the client."""
        return await self._request(_request_operation(), {}, options)
