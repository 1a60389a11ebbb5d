"""An operation with `x-pagination` into its pages, one after another.

Knows nothing of what should be on them. (`x-pagination` is described in the README.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.exchanges.exchange import decode
from specloom.contract.requests.drafting import parameters
from specloom.document.pointer import join, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.schemas import Schemas
    from specloom.contract.exchanges.exchange import Exchange, Request
    from specloom.contract.requests.drafts import Draft

    Ask = Callable[[Request], Exchange]

_STARTS: Final = {"page": 1, "offset": 0, "cursor": None}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its items, or None where none could be read, and what it says of the next."""

    exchange: Exchange
    items: list[Any] | None
    following: Any
    more: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """How an operation pages: the parameters of its position and size, and pointers."""

    draft: Draft
    word: dict[str, str]
    style: str
    start: Any
    sizes: tuple[str, dict[str, Any]] | None

    def walk(self, ask: Ask, size: int | None, most: int) -> list[Page]:
        """The first pages of a size, to the first that is the last or empty."""
        found: list[Page] = []
        position = self.start
        for _ in range(most):
            page = self.at(ask, position, size)
            found.append(page)
            if not page.items or not page.more:
                break
            position = self._next(position, size, page)
            if position is None:
                break
        return found

    def at(self, ask: Ask, position: Any, size: int | None) -> Page:
        """The page at a position."""
        draft = self.draft.with_parameter("query", self.word[self.style], position)
        if self.sizes:
            draft = draft.with_parameter("query", self.word["size"], size)
        return self._read(ask(draft.request()))

    def behind(self, count: int, size: int | None) -> Any:
        """A position behind so many items; None for a cursor, which can't be made up."""
        if self.style == "cursor" or (self.style == "page" and not size):
            return None
        return count if self.style == "offset" else self.start + -(-count // (size or 1))

    def _next(self, position: Any, size: int | None, page: Page) -> Any:
        if self.style == "cursor":
            return page.following
        step = 1 if self.style == "page" else size or len(page.items or ())
        return position + step

    def _read(self, exchange: Exchange) -> Page:
        try:
            body = decode(exchange.response)
        except ValueError:
            body = None
        items = _at(body, self.word["items"])
        is_page = exchange.response.status // 100 == 2 and isinstance(items, list)  # noqa: PLR2004 - the class of success
        more = "more" not in self.word or _at(body, self.word["more"]) is not False
        following = _at(body, self.word["next"]) if "next" in self.word else None
        return Page(exchange, items if is_page else None, following, more)


def pages_of(schemas: Schemas, operation: Operation, draft: Draft) -> Pages | None:
    """How an operation pages; None if it doesn't."""
    word = operation.value.get("x-pagination")
    style = next((name for name in _STARTS if name in (word or {})), None)
    if word is None or style is None:
        return None
    described = dict(_query(schemas, operation))
    first = described.get(word[style], ("", {}))[1].get("default")
    start = first if isinstance(first, int) and style != "cursor" else _STARTS[style]
    return Pages(draft, word, style, start, described.get(word.get("size", "")))


def _query(schemas: Schemas, operation: Operation) -> Iterator[tuple[str, tuple[str, Any]]]:
    """The parameters of the query, with their schemas and those's pointers."""
    for pointer, parameter in parameters(schemas, operation):
        if parameter["in"] == "query" and isinstance(parameter.get("schema"), dict):
            yield parameter["name"], schemas.follow(join(pointer, "schema"))


def _at(body: Any, pointer: str) -> Any:
    try:
        return resolve(body, pointer)
    except KeyError:
        return None
