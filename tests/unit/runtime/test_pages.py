"""Pages: where the next one is, when there is none, and a server that never ends."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

import pytest
from pydantic import Field

from runtime.errors import APIError
from runtime.model import Model
from runtime.operation import UNSET, Paging
from runtime.pages import AsyncPages, Pages

Arguments = Mapping[str, Any]
BY_PAGE = Paging(by="page", items="/data")
BY_OFFSET = Paging(by="skip", items="", start=0, counts_items=True)
BY_CURSOR = Paging(by="after", items="/data", next="/meta/next")


class Meta(Model):
    next: str | None = None


class Names(Model):
    items_: Annotated[list[str], Field(alias="items")]
    meta: Meta
    has_more: Annotated[bool | None, Field(alias="hasMore")] = None


def walk(
    flavour: str, fetch: Callable[[Arguments], Any], paging: Paging, arguments: Arguments
) -> tuple[list[Any], list[Any]]:
    """The items and the pages of two walks."""
    if flavour == "sync":
        pages: Pages[Any, Any] = Pages(fetch, paging, arguments)
        return list(pages), list(pages.pages())

    async def fetch_later(arguments: Arguments) -> Any:
        return fetch(arguments)

    async def walk_both() -> tuple[list[Any], list[Any]]:
        pages: AsyncPages[Any, Any] = AsyncPages(fetch_later, paging, arguments)
        return [item async for item in pages], [page async for page in pages.pages()]

    return asyncio.run(walk_both())


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_is_asked_for_before_the_first_item() -> None:
    asked: list[Arguments] = []

    def fetch(arguments: Arguments) -> Any:
        asked.append(arguments)
        return {"data": [arguments["page"]]}

    pages: Pages[Any, int] = Pages(fetch, BY_PAGE, {})
    assert asked == []
    assert next(iter(pages)) == 1
    assert asked == [{"page": 1}]


def test_pages_are_counted_until_one_is_empty(kind: str) -> None:
    data = {1: ["a", "b"], 2: ["c"], 3: []}
    asked: list[Arguments] = []

    def fetch(arguments: Arguments) -> Any:
        asked.append(arguments)
        return {"data": data[arguments["page"]]}

    items, pages = walk(kind, fetch, BY_PAGE, {"page": UNSET, "limit": 2})
    assert items == ["a", "b", "c"]
    assert pages == [{"data": found} for found in data.values()]
    assert asked == [{"page": number, "limit": 2} for number in (1, 2, 3)] * 2


def test_a_walk_begins_where_the_caller_says(kind: str) -> None:
    items, _ = walk(
        kind, lambda given: {"data": [given["page"]] * (given["page"] < 9)}, BY_PAGE, {"page": 7}
    )
    assert items == [7, 8]


def test_an_offset_counts_the_items_before(kind: str) -> None:
    everything = list(range(7))
    items, pages = walk(
        kind, lambda given: everything[given["skip"] :][: given["size"]], BY_OFFSET, {"size": 3}
    )
    assert items == everything
    assert pages == [[0, 1, 2], [3, 4, 5], [6], []]


@pytest.mark.parametrize("last", [{"next": None}, {"next": ""}, {}])
def test_a_cursor_is_followed_until_there_is_none(kind: str, last: object) -> None:
    data = {
        UNSET: {"data": [1], "meta": {"next": "b"}},
        "b": {"data": [], "meta": {"next": "c"}},
        "c": {"data": [2], "meta": last},
    }
    items, pages = walk(kind, lambda given: data[given.get("after", UNSET)], BY_CURSOR, {})
    assert items == [1, 2]
    assert list(data.values()) == pages


def test_no_page_is_asked_for_when_the_answer_says_that_there_is_none(kind: str) -> None:
    paging = Paging(by="page", items="/data", more="/more")
    pages = walk(kind, lambda given: {"data": [1], "more": given["page"] < 2}, paging, {})[1]
    assert len(pages) == 2


def test_models_are_looked_into_by_the_names_of_the_document(kind: str) -> None:
    pages = {
        None: Names.model_validate(
            {"items": ["a"], "meta": {"next": "b"}, "hasMore": True, "other/list": [1]}
        ),
        "b": Names.model_validate({"items": ["b"], "meta": {"next": "c"}, "hasMore": False}),
    }
    paging = Paging(by="cursor", items="/items", next="/meta/next", more="/hasMore")
    assert walk(kind, lambda given: pages[given["cursor"]], paging, {"cursor": None}) == (
        ["a", "b"],
        list(pages.values()),
    )
    unknown = Paging(by="cursor", items="/other~1list", next="/nothing")
    assert walk(kind, lambda _: pages[None], unknown, {})[0] == [1]


@pytest.mark.parametrize("paging", [BY_PAGE, BY_CURSOR])
def test_a_server_that_gives_the_same_page_again_is_told(kind: str, paging: Paging) -> None:
    same = {"data": [1], "meta": {"next": "b"}}
    with pytest.raises(APIError, match="the same page again"):
        walk(kind, lambda _: same, paging, {})


@pytest.mark.parametrize("circle", [["a"], ["a", "b"], ["a", "b", "c"]])
@pytest.mark.parametrize("first", [{}, {"after": "a"}])
def test_cursors_in_a_circle_are_told(kind: str, circle: list[str], first: Arguments) -> None:
    after = dict(zip(["", *circle], [*circle, circle[0]], strict=True))
    asked: list[Any] = []

    def fetch(given: Arguments) -> Any:
        asked.append(given.get("after", ""))
        assert len(asked) < 10
        return {"data": [len(asked)], "meta": {"next": after[asked[-1]]}}

    with pytest.raises(APIError, match="the same page again"):
        walk(kind, fetch, BY_CURSOR, first)
    assert len(set(asked)) == len(asked)


def test_a_server_that_does_not_see_the_page_number_is_told(kind: str) -> None:
    clock = iter(range(10))
    with pytest.raises(APIError, match="the same page again"):
        walk(kind, lambda _: {"data": [{"id": 1}], "at": next(clock)}, BY_PAGE, {})


def test_items_are_given_before_an_error_about_the_next_page(kind: str) -> None:
    items: list[Any] = []
    first = {"after": "b"}

    def answer(_: Arguments) -> Any:
        return {"data": [1, 2], "meta": {"next": "b"}}

    async def answer_later(arguments: Arguments) -> Any:
        return answer(arguments)

    async def gather() -> None:
        pages: AsyncPages[Any, Any] = AsyncPages(answer_later, BY_CURSOR, first)
        async for item in pages:
            items.append(item)  # noqa: PERF401 (what came before an error counts)

    def walk_once() -> None:
        if kind == "sync":
            items.extend(Pages[Any, Any](answer, BY_CURSOR, first))
        else:
            asyncio.run(gather())

    with pytest.raises(APIError, match="the same page again"):
        walk_once()
    assert items == [1, 2]


class TestMore:
    """Lists whose answers say whether there is more."""

    PAGING = Paging(by="page", items="/data", more="/more")

    def test_an_empty_page_is_not_the_last_if_there_is_more(self, kind: str) -> None:
        data = {1: [1], 2: [], 3: [3]}
        items, _ = walk(
            kind,
            lambda given: {"data": data[given["page"]], "more": given["page"] < 3},
            self.PAGING,
            {},
        )
        assert items == [1, 3]

    @pytest.mark.parametrize("more", [{}, {"more": None}, {"more": 1}, {"more": False}])
    def test_an_empty_page_is_the_last_if_nothing_is_said(self, kind: str, more: Arguments) -> None:
        empty: Arguments = {"data": [], **more}
        assert walk(kind, lambda _: empty, self.PAGING, {}) == ([], [empty])

    @pytest.mark.parametrize("paging", [PAGING, replace(PAGING, counts_items=True)])
    def test_two_empty_pages_would_never_end(self, kind: str, paging: Paging) -> None:
        with pytest.raises(APIError, match="the same page again"):
            walk(kind, lambda _: {"data": [], "more": True}, paging, {})


@pytest.mark.parametrize(
    "page", [{}, {"data": {"a": 1}}, "text", Names.model_construct(_fields_set=set())]
)
def test_an_answer_without_the_list_is_told(kind: str, page: object) -> None:
    with pytest.raises(APIError, match="a page has no list at /data"):
        walk(kind, lambda _: page, BY_PAGE, {})


def test_null_is_an_empty_list(kind: str) -> None:
    assert walk(kind, lambda _: {"data": None}, BY_PAGE, {}) == ([], [{"data": None}])
