"""What went over the wire: one request and its answer, recorded or live.

Knows nothing of documents, nor of who sent the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from specloom.diagnostics import Location

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_CHARSET: Final = re.compile(r";\s*charset=\"?([\w!#$%&'*+.^`|~-]+)", re.ASCII | re.IGNORECASE)

Headers = Mapping[str, str]
"""Header fields; names are in lower case."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a request and an answer have in common (RFC 9110 §6)."""

    headers: Headers = field(default_factory=dict, kw_only=True)
    body: bytes = field(default=b"", kw_only=True)

    @property
    def content_type(self) -> str:
        """The whole header, empty if there is none."""
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        """The media type in lower case and without its parameters (RFC 9110 §8.3.1)."""
        return essence(self.content_type)

    @property
    def charset(self) -> str:
        """The charset that the media type names, UTF-8 if it names none (RFC 9110 §8.3.2)."""
        named = _CHARSET.search(self.content_type)
        return named[1] if named else "utf-8"


@dataclass(frozen=True, slots=True)
class Request(Message):
    """A request; `target` is path and query as sent (RFC 9112 §3.2.1)."""

    method: str
    target: str


@dataclass(frozen=True, slots=True)
class Response(Message):
    """An answer; `cut_short` is whether it was left before its end."""

    status: int
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer by a server of some version.

    `place` is where it is written, or the operation's place; `seconds` is what the answer took.
    """

    name: str
    version: str
    request: Request
    response: Response
    place: Location
    seconds: float = 0.0


class UnknownCharsetError(ValueError):
    """A body that can't be read, though nothing need be wrong with it."""


def decode(message: Message) -> Any:
    """The body as a value: parsed if it is JSON, else as text. Raises ValueError if it is neither.

    UnicodeDecodeError is a ValueError. JSON is UTF-8, whatever its charset (RFC 8259 §11).
    """
    if is_json(message.media_type):
        return read_json(message.body.decode("utf-8"))
    try:
        return _without_surrogates(message.body.decode(message.charset))
    except LookupError:
        raise UnknownCharsetError(f"the charset {message.charset!r} is not known") from None


def read_json(text: str) -> Any:
    """The value that a JSON text holds. Raises ValueError if it holds none, or one too deep.

    A lone surrogate, which JSON may hold (RFC 8259 §8.2) and UTF-8 may not, becomes U+FFFD.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
        return _without_surrogates(value) if _SURROGATE.search(text) else value
    except RecursionError:
        raise ValueError("nested too deeply to be read") from None


def _refuse(constant: str) -> None:
    """RFC 8259 §6: such numbers are not permitted."""
    raise ValueError(f"{constant} is no JSON")


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {
            _without_surrogates(name): _without_surrogates(item) for name, item in value.items()
        }
    return value
