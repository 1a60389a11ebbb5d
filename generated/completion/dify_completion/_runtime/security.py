"""Keys, turned into the credentials of a request by the document's security schemes.

A key may be a callable, which is asked at each request. Knows nothing of how a key is sent.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

from .errors import InvalidArgumentError
from .operation import Parameter, Security

Key: TypeAlias = str | Callable[[], str]
Keys: TypeAlias = Key | Mapping[str, Key]
"""One key, or a key for each scheme by its name; a callable is asked at each request."""


@dataclass(frozen=True)
class APIKey:
    """`apiKey` (OAS 3.2 §4.27): the key under a name, after a prefix."""

    location: Literal["header", "query", "cookie"]
    name: str
    prefix: str = ""

    @cached_property
    def parameter(self) -> Parameter:
        """Where the key is written."""
        raw = self.location == "cookie"
        return Parameter("api_key", self.name, self.location, style="cookie" if raw else "form")


@dataclass(frozen=True)
class Bearer(APIKey):
    """`http` with `bearer`, `oauth2` and `openIdConnect`: the key is a token (RFC 6750 §2.1)."""

    location: Literal["header"] = "header"
    name: str = "authorization"
    prefix: str = "Bearer "


@dataclass(frozen=True)
class Basic(Bearer):
    """`http` with `basic`: the key is `user:password` (RFC 7617 §2)."""

    prefix: str = "Basic "


def credentials_for(
    security: Security, schemes: Mapping[str, APIKey], keys: Keys | None
) -> list[tuple[Parameter, str]] | None:
    """Give the parameters of the first alternative that the keys can meet, or None.

    A single key meets an alternative of one scheme only.
    """
    for names in security:
        held = keys if isinstance(keys, Mapping) else dict.fromkeys(names[:1], keys)
        found = [(schemes[name], held.get(name)) for name in names]
        if all(key is not None for _, key in found):
            return [(scheme.parameter, _credential(scheme, key)) for scheme, key in found]
    return None if security else []


def _credential(scheme: APIKey, key: Any) -> str:
    text = key() if callable(key) else key
    if not isinstance(text, str) or not text:
        found = "an empty one" if text == "" else type(text).__name__
        raise InvalidArgumentError("api_key", f"should be a string, or give one, not {found}")
    if isinstance(scheme, Basic):
        text = base64.b64encode(text.encode()).decode()
    return scheme.prefix + text
