"""Books."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Unpack

from pydantic import Field

from .. import models
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import UNSET, Answer, Body, Operation, Paging, Parameter, Unset
from .._runtime.pages import AsyncPages, Pages
from .._runtime.request import RequestOptions

_LIST_BOOKS: Operation[models.ListBooksResponse] = Operation(
    id="listBooks",
    method="GET",
    path="/books",
    parameters=(
        Parameter("limit", "limit", "query", int, explode=True),
        Parameter("page_number", "page-number", "query", Annotated[int, Field(ge=0)], explode=True),
    ),
    answers=(Answer("200", {"application/json": models.ListBooksResponse}),),
)
_ITER_LIST_BOOKS = Paging(by="page_number", items="/found/books", start=0, more="/has-more")

_LIST_TITLES: Operation[list[str]] = Operation(
    id="listTitles",
    method="GET",
    path="/titles",
    parameters=(Parameter("skip", "skip", "query", int, explode=True),),
    answers=(Answer("200", {"application/json": list[str]}),),
)
_ITER_LIST_TITLES = Paging(by="skip", items="", start=0, counts_items=True)

_SEARCH_LOANS: Operation[models.SearchLoansResponse] = Operation(
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
        return self._request(_LIST_BOOKS, {"limit": limit, "page_number": page_number}, options)

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
            _LIST_BOOKS, _ITER_LIST_BOOKS, {"limit": limit, "page_number": page_number}, options
        )

    def list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[str]:
        """Titles, by the number of those before."""
        return self._request(_LIST_TITLES, {"skip": skip}, options)

    def iter_list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> Pages[list[str], str]:
        """Titles, by the number of those before.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(_LIST_TITLES, _ITER_LIST_TITLES, {"skip": skip}, options)

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
            _SEARCH_LOANS, {"after": after, "reader": reader, "until": until}, options
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
            _SEARCH_LOANS,
            _ITER_SEARCH_LOANS,
            {"after": after, "reader": reader, "until": until},
            options,
        )


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
            _LIST_BOOKS, {"limit": limit, "page_number": page_number}, options
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
            _LIST_BOOKS, _ITER_LIST_BOOKS, {"limit": limit, "page_number": page_number}, options
        )

    async def list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> list[str]:
        """Titles, by the number of those before."""
        return await self._request(_LIST_TITLES, {"skip": skip}, options)

    def iter_list_titles(
        self, *, skip: int | Unset = UNSET, **options: Unpack[RequestOptions]
    ) -> AsyncPages[list[str], str]:
        """Titles, by the number of those before.

        Gives the items of all pages, which are asked for while it is iterated.
        """
        return self._paginate(_LIST_TITLES, _ITER_LIST_TITLES, {"skip": skip}, options)

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
            _SEARCH_LOANS, {"after": after, "reader": reader, "until": until}, options
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
            _SEARCH_LOANS,
            _ITER_SEARCH_LOANS,
            {"after": after, "reader": reader, "until": until},
            options,
        )
