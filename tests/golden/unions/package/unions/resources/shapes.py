"""Shapes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Body, Operation, Parameter
from .._runtime.request import RequestOptions


@cache
def _find_shape_operation() -> Operation[models.Shape | None]:
    return Operation(
        id="findShape",
        method="GET",
        path="/shapes",
        parameters=(Parameter("key", "key", "query", int | str, explode=True),),
        answers=(Answer("200", {"application/json": models.Shape | None}),),
    )


@cache
def _create_shape_operation() -> Operation[models.Shape]:
    return Operation(
        id="createShape",
        method="POST",
        path="/shapes",
        body=Body("application/json", models.Shape),
        answers=(Answer("200", {"application/json": models.Shape}),),
    )


class Shapes(Resource):
    """Shapes."""

    def find_shape(
        self, *, key: int | str, **options: Unpack[RequestOptions]
    ) -> models.Shape | None:
        """Find a shape, by name or by number."""
        return self._request(_find_shape_operation(), {"key": key}, options)

    def create_shape(
        self, *, body: models.Shape | Mapping[str, object], **options: Unpack[RequestOptions]
    ) -> models.Shape:
        """Create a shape.

        Args:
            body: The request body.
        """
        return self._request(_create_shape_operation(), {"body": body}, options)


class AsyncShapes(AsyncResource):
    """Shapes."""

    async def find_shape(
        self, *, key: int | str, **options: Unpack[RequestOptions]
    ) -> models.Shape | None:
        """Find a shape, by name or by number."""
        return await self._request(_find_shape_operation(), {"key": key}, options)

    async def create_shape(
        self, *, body: models.Shape | Mapping[str, object], **options: Unpack[RequestOptions]
    ) -> models.Shape:
        """Create a shape.

        Args:
            body: The request body.
        """
        return await self._request(_create_shape_operation(), {"body": body}, options)
