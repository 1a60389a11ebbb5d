"""Makes the events of one stream, field by field in Dify's order."""

import time
import uuid
from dataclasses import dataclass
from typing import Any

Event = dict[str, Any]


@dataclass(frozen=True)
class Origin:
    """What all events of one generation share; `created_at` is in Unix seconds."""

    message_id: str
    task_id: str
    created_at: int

    def message(self, answer: str) -> Event:
        """Carry a piece of the answer."""
        tail = {"id": self.message_id, "answer": answer, "from_variable_selector": None}
        return {**self._task("message"), **tail}

    def message_replace(self, answer: str) -> Event:
        """Replace all of the answer (row 28)."""
        return {**self._task("message_replace"), "answer": answer, "reason": ""}

    def message_end(self, metadata: dict[str, Any]) -> Event:
        """End the answer (row 27)."""
        tail = {"id": self.message_id, "metadata": metadata, "files": None}
        return {**self._task("message_end"), **tail}

    def tts_message(self, audio: str) -> Event:
        """Carry a piece of speech: MP3 in base64."""
        return {**self._task("tts_message"), "audio": audio}

    def tts_message_end(self) -> Event:
        """End the speech, after the answer has ended (row 26)."""
        return {**self._task("tts_message_end"), "audio": ""}

    def error(self, status: int, code: str, message: str) -> Event:
        """Tell of a failure; it has no task_id (row 23)."""
        return {**self._head("error"), "code": code, "status": status, "message": message}

    def _head(self, event: str) -> Event:
        return {"event": event, "message_id": self.message_id, "created_at": self.created_at}

    def _task(self, event: str) -> Event:
        return {**self._head(event), "task_id": self.task_id}


def new_origin() -> Origin:
    """Make the ids of a new generation."""
    return Origin(str(uuid.uuid4()), str(uuid.uuid4()), int(time.time()))
