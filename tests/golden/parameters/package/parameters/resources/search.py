"""Searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Unpack

from pydantic import Field

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Operation, Parameter, Unset
from .._runtime.request import RequestOptions


@cache
def _search_shelf_operation() -> Operation[list[str]]:
    return Operation(
        id="searchShelf",
        method="GET",
        path="/shelves/{shelf}/{coordinates}/{matrix}",
        parameters=(
            Parameter("words", "words", "query", list[str], explode=True),
            Parameter("ids", "ids", "query", list[int]),
            Parameter("pipes", "pipes", "query", list[str], style="pipeDelimited"),
            Parameter("filter", "filter", "query", models.Filter, style="deepObject", explode=True),
            Parameter("next", "next", "query", str, explode=True, allow_reserved=True),
            Parameter("where", "where", "query", models.Filter, content_type="application/json"),
            Parameter("limit", "limit", "query", Annotated[int, Field(ge=1, le=100)], explode=True),
            Parameter("x_trace", "X-Trace", "header", list[str], style="simple"),
            Parameter("session", "session", "cookie", str, explode=True),
            Parameter("query_shelf", "shelf", "query", str, explode=True),
            Parameter("shelf", "shelf", "path", Annotated[int, Field(ge=1)], style="simple"),
            Parameter("coordinates", "coordinates", "path", list[int], style="label", explode=True),
            Parameter("matrix", "matrix", "path", list[str], style="matrix"),
        ),
        answers=(Answer("200", {"application/json": list[str]}),),
    )


class Search(Resource):
    """Searching."""

    def search_shelf(
        self,
        *,
        words: Sequence[str],
        shelf: int,
        coordinates: Sequence[int],
        matrix: Sequence[str],
        ids: Sequence[int] | Unset = UNSET,
        pipes: Sequence[str] | Unset = UNSET,
        filter: models.Filter | Mapping[str, object] | Unset = UNSET,
        next: str | Unset = UNSET,
        where: models.Filter | Mapping[str, object] | Unset = UNSET,
        limit: int | Unset = UNSET,
        x_trace: Sequence[str] | Unset = UNSET,
        session: str | Unset = UNSET,
        query_shelf: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> list[str]:
        """Search a shelf.

        Args:
            words: What to look for.
            limit: The server takes `20` if it is left out.
            query_shelf: Another shelf to look at too.
        """
        return self._request(
            _search_shelf_operation(),
            {
                "words": words,
                "shelf": shelf,
                "coordinates": coordinates,
                "matrix": matrix,
                "ids": ids,
                "pipes": pipes,
                "filter": filter,
                "next": next,
                "where": where,
                "limit": limit,
                "x_trace": x_trace,
                "session": session,
                "query_shelf": query_shelf,
            },
            options,
        )


class AsyncSearch(AsyncResource):
    """Searching."""

    async def search_shelf(
        self,
        *,
        words: Sequence[str],
        shelf: int,
        coordinates: Sequence[int],
        matrix: Sequence[str],
        ids: Sequence[int] | Unset = UNSET,
        pipes: Sequence[str] | Unset = UNSET,
        filter: models.Filter | Mapping[str, object] | Unset = UNSET,
        next: str | Unset = UNSET,
        where: models.Filter | Mapping[str, object] | Unset = UNSET,
        limit: int | Unset = UNSET,
        x_trace: Sequence[str] | Unset = UNSET,
        session: str | Unset = UNSET,
        query_shelf: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> list[str]:
        """Search a shelf.

        Args:
            words: What to look for.
            limit: The server takes `20` if it is left out.
            query_shelf: Another shelf to look at too.
        """
        return await self._request(
            _search_shelf_operation(),
            {
                "words": words,
                "shelf": shelf,
                "coordinates": coordinates,
                "matrix": matrix,
                "ids": ids,
                "pipes": pipes,
                "filter": filter,
                "next": next,
                "where": where,
                "limit": limit,
                "x_trace": x_trace,
                "session": session,
                "query_shelf": query_shelf,
            },
            options,
        )
