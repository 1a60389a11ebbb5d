"""A URL into its bytes, bounded in size and time; only HTTP, and only where it is allowed to go."""

from __future__ import annotations

import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from .urls import is_url

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_BYTES: Final = 64 * 1024 * 1024
_SECONDS: Final = 60.0
_STALLED_SECONDS: Final = 15.0
_CHUNK: Final = 1024 * 1024


class FetchError(Exception):
    """What the URL stands for could not be had; says why."""


def fetch(url: str, allows: Callable[[str], bool]) -> tuple[bytes, str]:
    """The bytes of a URL and the URL that gave them, redirects followed where `allows` says so.

    Raises FetchError; also for more than 64 MiB, or if it takes longer than a minute.
    """
    opener = urllib.request.build_opener(_Redirects(allows))
    try:
        _refuse_others(url, allows)
        with opener.open(url, timeout=_STALLED_SECONDS) as answer:
            return _read(answer), answer.url
    except (OSError, HTTPException, ValueError) as error:
        raise FetchError(_reason(error)) from None


def _refuse_others(url: str, allows: Callable[[str], bool]) -> None:
    if not is_url(url) or not urlsplit(url).hostname or not allows(url):
        raise FetchError(f"{url} may not be read")


def _read(answer: Any) -> bytes:
    ends = time.monotonic() + _SECONDS
    parts: list[bytes] = []
    while part := answer.read1(_CHUNK):
        parts.append(part)
        if sum(map(len, parts)) > _MOST_BYTES:
            raise FetchError(f"is larger than {_MOST_BYTES} bytes")
        if time.monotonic() > ends:
            raise FetchError(f"takes longer than {_SECONDS:.0f} s")
    return b"".join(parts)


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error) or type(error).__name__


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self, allows: Callable[[str], bool]) -> None:
        self._allows = allows

    def redirect_request(self, req: urllib.request.Request, *told: Any) -> Any:
        *_, newurl = told
        _refuse_others(newurl, self._allows)
        return super().redirect_request(req, *told)
