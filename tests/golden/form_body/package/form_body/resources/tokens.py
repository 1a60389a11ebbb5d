"""Tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _create_token_operation() -> Operation[models.CreateTokenResponse]:
    return Operation(
        id="createToken",
        method="POST",
        path="/token",
        body=Body(
            "application/x-www-form-urlencoded",
            models.CreateTokenRequest,
            arguments={
                "grant_type": "grant_type",
                "lifetime": "lifetime",
                "remember": "remember",
                "scope": "scope",
            },
            not_null=frozenset({"lifetime", "remember", "scope"}),
        ),
        answers=(Answer("200", {"application/json": models.CreateTokenResponse}),),
    )


class Tokens(Resource):
    """Tokens."""

    def create_token(
        self,
        *,
        grant_type: Literal["password", "refresh"],
        lifetime: int | Unset = UNSET,
        remember: bool | Unset = UNSET,
        scope: Sequence[str] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CreateTokenResponse:
        """Get a token."""
        return self._request(
            _create_token_operation(),
            {"grant_type": grant_type, "lifetime": lifetime, "remember": remember, "scope": scope},
            options,
        )


class AsyncTokens(AsyncResource):
    """Tokens."""

    async def create_token(
        self,
        *,
        grant_type: Literal["password", "refresh"],
        lifetime: int | Unset = UNSET,
        remember: bool | Unset = UNSET,
        scope: Sequence[str] | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CreateTokenResponse:
        """Get a token."""
        return await self._request(
            _create_token_operation(),
            {"grant_type": grant_type, "lifetime": lifetime, "remember": remember, "scope": scope},
            options,
        )
