"""What went over the wire: a recorded request, and an answer, recorded or ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True)
class Answer:
    """An answer; `content_type` is the whole header, empty if there was none.

    `seconds` is how long it took, if it was measured.
    """

    status: int
    content_type: str
    body: bytes
    seconds: float = field(default=0.0, compare=False)

    @property
    def media_type(self) -> str:
        """The media type in lower case and without its parameters (RFC 9110 §8.3.1)."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def json(self) -> Any:
        """The body as a value; None if it is no JSON, or `null`."""
        return parsed(self.body)


@dataclass(frozen=True)
class Exchange:
    """One recorded exchange; `headers` are the request's, `form` its parts as curl is told them.

    `app` is empty if no key was sent.
    """

    name: str
    app: str
    method: str
    path: str
    headers: dict[str, str]
    text: str | None
    form: tuple[str, ...]
    answer: Answer

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a JSON body that was sent; none if it was something else."""
        value = parsed((self.text or "").encode())
        return value if isinstance(value, dict) else {}

    @property
    def route(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]


def parsed(body: bytes) -> Any:
    """Read JSON; None where there is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
