"""Feedback: what was said of a message is what is listed, until it is changed or revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_completion import APIStatusError
from specloom.contract.scenario import Scenario, Strayed, require

from . import client
from .app import ANN, BOB, HELLO, LARGEST_PAGE, open_app
from .facts import is_uuid
from .operations import CREATE, FEEDBACKS, RATE

if TYPE_CHECKING:
    from dify_completion import models
    from specloom.contract.scenario import Server

    from .app import App

RATABLE = "messages_can_be_rated"
KEPT = "feedback_is_kept"
CHANGED = "feedback_is_replaced"
GONE = "feedback_is_revoked"
NOTHING = "nothing_is_not_revoked"
ONCE = "feedback_is_listed_once"
OWNER = "feedback_has_its_user"
APP = "feedback_has_its_app"
TIME = "feedback_times"
IDS = "feedback_ids_differ"

CONTENT = "Of use to me, and more: caf\u00e9 \U0001f44d"


def rate(app: App, user: str, message_id: str, rating: str | None, **options: Any) -> None:
    """Rate one's own message, which is never refused."""
    try:
        app.rate(user, message_id, rating, **options)
    except APIStatusError as error:
        if error.status_code == 404:
            raise Strayed(RATABLE, RATE, f"a user's own message is refused: {error}") from error
        raise


def check_item(app: App, check: str, message_id: str, said: tuple[str, str | None] | None) -> None:
    """Hold what is listed on a message to the rating and content that it must have, if any."""
    listed = app.feedback_on(message_id)
    require(len(listed) <= 1, ONCE, FEEDBACKS, f"a message's feedback is there {len(listed)} times")
    found = next(((item.rating, item.content) for item in listed), None)
    require(found == said, check, RATE, f"listed is {found}, not {said}")


def _run(server: Server) -> None:
    with open_app(server) as app:
        message = app.ask(ANN, HELLO).message_id
        rate(app, ANN, message, "like", content=CONTENT)
        check_item(app, KEPT, message, ("like", CONTENT))
        rate(app, ANN, message, "dislike")
        check_item(app, CHANGED, message, ("dislike", None))
        rate(app, ANN, message, None)
        check_item(app, GONE, message, None)
        _revoke_nothing(app, message)


def _revoke_nothing(app: App, message_id: str) -> None:
    try:
        app.rate(ANN, message_id, None)
    except APIStatusError as error:
        if error.status_code == 400:
            return
        raise
    raise Strayed(NOTHING, RATE, "feedback that is not there is revoked")


def _run_items(server: Server) -> None:
    with open_app(server) as app:
        messages = [(user, app.ask(user, HELLO).message_id) for user in (ANN, BOB, ANN)]
        for user, message in messages:
            rate(app, user, message, "like")
        _check_owners([_only(app.feedback_on(message)) for _, message in messages])
        _check_items(app.page(1, LARGEST_PAGE))
        for user, message in messages:
            rate(app, user, message, None)


def _check_items(items: list[models.FeedbackItem]) -> None:
    for item in items:
        times = f"created at {item.created_at}, updated at {item.updated_at}"
        require(item.created_at <= item.updated_at, TIME, FEEDBACKS, times)
    apps = {item.app_id for item in items}
    require(len(apps) == 1, APP, FEEDBACKS, f"one app's feedback is of the apps {sorted(apps)}")
    ids = {item.id for item in items}
    require(len(ids) == len(items), IDS, FEEDBACKS, f"{len(items)} items have {len(ids)} ids")


def _only(listed: list[models.FeedbackItem]) -> models.FeedbackItem:
    require(listed, KEPT, RATE, "what was said is not listed")
    require(len(listed) == 1, ONCE, FEEDBACKS, f"a message's feedback is there {len(listed)} times")
    return listed[0]


def _check_owners(items: list[models.FeedbackItem]) -> None:
    anns, bobs, too = (item.from_end_user_id for item in items)
    require(is_uuid(anns), OWNER, FEEDBACKS, f"from_end_user_id is no UUID: {anns!r}")
    require(anns == too, OWNER, FEEDBACKS, f"one user is {anns} and {too}")
    require(anns != bobs, OWNER, FEEDBACKS, f"two users are {anns}")


FEEDBACK = Scenario(
    "feedback",
    {
        RATABLE: "A user can rate a message of theirs.",
        KEPT: "Rating and content are listed as they were given.",
        CHANGED: "A second rating replaces the first, and its content.",
        GONE: "A rating that is revoked is gone.",
        NOTHING: "Where there is no feedback none can be revoked.",
        ONCE: "The feedback on a message is listed once.",
        **client.CHECKS,
    },
    _run,
    (RATE, FEEDBACKS, CREATE),
)
FEEDBACK_ITEMS = Scenario(
    "feedback_items",
    {
        RATABLE: "A user can rate a message of theirs.",
        KEPT: "What was said is listed.",
        ONCE: "The feedback on a message is listed once.",
        OWNER: "`from_end_user_id` is the same for one user's feedback, and another for another's.",
        APP: "All feedback is one app's.",
        TIME: "No feedback was changed before it was given.",
        IDS: "Each feedback has an id of its own.",
        **client.CHECKS,
    },
    _run_items,
    (FEEDBACKS, RATE, CREATE),
)
