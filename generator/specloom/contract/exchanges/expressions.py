"""Runtime expressions into what they stand for in an exchange (OAS 3.2 §4.20.2).

Knows nothing of links, nor of schemas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import resolve

from .exchange import decode

if TYPE_CHECKING:
    from .exchange import Exchange

Parameters = Mapping[tuple[str, str], Any]
"""Parameters of a request by place and name, such as `("query", "limit")`."""

_EMBEDDED: Final = re.compile(r"\{(\$[^{}]+)\}")
_WHOLE: Final = object()


@dataclass(frozen=True, slots=True)
class Expressions:
    """An exchange, and its values where they are known better than by its bytes.

    `asked` is the request's body as a value, `answered` the answer's, or an event's.
    """

    exchange: Exchange
    parameters: Parameters = field(default_factory=dict)
    asked: Any = _WHOLE
    answered: Any = _WHOLE

    def fill(self, value: Any) -> Any:
        """A value with its expressions filled in. Raises LookupError or ValueError."""
        if isinstance(value, dict):
            return {name: self.fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        if not isinstance(value, str):
            return value
        if value.startswith("$"):
            return self.evaluate(value)
        return _EMBEDDED.sub(lambda match: str(self.evaluate(match[1])), value)

    def evaluate(self, expression: str) -> Any:
        """What one expression stands for. Raises LookupError or ValueError."""
        source, _, pointer = expression.partition("#")
        request, response = self.exchange.request, self.exchange.response
        plain = {"$url": request.target, "$method": request.method, "$statusCode": response.status}
        if source in plain:
            return plain[source]
        if source == "$request.body":
            asked = decode(request) if self.asked is _WHOLE else self.asked
            return resolve(asked, pointer)
        if source == "$response.body":
            answered = decode(response) if self.answered is _WHOLE else self.answered
            return resolve(answered, pointer)
        return self._named(source)

    def _named(self, source: str) -> Any:
        """`$request.path.id` and its like; a header's name in any case."""
        side, place, name = [*source.split(".", 2), "", ""][:3]
        if side == "$request" and (place, name) in self.parameters:
            return self.parameters[place, name]
        message = {"$request": self.exchange.request, "$response": self.exchange.response}.get(side)
        if place == "header" and message is not None:
            return message.headers[name.lower()]
        raise LookupError(source)
