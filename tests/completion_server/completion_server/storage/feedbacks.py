"""Keeps one feedback to a message, and lists an app's."""

import uuid
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from completion_server.storage.records import Feedback, Message
from completion_server.storage.tables import feedbacks, messages

# No app has so many, and every database can count so far.
FARTHEST_OFFSET = 2**62


def rate(
    connection: Connection, message: Message, rating: str, content: str | None, now: datetime
) -> None:
    """Keep a feedback, or change the rating, content and `updated_at` of the one there is."""
    # Where transactions run side by side, a message's first two ratings must not.
    connection.execute(select(messages.c.id).where(messages.c.id == message.id).with_for_update())
    said = {"rating": rating, "content": content, "updated_at": now}
    changed = update(feedbacks).where(feedbacks.c.message_id == message.id).values(said)
    if connection.execute(changed).rowcount == 0:
        of = {"id": str(uuid.uuid4()), "message_id": message.id, "app_id": message.app_id}
        connection.execute(insert(feedbacks), of | said | {"created_at": now})


def unrate(connection: Connection, message_id: str) -> bool:
    """Forget the feedback on a message; False if there was none."""
    forgotten = delete(feedbacks).where(feedbacks.c.message_id == message_id)
    return connection.execute(forgotten).rowcount > 0


def newest(connection: Connection, app_id: str, offset: int, limit: int) -> list[Feedback]:
    """List an app's feedback, the newest first by creation."""
    rows = (
        select(
            feedbacks.c.id,
            feedbacks.c.message_id,
            feedbacks.c.app_id,
            messages.c.conversation_id,
            messages.c.end_user_id,
            feedbacks.c.rating,
            feedbacks.c.content,
            feedbacks.c.created_at,
            feedbacks.c.updated_at,
        )
        .join(messages, feedbacks.c.message_id == messages.c.id)
        .where(feedbacks.c.app_id == app_id)
        .order_by(feedbacks.c.created_at.desc(), feedbacks.c.number.desc())
        .offset(min(offset, FARTHEST_OFFSET))
        .limit(limit)
    )
    return [Feedback(*row) for row in connection.execute(rows)]
