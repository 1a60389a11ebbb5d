"""The models of the API's components."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from pagination._runtime.model import Model


class Book(Model):
    id: int
    title: str | None = None
    """What is on the cover."""


class ListBooksResponse(Model):
    found: ListBooksResponseFound
    has_more: Annotated[bool, Field(alias="has-more")]


class ListBooksResponseFound(Model):
    books: list[Book]


class SearchLoansRequest(Model):
    reader: str | None = None
    until: date | None = None


class SearchLoansResponse(Model):
    loans: list[SearchLoansResponseLoansItem]
    next: str | None = None


class SearchLoansResponseLoansItem(Model):
    book: Book
