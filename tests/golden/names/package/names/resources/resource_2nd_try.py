"""A digit first."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _get_it__operation() -> Operation[models.Any__2]:
    return Operation(
        id="getIt",
        method="GET",
        path="/case",
        answers=(Answer("200", {"application/json": models.Any__2}),),
    )


@cache
def _get_it_operation() -> Operation[models.Any_]:
    return Operation(
        id="get_it",
        method="PUT",
        path="/case",
        answers=(Answer("200", {"application/json": models.Any_}),),
    )


class Resource2ndTry(Resource):
    """A digit first."""

    def get_it_(self, **options: Unpack[RequestOptions]) -> models.Any__2:
        """Clashes with get_it."""
        return self._request(_get_it__operation(), {}, options)

    def get_it(self, **options: Unpack[RequestOptions]) -> models.Any_:
        """Clashes with getIt."""
        return self._request(_get_it_operation(), {}, options)


class AsyncResource2ndTry(AsyncResource):
    """A digit first."""

    async def get_it_(self, **options: Unpack[RequestOptions]) -> models.Any__2:
        """Clashes with get_it."""
        return await self._request(_get_it__operation(), {}, options)

    async def get_it(self, **options: Unpack[RequestOptions]) -> models.Any_:
        """Clashes with getIt."""
        return await self._request(_get_it_operation(), {}, options)
