"""The keys that recorded exchanges carry, and texts and exchanges without them.

What a header or a query parameter holds is a key by its name, or because the document says so.
Bodies are searched for those keys alone. Knows nothing of how exchanges were recorded.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, quote_plus

from specloom.contract.transport.credentials import REDACTED, SHORTEST
from specloom.document.references import follow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from specloom.contract.exchanges.exchange import Exchange, Headers, Request

_SECRET: Final = re.compile(
    r"(^|[-_])(auth|authorization|cookie|credentials?|jwt|key|apikey|passw(or)?d|secret|session(id)?"
    r"|sig|signature|token)([-_]|$)"
)
_COOKIES: Final = ("cookie", "set-cookie")
_ATTRIBUTES: Final = {"domain", "expires", "max-age", "path", "samesite"}


class RecordedKeys:
    """The keys of some exchanges; `names` are further headers and parameters that carry one."""

    def __init__(self, exchanges: Iterable[Exchange], names: Collection[str]) -> None:
        """Look for keys."""
        self._names = {name.lower() for name in names}
        keys = {key for exchange in exchanges for key in self._keys(exchange)}
        forms = {form for key in keys if len(key) >= SHORTEST for form in _forms(key)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def redact(self, text: str) -> str:
        """A text without the keys."""
        return self._pattern.sub(REDACTED, text)

    def redacted(self, exchange: Exchange) -> Exchange:
        """An exchange without the keys, however short they are."""
        request, response = exchange.request, exchange.response
        return replace(
            exchange,
            request=replace(
                request,
                target=self.redact(request.target),
                headers=self._redacted_headers(request.headers),
                body=self._redacted_bytes(request.body),
            ),
            response=replace(
                response,
                headers=self._redacted_headers(response.headers),
                body=self._redacted_bytes(response.body),
            ),
        )

    def _redacted_headers(self, headers: Headers) -> dict[str, str]:
        return {
            name: _shown(name, value) if self._is_secret(name) else self.redact(value)
            for name, value in headers.items()
        }

    def _redacted_bytes(self, content: bytes) -> bytes:
        text = content.decode("utf-8", "surrogateescape")
        return self.redact(text).encode("utf-8", "surrogateescape")

    def _keys(self, exchange: Exchange) -> Iterator[str]:
        for headers in (exchange.request.headers, exchange.response.headers):
            for name, value in headers.items():
                if self._is_secret(name):
                    yield from _parts(name, value)
        for name, value in _query(exchange.request):
            if self._is_secret(name):
                yield value

    def _is_secret(self, name: str) -> bool:
        return name.lower() in self._names or _SECRET.search(name.lower()) is not None


def key_names(tree: dict[str, Any]) -> set[str]:
    """The headers and parameters that carry a key by the document (OAS 3.2 §4.27)."""
    schemes = tree.get("components", {}).get("securitySchemes", {}).values()
    followed = (follow(tree, scheme) for scheme in schemes)
    return {scheme["name"] for scheme in followed if scheme.get("type") == "apiKey"}


def _parts(name: str, value: str) -> Iterator[str]:
    """The keys in a header's value: all of it, what follows a scheme, or the cookies' values."""
    if name in _COOKIES:
        for cookie in re.split("[;,]", value):
            part, _, key = cookie.partition("=")
            if part.strip().lower() not in _ATTRIBUTES:
                yield key.strip()
    else:
        yield value
        yield value.partition(" ")[2]


def _query(request: Request) -> list[tuple[str, str]]:
    # What is no URL, such as `//[x`, may have a query all the same.
    return parse_qsl(request.target.partition("#")[0].partition("?")[2])


def _forms(key: str) -> set[str]:
    """What a key looks like in texts."""
    return {key, json.dumps(key)[1:-1], html.escape(key), quote(key, safe=""), quote_plus(key)}


def _shown(name: str, value: str) -> str:
    """What is shown of a key: its scheme (RFC 9110 §11.6.2)."""
    scheme, space, _ = value.partition(" ")
    return f"{scheme} {REDACTED}" if space and name.endswith("authorization") else REDACTED
