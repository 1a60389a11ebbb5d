"""Doors."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import Answer, Operation
from .._runtime.request import RequestOptions


@cache
def _by_basic_operation() -> Operation[None]:
    return Operation(
        id="byBasic", method="GET", path="/basic", answers=(Answer("204"),), security=(("basic",),)
    )


@cache
def _by_bearer_operation() -> Operation[None]:
    return Operation(id="byBearer", method="GET", path="/bearer", answers=(Answer("204"),))


@cache
def _by_both_operation() -> Operation[None]:
    return Operation(
        id="byBoth",
        method="GET",
        path="/both",
        answers=(Answer("204"),),
        security=(("header", "query"), ("oauth",)),
    )


@cache
def _by_cookie_operation() -> Operation[None]:
    return Operation(
        id="byCookie",
        method="GET",
        path="/cookie",
        answers=(Answer("204"),),
        security=(("cookie",),),
    )


@cache
def _freely_operation() -> Operation[None]:
    return Operation(id="freely", method="GET", path="/free", answers=(Answer("204"),), security=())


@cache
def _by_header_operation() -> Operation[None]:
    return Operation(
        id="byHeader",
        method="GET",
        path="/header",
        answers=(Answer("204"),),
        security=(("header",),),
    )


@cache
def _by_query_operation() -> Operation[None]:
    return Operation(
        id="byQuery", method="GET", path="/query", answers=(Answer("204"),), security=(("query",),)
    )


class Doors(Resource):
    """Doors."""

    def by_basic(self, **options: Unpack[RequestOptions]) -> None:
        """A user and a password."""
        return self._request(_by_basic_operation(), {}, options)

    def by_bearer(self, **options: Unpack[RequestOptions]) -> None:
        """A token."""
        return self._request(_by_bearer_operation(), {}, options)

    def by_both(self, **options: Unpack[RequestOptions]) -> None:
        """Two keys together, or a token."""
        return self._request(_by_both_operation(), {}, options)

    def by_cookie(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a cookie."""
        return self._request(_by_cookie_operation(), {}, options)

    def freely(self, **options: Unpack[RequestOptions]) -> None:
        """No key."""
        return self._request(_freely_operation(), {}, options)

    def by_header(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a header."""
        return self._request(_by_header_operation(), {}, options)

    def by_query(self, **options: Unpack[RequestOptions]) -> None:
        """A key in the query."""
        return self._request(_by_query_operation(), {}, options)


class AsyncDoors(AsyncResource):
    """Doors."""

    async def by_basic(self, **options: Unpack[RequestOptions]) -> None:
        """A user and a password."""
        return await self._request(_by_basic_operation(), {}, options)

    async def by_bearer(self, **options: Unpack[RequestOptions]) -> None:
        """A token."""
        return await self._request(_by_bearer_operation(), {}, options)

    async def by_both(self, **options: Unpack[RequestOptions]) -> None:
        """Two keys together, or a token."""
        return await self._request(_by_both_operation(), {}, options)

    async def by_cookie(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a cookie."""
        return await self._request(_by_cookie_operation(), {}, options)

    async def freely(self, **options: Unpack[RequestOptions]) -> None:
        """No key."""
        return await self._request(_freely_operation(), {}, options)

    async def by_header(self, **options: Unpack[RequestOptions]) -> None:
        """A key in a header."""
        return await self._request(_by_header_operation(), {}, options)

    async def by_query(self, **options: Unpack[RequestOptions]) -> None:
        """A key in the query."""
        return await self._request(_by_query_operation(), {}, options)
