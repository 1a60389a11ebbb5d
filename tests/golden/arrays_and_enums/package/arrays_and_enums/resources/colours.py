"""Colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Parameter, Unset
from .._runtime.request import RequestOptions


@cache
def _list_colours_operation() -> Operation[list[models.Colour]]:
    return Operation(
        id="listColours",
        method="GET",
        path="/colours",
        parameters=(
            Parameter("kind", "kind", "query", Literal["warm", "cold"], explode=True),
            Parameter("levels", "levels", "query", list[Literal[1, 2, 3]], explode=True),
        ),
        answers=(Answer("200", {"application/json": list[models.Colour]}),),
    )


@cache
def _replace_colours_operation() -> Operation[dict[str, int]]:
    return Operation(
        id="replaceColours",
        method="PUT",
        path="/colours",
        body=Body("application/json", list[models.Colour]),
        answers=(Answer("200", {"application/json": dict[str, int]}),),
    )


class Colours(Resource):
    """Colours."""

    def list_colours(
        self,
        *,
        kind: Literal["warm", "cold"] | Unset = UNSET,
        levels: Sequence[Literal[1, 2, 3]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> list[models.Colour]:
        """List colours."""
        return self._request(_list_colours_operation(), {"kind": kind, "levels": levels}, options)

    def replace_colours(
        self,
        *,
        body: Sequence[models.Colour | Mapping[str, object]],
        **options: Unpack[RequestOptions],
    ) -> dict[str, int]:
        """Replace the colours.

        Args:
            body: The request body.
        """
        return self._request(_replace_colours_operation(), {"body": body}, options)


class AsyncColours(AsyncResource):
    """Colours."""

    async def list_colours(
        self,
        *,
        kind: Literal["warm", "cold"] | Unset = UNSET,
        levels: Sequence[Literal[1, 2, 3]] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> list[models.Colour]:
        """List colours."""
        return await self._request(
            _list_colours_operation(), {"kind": kind, "levels": levels}, options
        )

    async def replace_colours(
        self,
        *,
        body: Sequence[models.Colour | Mapping[str, object]],
        **options: Unpack[RequestOptions],
    ) -> dict[str, int]:
        """Replace the colours.

        Args:
            body: The request body.
        """
        return await self._request(_replace_colours_operation(), {"body": body}, options)
