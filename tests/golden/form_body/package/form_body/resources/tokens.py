"""Tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Unpack

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions

_CREATE_TOKEN: Operation[models.CreateTokenResponse] = Operation(
    id="createToken",
    method="POST",
    path="/token",
    body=Body(
        "application/x-www-form-urlencoded",
        models.CreateTokenRequest,
        arguments={
            "grant_type": "grant_type",
            "scope": "scope",
            "lifetime": "lifetime",
            "remember": "remember",
        },
        not_null=frozenset({"scope", "lifetime", "remember"}),
    ),
    answers=(Answer("200", {"application/json": models.CreateTokenResponse}),),
)


class Tokens(Resource):
    """Tokens."""

    def create_token(
        self,
        *,
        grant_type: Literal["password", "refresh"],
        scope: Sequence[str] | Unset = UNSET,
        lifetime: int | Unset = UNSET,
        remember: bool | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CreateTokenResponse:
        """Get a token."""
        return self._request(
            _CREATE_TOKEN,
            {"grant_type": grant_type, "scope": scope, "lifetime": lifetime, "remember": remember},
            options,
        )


class AsyncTokens(AsyncResource):
    """Tokens."""

    async def create_token(
        self,
        *,
        grant_type: Literal["password", "refresh"],
        scope: Sequence[str] | Unset = UNSET,
        lifetime: int | Unset = UNSET,
        remember: bool | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.CreateTokenResponse:
        """Get a token."""
        return await self._request(
            _CREATE_TOKEN,
            {"grant_type": grant_type, "scope": scope, "lifetime": lifetime, "remember": remember},
            options,
        )
