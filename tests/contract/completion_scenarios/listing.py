"""The list of feedback: newest first, whole over its pages, each as long as was asked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dify_completion import BadRequestError
from specloom.contract.scenario import Scenario, Skipped, Strayed, require

from . import client
from .app import ANN, HELLO, open_app
from .feedback import RATABLE, rate
from .operations import CREATE, FEEDBACKS, RATE

if TYPE_CHECKING:
    from dify_completion import models
    from specloom.contract.scenario import Server

    from .app import App

WHOLE = "all_feedback_is_listed"
ORDER = "newest_feedback_first"
PAGES = "pages_are_parts_of_the_list"
BOUNDS = "paging_is_bounded"

MESSAGES = 5
WINDOWS = ((1, 2), (2, 2), (3, 2), (1, 3), (2, 3), (1, 1), (1_000_000, 20))
OUT_OF_BOUNDS = ({"limit": 0}, {"limit": 102}, {"page": 0}, {"page": -1})
TRIES = 3


def _run(server: Server) -> None:
    with open_app(server) as app:
        messages = [app.ask(ANN, HELLO).message_id for _ in range(MESSAGES)]
        for message in messages:
            rate(app, ANN, message, "like")
        _check_order(app, messages)
        _check_pages(app)
        for message in messages:
            rate(app, ANN, message, None)


def _check_order(app: App, messages: list[str]) -> None:
    listed = app.feedback()
    own = [item.message_id for item in listed if item.message_id in messages]
    missing = len({*messages} - {*own})
    require(not missing, WHOLE, FEEDBACKS, f"{missing} of {len(messages)} ratings are not listed")
    require(len(own) == len(messages), WHOLE, FEEDBACKS, "some ratings are listed more than once")
    require(own == messages[::-1], ORDER, FEEDBACKS, "what was rated last is not listed first")
    for newer, older in pairwise(listed):
        message = f"{older.created_at} is listed below {newer.created_at}"
        require(newer.created_at >= older.created_at, ORDER, FEEDBACKS, message)


def _check_pages(app: App) -> None:
    for _ in range(TRIES):
        before = _ids(app.feedback())
        wrong = [window for window in WINDOWS if _fault(app, before, *window)]
        if before == _ids(app.feedback()):
            break
    else:
        raise Skipped("others give feedback all the time")
    for window in wrong:
        fault = _fault(app, before, *window)
        require(not fault, PAGES, FEEDBACKS, fault)


def _ids(items: list[models.FeedbackItem]) -> list[str]:
    return [item.message_id for item in items]


def _fault(app: App, whole: list[str], number: int, limit: int) -> str:
    """Say how a page is not the part of the list that it must be; empty if it is."""
    page, start = _ids(app.page(number, limit)), (number - 1) * limit
    if page == whole[start : start + limit]:
        return ""
    places = [str(whole.index(each) + 1) if each in whole else "?" for each in page[:10]]
    shown = f"the items {', '.join(places)}" if page else "nothing"
    return f"of {len(whole)} items, page {number} with limit {limit} has {shown}"


def _run_bounds(server: Server) -> None:
    with open_app(server) as app:
        for query in OUT_OF_BOUNDS:
            try:
                app.client.feedback.get_app_feedbacks(extra_query=query)
            except BadRequestError:
                continue
            raise Strayed(BOUNDS, FEEDBACKS, f"{query} is accepted")


LISTING = Scenario(
    "feedback_pages",
    {
        RATABLE: "A user can rate a message of theirs.",
        WHOLE: "All that was rated is listed, once.",
        ORDER: "The newest feedback is listed first.",
        PAGES: "A page of so many items begins where the one before ends.",
        **client.CHECKS,
    },
    _run,
    (FEEDBACKS, RATE, CREATE),
)
BOUNDED = Scenario(
    "feedback_bounds",
    {BOUNDS: "`limit` is from 1 to 101, and `page` from 1; else 400.", **client.CHECKS},
    _run_bounds,
    (FEEDBACKS,),
    reads_only=True,
)
