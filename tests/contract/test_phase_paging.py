"""Pages of every size hold the same, in the styles that `x-pagination` knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from starlette.responses import JSONResponse

from specloom.contract.answers.subject import Subject
from specloom.contract.phases.paging import try_paging
from specloom.contract.requests.bases import find_base
from specloom.document.load import Document
from specloom.document.source import JsonSource
from tests.contract.fixed_server import serve_fixed
from tests.contract.trying import flagship, flagship_sender, found, sender_to

if TYPE_CHECKING:
    from specloom.contract.phases.trial import Trial

ITEMS = [{"id": number} for number in range(7)]


def tried_on_flagship(*faults: str) -> list[Trial]:
    with flagship_sender(*faults) as sender:
        _, operation = flagship().named("getAppFeedbacks")
        base = find_base(flagship(), sender, operation)
        return list(try_paging(flagship(), sender, operation, base))


def test_a_list_that_is_empty_is_filled_by_the_links_of_the_document() -> None:
    trials = tried_on_flagship()
    assert found(trials) == set()
    assert [trial.name for trial in trials] == [
        "pages of 1", "pages of 2", "pages of 3", "pages as long as they are",
        "a page behind the last",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fault",
    [
        "limit-ignored", "limit-one-more", "limit-one-less", "page-ignored", "pages-overlap",
        "pages-skip", "page-from-zero", "only-first-page", "page-reversed",
    ],
)  # fmt: skip
def test_a_fault_is_found(fault: str) -> None:
    assert found(tried_on_flagship(fault)) == {"paging"}


def listing(word: dict[str, str]) -> Subject:
    """A document with one list."""
    number = {"type": "integer"}
    parameters = [
        {"name": "size", "in": "query", "schema": {**number, "maximum": 50, "default": 5}},
        {"name": "at", "in": "query", "schema": {} if "cursor" in word else number},
    ]
    answer = {"description": "Items.", "content": {"application/json": {"schema": {}}}}
    operation = {
        "operationId": "list",
        "parameters": parameters,
        "responses": {"200": answer},
        "x-pagination": {"items": "/items", "size": "size", **word},
    }
    tree = {"openapi": "3.2.0", "info": {"title": "L", "version": "1"},
            "paths": {"/list": {"get": operation}}}  # fmt: skip
    return Subject(Document(tree, JsonSource("list.json", json.dumps(tree))))


STYLES = [{"page": "at"}, {"offset": "at", "more": "/more"}, {"cursor": "at", "next": "/next"}]


def tried(word: dict[str, str], shift: int = 0, first: int = 0) -> set[str]:
    """What fails on a server whose pages begin too late by a shift, from the first on."""
    starts: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        query = {name: one[0] for name, one in parse_qs(scope["query_string"].decode()).items()}
        size = int(query.get("size", 5))
        at = int(query.get("at", 1 if "page" in word else 0))
        start = (at - 1) * size if "page" in word else at
        starts.append(start)
        begin = start + shift if start and len(starts) > first else start
        items = ITEMS[begin : begin + size]
        end = start + size
        following = {"more": end < len(ITEMS), "next": str(end) if end < len(ITEMS) else None}
        await JSONResponse({"items": items, **following})(scope, receive, send)

    subject = listing(word)
    _, operation = subject.named("list")
    with serve_fixed(app) as url, sender_to(url, subject) as sender:
        base = find_base(subject, sender, operation)
        return found(try_paging(subject, sender, operation, base))


@pytest.mark.parametrize("word", STYLES, ids=lambda word: next(iter(word)))
def test_nothing_is_found_wrong_with_a_list_that_is_right(word: dict[str, str]) -> None:
    assert tried(word) == set()


@pytest.mark.parametrize("shift", [-1, 1])
@pytest.mark.parametrize("word", STYLES, ids=lambda word: next(iter(word)))
def test_pages_that_overlap_or_leave_out_are_found(word: dict[str, str], shift: int) -> None:
    assert tried(word, shift) == {"paging"}


def test_one_that_others_write_to_meanwhile_is_looked_at_again() -> None:
    """The list moves once, and not when it is walked through again."""
    moved: list[bool] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        query = {name: one[0] for name, one in parse_qs(scope["query_string"].decode()).items()}
        size, page = int(query.get("size", 5)), int(query.get("at", 1))
        if size == 2 and page == 2:
            moved.append(True)
        items = [{"id": "new"}, *ITEMS] if moved else ITEMS
        await JSONResponse({"items": items[(page - 1) * size : page * size]})(scope, receive, send)

    subject = listing({"page": "at"})
    _, operation = subject.named("list")
    with serve_fixed(app) as url, sender_to(url, subject) as sender:
        base = find_base(subject, sender, operation)
        assert found(try_paging(subject, sender, operation, base)) == set()
    assert len(moved) == 2


def test_a_page_behind_the_last_that_has_items_is_found() -> None:
    subject = listing({"offset": "at"})
    _, operation = subject.named("list")
    always = JSONResponse({"items": ITEMS[:3]})
    with serve_fixed(always) as url, sender_to(url, subject) as sender:
        base = find_base(subject, sender, operation)
        trials = list(try_paging(subject, sender, operation, base))
    assert trials[-1].name == "a page behind the last"
    assert found(trials[-1:]) == {"paging"}


def test_a_list_that_stays_too_short_is_skipped() -> None:
    subject = listing({"page": "at"})
    _, operation = subject.named("list")
    with serve_fixed(JSONResponse({"items": []})) as url, sender_to(url, subject) as sender:
        base = find_base(subject, sender, operation)
        first, *_ = try_paging(subject, sender, operation, base)
    assert first.skipped == "the list has fewer than 3 items"


def test_pages_of_a_size_of_their_own_that_repeat_are_found() -> None:
    """There is no large page to compare them with."""
    subject = listing({"page": "at"})
    _, operation = subject.named("list")
    del operation.value["x-pagination"]["size"]
    always = JSONResponse({"items": ITEMS[:3]})
    with serve_fixed(always) as url, sender_to(url, subject) as sender:
        base = find_base(subject, sender, operation)
        trials = list(try_paging(subject, sender, operation, base))
    messages = [fault.message for trial in trials for fault in trial.faults]
    assert messages == ["pages as long as they are: an item comes twice"]
