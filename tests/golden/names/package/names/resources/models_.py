"""A module of the package."""

from __future__ import annotations

from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions

_OPERATION_2FA: Operation[models.Model3D] = Operation(
    id="2fa",
    method="GET",
    path="/2",
    answers=(Answer("200", {"application/json": models.Model3D}),),
)


class Models(Resource):
    """A module of the package."""

    def operation_2fa(self, **options: Unpack[RequestOptions]) -> models.Model3D:
        """A digit first."""
        return self._request(_OPERATION_2FA, {}, options)


class AsyncModels(AsyncResource):
    """A module of the package."""

    async def operation_2fa(self, **options: Unpack[RequestOptions]) -> models.Model3D:
        """A digit first."""
        return await self._request(_OPERATION_2FA, {}, options)
