"""The server under test: where it is, how it is spoken to, and whether anyone answers there.

Knows nothing of documents.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import requests

from .surroundings import own_surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from .credentials import Credentials

TIMEOUT: Final = 30.0
"""Seconds that any one answer may take, streams included."""

_PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Target:
    """A server's base URL and the key to it."""

    url: str
    credentials: Credentials | None = field(default=None, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What to send with each request."""
        return self.credentials.headers if self.credentials else {}

    @property
    def shown_headers(self) -> dict[str, str]:
        """The same without the key."""
        return self.credentials.shown if self.credentials else {}

    def redact(self, text: str) -> str:
        """A text without the key."""
        return self.credentials.redact(text) if self.credentials else text

    def redact_header(self, name: str, value: str) -> str:
        """A header's value without the key, however short it is."""
        return self.credentials.redact_header(name, value) if self.credentials else value

    def redact_url(self, url: str) -> str:
        """A URL without the key."""
        return self.credentials.redact_url(url) if self.credentials else url

    def redact_bytes(self, content: bytes) -> bytes:
        """Bytes without the key."""
        return self.credentials.redact_bytes(content) if self.credentials else content

    def unreachable(self) -> str | None:
        """Why no HTTP server answers here, or None if one does."""
        try:
            with own_surroundings():
                requests.get(self.url, timeout=TIMEOUT, stream=True, allow_redirects=False).close()
        except requests.RequestException as error:
            return str(error) or type(error).__name__
        return None


def wrong_url(url: str) -> str | None:
    """Why a text can't be a base URL, or None if it can."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        return str(error)
    if not known:
        return "it must start with http:// or https:// and a host"
    if parts.username or parts.password:
        return "it must hold no password; a key is given apart"
    return "it must have no query and no fragment" if parts.query or parts.fragment else None


def wait_for(target: Target, seconds: float, alive: Callable[[], bool]) -> bool:
    """Whether a server answers within some seconds, as long as it is alive."""
    deadline = time.monotonic() + seconds
    while target.unreachable():
        if time.monotonic() > deadline or not alive():
            return False
        time.sleep(_PAUSE)
    return True
