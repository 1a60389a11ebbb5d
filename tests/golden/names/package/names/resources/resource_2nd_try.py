"""A digit first."""

from __future__ import annotations

from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions

_GET_IT_: Operation[models.Any__2] = Operation(
    id="getIt",
    method="GET",
    path="/case",
    answers=(Answer("200", {"application/json": models.Any__2}),),
)

_GET_IT: Operation[models.Any_] = Operation(
    id="get_it",
    method="PUT",
    path="/case",
    answers=(Answer("200", {"application/json": models.Any_}),),
)


class Resource2ndTry(Resource):
    """A digit first."""

    def get_it_(self, **options: Unpack[RequestOptions]) -> models.Any__2:
        """Clashes with get_it."""
        return self._request(_GET_IT_, {}, options)

    def get_it(self, **options: Unpack[RequestOptions]) -> models.Any_:
        """Clashes with getIt."""
        return self._request(_GET_IT, {}, options)


class AsyncResource2ndTry(AsyncResource):
    """A digit first."""

    async def get_it_(self, **options: Unpack[RequestOptions]) -> models.Any__2:
        """Clashes with get_it."""
        return await self._request(_GET_IT_, {}, options)

    async def get_it(self, **options: Unpack[RequestOptions]) -> models.Any_:
        """Clashes with getIt."""
        return await self._request(_GET_IT, {}, options)
