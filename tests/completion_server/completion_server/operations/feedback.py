"""Answers /messages/{message_id}/feedbacks and /app/feedbacks."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import BadArgument, JsonObject
from completion_server.operations.paging import read_paging
from completion_server.operations.service import Service
from completion_server.operations.user import required_user
from completion_server.settings import App
from completion_server.storage import Feedback
from completion_server.web.errors import invalid_param, message_not_found
from completion_server.web.request_body import read_json_object

PAYLOAD = "MessageFeedbackPayload"
RATINGS = ("like", "dislike")


async def post_message_feedback(request: Request, app: App, service: Service) -> Response:
    """Set, change or delete the rating of a message of this user (rows 45 to 47)."""
    body = await read_json_object(request)
    user = required_user(body.get("user"))
    rating, content = _rating(body.get("rating")), _content(body.get("content"))
    message_id = str(request.path_params["message_id"])
    message = await service.store.message(message_id, app.id, app.end_user_id(user))
    if message is None:
        raise message_not_found()
    if rating is not None:
        # An update without content wipes the content.
        await service.store.rate(message, rating, content, service.dialect.updated(_now()))
    elif not await service.store.unrate(message.id):
        raise invalid_param("rating cannot be None when feedback not exists")
    return service.answer({"result": "success"})


def _rating(value: Any) -> str | None:
    if value is not None and value not in RATINGS:
        raise BadArgument(PAYLOAD, "rating", value, "choice", RATINGS)
    return None if value is None else str(value)


def _content(value: Any) -> str | None:
    if not isinstance(value, str | None):
        raise BadArgument(PAYLOAD, "content", value, "string")
    return value


def _now() -> datetime:
    """Give the time in UTC without an offset, as the API writes it (row 48)."""
    return datetime.now(UTC).replace(tzinfo=None)


async def get_app_feedbacks(request: Request, app: App, service: Service) -> Response:
    """List a page of the app's feedback, newest first, of all its users (row 49)."""
    offset, limit = read_paging(request.query_params)
    shown = await service.store.feedbacks(app.id, offset, limit)
    return service.answer({"data": [_item(feedback) for feedback in shown]})


def _item(feedback: Feedback) -> JsonObject:
    """Write one feedback; the time of its creation is given in seconds (row 48)."""
    created_at = feedback.created_at.isoformat(timespec="seconds")
    is_updated = feedback.updated_at != feedback.created_at
    return {
        "id": feedback.id,
        "app_id": feedback.app_id,
        "conversation_id": feedback.conversation_id,
        "message_id": feedback.message_id,
        "rating": feedback.rating,
        "content": feedback.content,
        "from_source": "user",
        "from_end_user_id": feedback.end_user_id,
        "from_account_id": None,
        "created_at": created_at,
        "updated_at": feedback.updated_at.isoformat() if is_updated else created_at,
    }
