"""Answers /messages/{message_id}/feedbacks and /app/feedbacks."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.apps import App
from completion_server.errors import ApiError, invalid_field, invalid_param
from completion_server.json_response import CompactJSONResponse
from completion_server.paging import read_paging
from completion_server.request_body import JsonObject, read_json_object
from completion_server.service import Service
from completion_server.store import Feedback, Message, Store
from completion_server.user import required_user

PAYLOAD = "MessageFeedbackPayload"
RATINGS = (None, "like", "dislike")


async def post_message_feedback(request: Request, app: App, service: Service) -> Response:
    """Set, change or delete the rating of a message of this user (rows 45 to 47)."""
    body = await read_json_object(request)
    user = required_user(body.get("user"))
    rating, content = _rating(body.get("rating")), _content(body.get("content"))
    message_id = str(request.path_params["message_id"])
    message = service.store.message(message_id, app.id, app.end_user_id(user))
    if message is None:
        raise message_not_found()
    _rate(service.store, message, rating, content)
    return CompactJSONResponse({"result": "success"})


def message_not_found() -> ApiError:
    """Make the error for a message that this user of this app doesn't have."""
    return ApiError(404, "not_found", "Message Not Exists.")


def _rating(value: Any) -> str | None:
    if value not in RATINGS:
        rule = "Input should be 'like' or 'dislike'"
        raise invalid_field(PAYLOAD, "rating", value, "literal_error", rule)
    return None if value is None else str(value)


def _content(value: Any) -> str | None:
    if not isinstance(value, str | None):
        rule = "Input should be a valid string"
        raise invalid_field(PAYLOAD, "content", value, "string_type", rule)
    return value


def _rate(store: Store, message: Message, rating: str | None, content: str | None) -> None:
    existing = store.feedback(message.id)
    if existing is None and rating is None:
        raise invalid_param("rating cannot be None when feedback not exists")
    if rating is None:
        store.delete_feedback(message.id)
    elif existing is None:
        now = _now("seconds")
        store.put_feedback(Feedback(str(uuid.uuid4()), message, rating, content, now, now))
    else:
        # An update without content wipes the content.
        changed = replace(existing, rating=rating, content=content, updated_at=_now("microseconds"))
        store.put_feedback(changed)


def _now(precision: str) -> str:
    """Write the time in UTC without an offset, as the API does (row 48)."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec=precision)


async def get_app_feedbacks(request: Request, app: App, service: Service) -> Response:
    """List a page of the app's feedback, newest first, of all its users (row 49)."""
    page, limit = read_paging(request.query_params)
    start = (page - 1) * limit
    shown = service.store.feedbacks(app.id)[start : start + limit]
    return CompactJSONResponse({"data": [_item(feedback) for feedback in shown]})


def _item(feedback: Feedback) -> JsonObject:
    message = feedback.message
    return {
        "id": feedback.id,
        "app_id": message.app_id,
        "conversation_id": message.conversation_id,
        "message_id": message.id,
        "rating": feedback.rating,
        "content": feedback.content,
        "from_source": "user",
        "from_end_user_id": message.end_user_id,
        "from_account_id": None,
        "created_at": feedback.created_at,
        "updated_at": feedback.updated_at,
    }
