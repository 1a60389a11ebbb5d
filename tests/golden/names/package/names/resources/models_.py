"""A module of the package."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _operation_2fa_operation() -> Operation[models.Model3D]:
    return Operation(
        id="2fa",
        method="GET",
        path="/2",
        answers=(Answer("200", {"application/json": models.Model3D}),),
    )


class Models(Resource):
    """A module of the package."""

    def operation_2fa(self, **options: Unpack[RequestOptions]) -> models.Model3D:
        """A digit first."""
        return self._request(_operation_2fa_operation(), {}, options)


class AsyncModels(AsyncResource):
    """A module of the package."""

    async def operation_2fa(self, **options: Unpack[RequestOptions]) -> models.Model3D:
        """A digit first."""
        return await self._request(_operation_2fa_operation(), {}, options)
