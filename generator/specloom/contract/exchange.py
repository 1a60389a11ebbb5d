"""What went over the wire: one request and its answer, recorded or live.

Knows nothing of documents, nor of who sent the request.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from specloom.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Request:
    """A request; `target` is path and query as sent (RFC 9112 §3.2.1)."""

    method: str
    target: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; `content_type` is the whole header, empty if there was none."""

    status: int
    content_type: str
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type in lower case and without its parameters (RFC 9110 §8.3.1)."""
        return essence(self.content_type)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer by a server of some version; `place` is where it is written."""

    name: str
    version: str
    request: Request
    response: Response
    place: Location


def decode(response: Response) -> Any:
    """The body as a value: parsed if it is JSON, else as text. Raises ValueError if it is neither.

    json.JSONDecodeError and UnicodeDecodeError are ValueErrors.
    """
    text = response.body.decode("utf-8")
    return json.loads(text) if is_json(response.media_type) else text
