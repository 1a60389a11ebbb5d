"""The parts of a request, as values that can be changed one by one, into the request as sent.

Parameters by their style (OAS 3.2 §4.12); knows nothing of what the parts should be.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from specloom.contract.exchanges.exchange import Request

from .encodings import as_text, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Draft:
    """A request in parts; `parameters` are by place and name, such as `("query", "limit")`.

    A list there is sent once for each item, unless its name is among `joined`. Without a
    `media_type` there is no body.
    """

    method: str
    template: str
    parameters: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    media_type: str | None = None
    value: Any = None
    joined: frozenset[str] = frozenset()

    def request(self) -> Request:
        """The request. Raises ValueError for a body of a media type that is not known here."""
        headers, body = {}, b""
        if self.media_type is not None:
            content_type, body = encoded(self.media_type, self.value)
            headers["content-type"] = content_type
        return Request(
            self.method, self._target(), headers={**headers, **self._headers()}, body=body
        )

    def with_parameter(self, place: str, name: str, value: Any) -> Draft:
        """The same with another parameter; None leaves it out."""
        parameters = {**self.parameters, (place, name): value}
        return replace(
            self, parameters={key: one for key, one in parameters.items() if one is not None}
        )

    def with_value(self, value: Any) -> Draft:
        """The same with another body."""
        return replace(self, value=value)

    def _target(self) -> str:
        path = self.template
        for name, value in self._of("path").items():
            path = path.replace("{" + name + "}", quote(as_text(value), safe=""))
        pairs = [
            (name, as_text(item))
            for name, value in self._of("query").items()
            for item in (self._items(name, value))
        ]
        query = urlencode(pairs, quote_via=quote, errors="surrogatepass")
        return f"{path}?{query}" if query else path

    def _items(self, name: str, value: Any) -> list[Any]:
        if isinstance(value, list) and name not in self.joined:
            return value
        return [value]

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={as_text(one)}" for name, one in self._of("cookie").items())
        given = {name.lower(): as_text(one) for name, one in self._of("header").items()}
        return {**given, **({"cookie": cookies} if cookies else {})}

    def _of(self, place: str) -> dict[str, Any]:
        return {name: value for (where, name), value in self.parameters.items() if where == place}
