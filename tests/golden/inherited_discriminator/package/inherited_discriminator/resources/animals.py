"""Animals."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _list_animals_operation() -> Operation[list[models.Animal]]:
    return Operation(
        id="listAnimals",
        method="GET",
        path="/animals",
        answers=(Answer("200", {"application/json": list[models.Animal]}),),
    )


class Animals(Resource):
    """Animals."""

    def list_animals(self, **options: Unpack[RequestOptions]) -> list[models.Animal]:
        """List animals."""
        return self._request(_list_animals_operation(), {}, options)


class AsyncAnimals(AsyncResource):
    """Animals."""

    async def list_animals(self, **options: Unpack[RequestOptions]) -> list[models.Animal]:
        """List animals."""
        return await self._request(_list_animals_operation(), {}, options)
