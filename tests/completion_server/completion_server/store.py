"""Keeps messages, uploaded files and feedback in memory; past a limit an app's oldest go first.

Knows nothing of HTTP. Contents of files are not kept: no operation gives them back.
"""

from dataclasses import dataclass, replace

LIMIT = 2000
LONGEST_TEXT = 16 * 1024 * 1024


@dataclass(frozen=True)
class Message:
    """A completion: who asked for it, and the answer so far."""

    id: str
    app_id: str
    end_user_id: str
    conversation_id: str
    answer: str = ""


@dataclass(frozen=True)
class StoredFile:
    """What is known of an uploaded file; `size` in bytes."""

    id: str
    app_id: str
    end_user_id: str
    name: str
    extension: str
    mime_type: str
    size: int


@dataclass(frozen=True)
class Feedback:
    """A user's rating of a message; times are UTC without offset, as the API writes them."""

    id: str
    message: Message
    rating: str
    content: str | None
    created_at: str
    updated_at: str


class Store:
    """Everything that outlives a request.

    An app has up to `limit` messages and as many files; the answers to its messages and what is
    said of them come to `longest_text` characters at most, unless the newest alone is longer.
    """

    def __init__(self, limit: int = LIMIT, longest_text: int = LONGEST_TEXT) -> None:
        self._limit = limit
        self._longest_text = longest_text
        self._messages: dict[str, Message] = {}
        self._files: dict[str, StoredFile] = {}
        self._feedbacks: dict[str, Feedback] = {}

    def add_message(self, message: Message) -> None:
        """Keep a new message; its app's oldest past a limit are dropped with their feedback."""
        self._messages[message.id] = message
        self._drop_messages(message.app_id)

    def set_answer(self, message_id: str, answer: str) -> None:
        """Keep the answer of a message, unless the message has been dropped."""
        if message_id in self._messages:
            self._messages[message_id] = replace(self._messages[message_id], answer=answer)
            self._drop_messages(self._messages[message_id].app_id)

    def message(self, message_id: str, app_id: str, end_user_id: str | None) -> Message | None:
        """Find a message of this app, and of this user unless None."""
        found = self._messages.get(message_id)
        if found is None or found.app_id != app_id:
            return None
        return found if end_user_id in (None, found.end_user_id) else None

    def add_file(self, file: StoredFile) -> None:
        """Keep what is known of a new file; its app's oldest one past the limit is dropped."""
        self._files[file.id] = file
        own = [each.id for each in self._files.values() if each.app_id == file.app_id]
        for file_id in own[: -self._limit]:
            del self._files[file_id]

    def file(self, file_id: str, app_id: str, end_user_id: str) -> StoredFile | None:
        """Find a file that this user uploaded to this app."""
        found = self._files.get(file_id)
        owned = found is not None and (found.app_id, found.end_user_id) == (app_id, end_user_id)
        return found if owned else None

    def feedback(self, message_id: str) -> Feedback | None:
        """Find the feedback on a message."""
        return self._feedbacks.get(message_id)

    def put_feedback(self, feedback: Feedback) -> None:
        """Keep a feedback in the place of the message's earlier one, if any."""
        self._feedbacks[feedback.message.id] = feedback
        self._drop_messages(feedback.message.app_id)

    def delete_feedback(self, message_id: str) -> None:
        """Forget the feedback on a message."""
        del self._feedbacks[message_id]

    def feedbacks(self, app_id: str) -> list[Feedback]:
        """List an app's feedback, newest first."""
        kept = [each for each in self._feedbacks.values() if each.message.app_id == app_id]
        return kept[::-1]

    def _drop_messages(self, app_id: str) -> None:
        own = [each for each in self._messages.values() if each.app_id == app_id]
        length = sum(map(self._length, own))
        for kept, oldest in zip(range(len(own), 1, -1), own, strict=False):
            if kept <= self._limit and length <= self._longest_text:
                break
            length -= self._length(oldest)
            del self._messages[oldest.id]
            self._feedbacks.pop(oldest.id, None)

    def _length(self, message: Message) -> int:
        feedback = self._feedbacks.get(message.id)
        return len(message.answer) + len(feedback.content or "" if feedback else "")
