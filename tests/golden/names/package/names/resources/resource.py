"""A class of the runtime."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Unpack

from .. import models
from .._runtime.binary import AsyncBinaryResponse, BinaryResponse
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import BINARY, UNSET, Answer, Operation, Parameter, Unset
from .._runtime.request import RequestOptions


@cache
def _list__operation() -> Operation[list[models.DottedName]]:
    return Operation(
        id="list",
        method="GET",
        path="/list",
        answers=(Answer("200", {"application/json": list[models.DottedName]}),),
    )


@cache
def _bytes__operation() -> Operation[bytes]:
    return Operation(
        id="bytes",
        method="PUT",
        path="/list",
        answers=(Answer("200", {"application/octet-stream": BINARY}),),
    )


@cache
def _get_2_operation() -> Operation[list[int]]:
    return Operation(
        id="get-2",
        method="POST",
        path="/list",
        parameters=(Parameter("sizes", "sizes", "query", list[str], explode=True),),
        answers=(Answer("200", {"application/json": list[int]}),),
    )


class Resource_(Resource):
    """A class of the runtime."""

    def list_(self, **options: Unpack[RequestOptions]) -> list[models.DottedName]:
        """A builtin that annotations use."""
        return self._request(_list__operation(), {}, options)

    def bytes_(self, **options: Unpack[RequestOptions]) -> BinaryResponse:
        """Another builtin.

        Gives bytes that are left to be read, in a `with` block.
        """
        return self._download(_bytes__operation(), {}, options)

    def get_2(
        self, *, sizes: Sequence[str] | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[int]:
        """Text after a builtin."""
        return self._request(_get_2_operation(), {"sizes": sizes}, options)


class AsyncResource_(AsyncResource):
    """A class of the runtime."""

    async def list_(self, **options: Unpack[RequestOptions]) -> list[models.DottedName]:
        """A builtin that annotations use."""
        return await self._request(_list__operation(), {}, options)

    async def bytes_(self, **options: Unpack[RequestOptions]) -> AsyncBinaryResponse:
        """Another builtin.

        Gives bytes that are left to be read, in an `async with` block.
        """
        return await self._download(_bytes__operation(), {}, options)

    async def get_2(
        self, *, sizes: Sequence[str] | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[int]:
        """Text after a builtin."""
        return await self._request(_get_2_operation(), {"sizes": sizes}, options)
