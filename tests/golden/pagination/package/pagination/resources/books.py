"""Books."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Unpack

from pydantic import Field

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import (
    UNSET,
    Answer,
    Body,
    Operation,
    Paging,
    Parameter,
    Unset,
)
from .._runtime.pages import AsyncPages, Pages
from .._runtime.request import RequestOptions


@cache
def _list_books_operation() -> Operation[models.ListBooksResponse]:
    return Operation(
        id="listBooks",
        method="GET",
        path="/books",
        parameters=(
            Parameter("limit", "limit", "query", int, explode=True),
            Parameter(
                "page_number", "page-number", "query", Annotated[int, Field(ge=0)], explode=True
            ),
        ),
        answers=(Answer("200", {"application/json": models.ListBooksResponse}),),
    )


_ITER_LIST_BOOKS = Paging(by="page_number", items="/found/books", start=0, more="/has-more")


@cache
def _search_loans_operation() -> Operation[models.SearchLoansResponse]:
    return Operation(
        id="searchLoans",
        method="POST",
        path="/loans",
        parameters=(Parameter("after", "after", "query", str, explode=True),),
        body=Body(
            "application/json",
            models.SearchLoansRequest,
            arguments={"reader": "reader", "until": "until"},
            not_null=frozenset({"reader"}),
        ),
        answers=(Answer("200", {"application/json": models.SearchLoansResponse}),),
        is_idempotent=True,
    )


_ITER_SEARCH_LOANS = Paging(by="after", items="/loans", next="/next")


@cache
def _list_titles_operation() -> Operation[list[str]]:
    return Operation(
        id="listTitles",
        method="GET",
        path="/titles",
        parameters=(Parameter("skip", "skip", "query", int, explode=True),),
        answers=(Answer("200", {"application/json": list[str]}),),
    )


_ITER_LIST_TITLES = Paging(by="skip", items="", start=0, counts_items=True)


class Books(Resource):
    """Books."""

    def list_books(
        self,
        *,
        limit: int | Unset = UNSET,
        page_number: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.ListBooksResponse:
        """Books, page by page.

        Args:
            limit: Books on a page. The server takes `20` if it is left out.
            page_number: The server takes `0` if it is left out.
        """
        return self._request(
            _list_books_operation(), {"limit": limit, "page_number": page_number}, options
        )

    def iter_list_books(
        self,
        *,
        limit: int | Unset = UNSET,
        page_number: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Pages[models.ListBooksResponse, models.Book]:
        """Books, page by page.

        Gives the items of all pages, which are asked for while it is iterated.

        Args:
            limit: Books on a page. The server takes `20` if it is left out.
            page_number: The server takes `0` if it is left out.
        """
        return self._paginate(
            _list_books_operation(),
            _ITER_LIST_BOOKS,
            {"limit": limit, "page_number": page_number},
            options,
        )

    def search_loans(
        self,
        *,
        after: str | Unset = UNSET,
        reader: str | Unset = UNSET,
        until: date | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.SearchLoansResponse:
        """Loans, from a cursor on."""
        return self._request(
            _search_loans_operation(), {"after": after, "reader": reader, "until": until}, options
        )

    def iter_search_loans(
        self,
        *,
        after: str | Unset = UNSET,
        reader: str | Unset = UNSET,
        until: date | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> Pages[models.SearchLoansResponse, models.SearchLoansResponseLoansItem]:
        """Loans, from a cursor on.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(
            _search_loans_operation(),
            _ITER_SEARCH_LOANS,
            {"after": after, "reader": reader, "until": until},
            options,
        )

    def list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[str]:
        """Titles, by the number of those before."""
        return self._request(_list_titles_operation(), {"skip": skip}, options)

    def iter_list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> Pages[list[str], str]:
        """Titles, by the number of those before.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(_list_titles_operation(), _ITER_LIST_TITLES, {"skip": skip}, options)


class AsyncBooks(AsyncResource):
    """Books."""

    async def list_books(
        self,
        *,
        limit: int | Unset = UNSET,
        page_number: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.ListBooksResponse:
        """Books, page by page.

        Args:
            limit: Books on a page. The server takes `20` if it is left out.
            page_number: The server takes `0` if it is left out.
        """
        return await self._request(
            _list_books_operation(), {"limit": limit, "page_number": page_number}, options
        )

    def iter_list_books(
        self,
        *,
        limit: int | Unset = UNSET,
        page_number: int | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncPages[models.ListBooksResponse, models.Book]:
        """Books, page by page.

        Gives the items of all pages, which are asked for while it is iterated.

        Args:
            limit: Books on a page. The server takes `20` if it is left out.
            page_number: The server takes `0` if it is left out.
        """
        return self._paginate(
            _list_books_operation(),
            _ITER_LIST_BOOKS,
            {"limit": limit, "page_number": page_number},
            options,
        )

    async def search_loans(
        self,
        *,
        after: str | Unset = UNSET,
        reader: str | Unset = UNSET,
        until: date | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> models.SearchLoansResponse:
        """Loans, from a cursor on."""
        return await self._request(
            _search_loans_operation(), {"after": after, "reader": reader, "until": until}, options
        )

    def iter_search_loans(
        self,
        *,
        after: str | Unset = UNSET,
        reader: str | Unset = UNSET,
        until: date | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncPages[models.SearchLoansResponse, models.SearchLoansResponseLoansItem]:
        """Loans, from a cursor on.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(
            _search_loans_operation(),
            _ITER_SEARCH_LOANS,
            {"after": after, "reader": reader, "until": until},
            options,
        )

    async def list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[str]:
        """Titles, by the number of those before."""
        return await self._request(_list_titles_operation(), {"skip": skip}, options)

    def iter_list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> AsyncPages[list[str], str]:
        """Titles, by the number of those before.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(_list_titles_operation(), _ITER_LIST_TITLES, {"skip": skip}, options)
