"""A list that comes in pages: they are asked for one by one while the items are iterated.

Finds in each answer where the next page is. Knows nothing of requests.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Generic, TypeVar

from .errors import APIError
from .operation import UNSET, Paging
from .properties import property_of
from .request import Arguments

T = TypeVar("T")
Item = TypeVar("Item")
_NOWHERE: tuple[Any, ...] = (UNSET, None, "")


class _Pages(Generic[T, Item]):
    def __init__(self, fetch: Callable[[Arguments], Any], paging: Paging, first: Arguments) -> None:
        self._fetch, self._paging, self._first = fetch, paging, first
        if paging.next is None and first.get(paging.by) in _NOWHERE:
            self._first = {**first, paging.by: paging.start}

    def _items(self, page: object) -> list[Any]:
        items = _at(page, self._paging.items)
        if not isinstance(items, list | None):
            raise APIError(f"a page has no list at {self._paging.items or 'its root'}")
        return items or []

    def _following(self, arguments: Arguments, page: object, seen: list[Any]) -> Arguments | None:
        """Give the arguments of the next page, None behind the last; APIError for a circle.

        `seen` are the cursors so far or, where pages are counted, the items of the page before.
        """
        paging, items, there = self._paging, self._items(page), None
        more = None if paging.more is None else _at(page, paging.more)
        if paging.next is not None:
            there = _at(page, paging.next)
        elif items or more is True:
            there = int(arguments[paging.by]) + (len(items) if paging.counts_items else 1)
        if there in _NOWHERE or more is False:
            return None
        mark = items if paging.next is None else there
        if mark in seen:
            raise APIError("the server gives the same page again, which would never end")
        if paging.next is None:
            seen.clear()
        seen.append(mark)
        return {**arguments, paging.by: there}


class Pages(_Pages[T, Item]):
    """The items of all pages; nothing is sent before they are iterated, and all of it each time."""

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from self._items(page)

    def pages(self) -> Iterator[T]:
        """Give the answers one by one."""
        arguments: Arguments | None = self._first
        seen = [self._first.get(self._paging.by)]
        while arguments is not None:
            page = self._fetch(arguments)
            yield page
            arguments = self._following(arguments, page, seen)


class AsyncPages(_Pages[T, Item]):
    """The items of all pages, to be awaited: as `Pages`, with `async for`."""

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in self._items(page):
                yield item

    async def pages(self) -> AsyncIterator[T]:
        """Give the answers one by one."""
        arguments: Arguments | None = self._first
        seen = [self._first.get(self._paging.by)]
        while arguments is not None:
            page = await self._fetch(arguments)
            yield page
            arguments = self._following(arguments, page, seen)


def _at(value: Any, pointer: str) -> Any:
    """Find what a JSON pointer (RFC 6901) leads to, through models too; UNSET if it is nothing."""
    for token in pointer.split("/")[1:]:
        value = property_of(value, token.replace("~1", "/").replace("~0", "~"))
    return value
