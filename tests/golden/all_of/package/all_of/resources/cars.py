"""Cars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _find_car_operation() -> Operation[models.FindCarResponse]:
    return Operation(
        id="findCar",
        method="GET",
        path="/cars",
        answers=(Answer("200", {"application/json": models.FindCarResponse}),),
    )


@cache
def _build_car_operation() -> Operation[models.Car]:
    return Operation(
        id="buildCar",
        method="POST",
        path="/cars",
        body=Body(
            "application/json",
            models.NewCar,
            arguments={"name": "name", "made": "made", "engine": "engine"},
            not_null=frozenset({"made", "engine"}),
        ),
        answers=(Answer("200", {"application/json": models.Car}),),
    )


class Cars(Resource):
    """Cars."""

    def find_car(self, **options: Unpack[RequestOptions]) -> models.FindCarResponse:
        """Find a car."""
        return self._request(_find_car_operation(), {}, options)

    def build_car(
        self,
        *,
        name: str,
        made: date | Unset = UNSET,
        engine: models.Engine | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Car:
        """Build a car.

        Args:
            engine: What drives it.
        """
        return self._request(
            _build_car_operation(), {"name": name, "made": made, "engine": engine}, options
        )


class AsyncCars(AsyncResource):
    """Cars."""

    async def find_car(self, **options: Unpack[RequestOptions]) -> models.FindCarResponse:
        """Find a car."""
        return await self._request(_find_car_operation(), {}, options)

    async def build_car(
        self,
        *,
        name: str,
        made: date | Unset = UNSET,
        engine: models.Engine | Mapping[str, object] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.Car:
        """Build a car.

        Args:
            engine: What drives it.
        """
        return await self._request(
            _build_car_operation(), {"name": name, "made": made, "engine": engine}, options
        )
