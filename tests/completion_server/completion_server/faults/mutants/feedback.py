"""Ratings that are lost, kept too long, or not as they were given."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from completion_server.faults.changes.requests import change_body
from completion_server.faults.changes.services import change_store
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import FEEDBACKS, RATE
from completion_server.operations.service import Service
from completion_server.storage import Feedback, Message

MANY = 10_000
OPPOSITES = {"like": "dislike", "dislike": "like"}


async def _lost(_service: Service, *_arguments: Any) -> None:
    """Keep nothing."""


async def _no_message(_service: Service, *_arguments: Any) -> None:
    """Find nothing."""


async def _first_stands(
    service: Service, message: Message, rating: str, content: str | None, now: datetime
) -> None:
    if await _earlier(service, message) is None:
        await service.store.rate(message, rating, content, now)


async def _content_stands(
    service: Service, message: Message, rating: str, content: str | None, now: datetime
) -> None:
    earlier = await _earlier(service, message)
    if content is None and earlier is not None:
        content = earlier.content
    await service.store.rate(message, rating, content, now)


async def _not_unrated(service: Service, message_id: str) -> bool:
    """Say that the rating is gone, if there is one, and leave it."""
    rated = [
        item.message_id for app in service.settings.apps for item in await _all(service, app.id)
    ]
    return message_id in rated


async def _unrated_anyway(service: Service, message_id: str) -> bool:
    await service.store.unrate(message_id)
    return True


async def _twice(service: Service, app_id: str, offset: int, limit: int) -> list[Feedback]:
    doubled = [
        each
        for item in await service.store.feedbacks(app_id, 0, offset + limit)
        for each in (item, replace(item, id=_other(item.id)))
    ]
    return doubled[offset : offset + limit]


async def _all(service: Service, app_id: str) -> list[Feedback]:
    return await service.store.feedbacks(app_id, 0, MANY)


async def _earlier(service: Service, message: Message) -> Feedback | None:
    kept = await _all(service, message.app_id)
    return next((item for item in kept if item.message_id == message.id), None)


def _other(text: str) -> str:
    return str(uuid.uuid5(uuid.UUID(text), "twice"))


def _opposite(body: dict[str, Any]) -> dict[str, Any]:
    rating = body.get("rating")
    return {**body, "rating": OPPOSITES.get(rating, rating)} if isinstance(rating, str) else body


def _cut(body: dict[str, Any]) -> dict[str, Any]:
    text = body.get("content")
    return {**body, "content": text[:5]} if isinstance(text, str) else body


def _rating(name: str, summary: str, wrap: Wrap) -> Fault:
    return Fault(name, summary, RATE, wrap)


FAULTS = (
    _rating(
        "message-unratable", "No message can be rated: 404.", change_store(message=_no_message)
    ),
    _rating("feedback-lost", "A rating is accepted and not kept.", change_store(rate=_lost)),
    _rating(
        "rating-stands",
        "A second rating doesn't replace the first.",
        change_store(rate=_first_stands),
    ),
    _rating(
        "rating-opposite", "A like is kept as a dislike and the reverse.", change_body(_opposite)
    ),
    _rating(
        "content-lost",
        "What was written is not kept.",
        change_body(lambda body: {key: value for key, value in body.items() if key != "content"}),
    ),
    _rating("content-cut", "What was written is cut after five characters.", change_body(_cut)),
    _rating(
        "content-stands",
        "An update without content leaves the earlier content.",
        change_store(rate=_content_stands),
    ),
    _rating("rating-kept-after-null", "A revoked rating stays.", change_store(unrate=_not_unrated)),
    _rating("revoked-anyway", "To revoke nothing succeeds.", change_store(unrate=_unrated_anyway)),
    Fault(
        "feedback-twice",
        "Each feedback is listed twice.",
        FEEDBACKS,
        change_store(feedbacks=_twice),
    ),
)
