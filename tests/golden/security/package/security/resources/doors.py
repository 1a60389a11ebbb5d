"""Doors."""

from __future__ import annotations

from typing import Unpack

from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions

_BY_BEARER: Operation[None] = Operation(
    id="byBearer", method="GET", path="/bearer", answers=(Answer("204"),)
)

_BY_BASIC: Operation[None] = Operation(
    id="byBasic", method="GET", path="/basic", answers=(Answer("204"),), security=(("basic",),)
)

_BY_HEADER: Operation[None] = Operation(
    id="byHeader", method="GET", path="/header", answers=(Answer("204"),), security=(("header",),)
)

_BY_QUERY: Operation[None] = Operation(
    id="byQuery", method="GET", path="/query", answers=(Answer("204"),), security=(("query",),)
)

_BY_COOKIE: Operation[None] = Operation(
    id="byCookie", method="GET", path="/cookie", answers=(Answer("204"),), security=(("cookie",),)
)

_BY_BOTH: Operation[None] = Operation(
    id="byBoth",
    method="GET",
    path="/both",
    answers=(Answer("204"),),
    security=(("header", "query"), ("oauth",)),
)

_FREELY: Operation[None] = Operation(
    id="freely", method="GET", path="/free", answers=(Answer("204"),), security=()
)


class Doors(Resource):
    """Doors."""

    def by_bearer(self, **options: Unpack[RequestOptions]) -> None:
        """A token."""
        return self._request(_BY_BEARER, {}, options)

    def by_basic(self, **options: Unpack[RequestOptions]) -> None:
        """A user and a password."""
        return self._request(_BY_BASIC, {}, options)

    def by_header(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a header."""
        return self._request(_BY_HEADER, {}, options)

    def by_query(self, **options: Unpack[RequestOptions]) -> None:
        """A key in the query."""
        return self._request(_BY_QUERY, {}, options)

    def by_cookie(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a cookie."""
        return self._request(_BY_COOKIE, {}, options)

    def by_both(self, **options: Unpack[RequestOptions]) -> None:
        """Two keys together, or a token."""
        return self._request(_BY_BOTH, {}, options)

    def freely(self, **options: Unpack[RequestOptions]) -> None:
        """No key."""
        return self._request(_FREELY, {}, options)


class AsyncDoors(AsyncResource):
    """Doors."""

    async def by_bearer(self, **options: Unpack[RequestOptions]) -> None:
        """A token."""
        return await self._request(_BY_BEARER, {}, options)

    async def by_basic(self, **options: Unpack[RequestOptions]) -> None:
        """A user and a password."""
        return await self._request(_BY_BASIC, {}, options)

    async def by_header(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a header."""
        return await self._request(_BY_HEADER, {}, options)

    async def by_query(self, **options: Unpack[RequestOptions]) -> None:
        """A key in the query."""
        return await self._request(_BY_QUERY, {}, options)

    async def by_cookie(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a cookie."""
        return await self._request(_BY_COOKIE, {}, options)

    async def by_both(self, **options: Unpack[RequestOptions]) -> None:
        """Two keys together, or a token."""
        return await self._request(_BY_BOTH, {}, options)

    async def freely(self, **options: Unpack[RequestOptions]) -> None:
        """No key."""
        return await self._request(_FREELY, {}, options)
