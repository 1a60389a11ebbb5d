"""What a store keeps, as its callers see it; knows nothing of databases."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Message:
    """A completion: who asked for it, when (in seconds since 1970), and the answer."""

    id: str
    task_id: str
    app_id: str
    end_user_id: str
    conversation_id: str
    created_at: int
    answer: str = ""


@dataclass(frozen=True)
class StoredFile:
    """What is known of an uploaded file; `size` in bytes, `created_at` in seconds since 1970."""

    id: str
    app_id: str
    end_user_id: str
    name: str
    extension: str
    mime_type: str
    size: int
    created_at: int


@dataclass(frozen=True)
class Feedback:
    """A user's rating of a message; times are UTC without a zone."""

    id: str
    message_id: str
    app_id: str
    conversation_id: str
    end_user_id: str
    rating: str
    content: str | None
    created_at: datetime
    updated_at: datetime
