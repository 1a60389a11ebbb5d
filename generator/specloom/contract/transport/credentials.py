"""A key into the headers that the document's security asks for, and answers free of the key.

Knows nothing of who sends the headers, nor of reports.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_plus

from specloom.document.references import follow

from .key_forms import escaped, key_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REDACTED: Final = "[redacted]"
WRONG_KEY: Final = "[wrong key]"
"""What is shown of a key that is nearly the right one."""

SHORTEST: Final = 8
"""Characters that a key needs to be told from the text around it."""

BASIC: Final = "Basic"
_SHOWN: Final = re.compile(rf"({re.escape(REDACTED)}|{re.escape(WRONG_KEY)})")
_SCHEME: Final = re.compile("(?:basic|bearer) +", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Headers with one key in them; `schemes` says what stands before it in which.

    For the scheme `Basic` the key is `user:password` (RFC 7617 §2). `other` is one more key, which
    is only hidden.
    """

    key: str = field(repr=False)
    schemes: Mapping[str, str]
    other: str | None = field(default=None, repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What to send."""
        return {
            header: _value(scheme, _encoded(scheme, self.key))
            for header, scheme in self.schemes.items()
        }

    @property
    def shown(self) -> dict[str, str]:
        """The same without the key."""
        return {header: _value(scheme, REDACTED) for header, scheme in self.schemes.items()}

    def redact(self, text: str) -> str:
        """The text without the key, wherever it is in it, as it is or escaped."""
        for header, value in self.shown.items():
            text = text.replace(f"{header}: {REDACTED}", f"{header}: {value}")
        return _pattern(self._keys, tuple(self.schemes.values())).sub(REDACTED, text)

    def redact_bytes(self, content: bytes) -> bytes:
        """The same for bytes; those that are no UTF-8 stay as they are."""
        return self.redact(content.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )

    def redact_header(self, name: str, value: str) -> str:
        """A header's value without the key, however short it is if the header takes one."""
        schemes = {header.lower(): scheme for header, scheme in self.schemes.items()}
        if name.lower() in schemes:
            begin = _SCHEME.match(value)
            length = begin.end() if begin else 0
            encoded = (_encoded(schemes[name.lower()], key) for key in self._keys)
            value = value[:length] + _without(value[length:], {*encoded, *self._keys})
        return self.redact(value)

    def redact_url(self, url: str) -> str:
        """A URL without the key; one that is short must be the whole value of a parameter."""
        path, mark, query = url.partition("?")
        pairs = (self._redacted_pair(*pair.partition("=")) for pair in query.split("&"))
        return self.redact(f"{path}{mark}{'&'.join(pairs)}")

    def _redacted_pair(self, name: str, sign: str, value: str) -> str:
        shown = REDACTED if unquote_plus(value) in self._keys else value
        return f"{name}{sign}{shown}"

    @property
    def _keys(self) -> tuple[str, ...]:
        return tuple(key for key in (self.key, self.other) if key)


def wrong_key(key: str) -> str | None:
    """Why no header can hold a key, or None if one can; the key is not said (RFC 9110 §5.5)."""
    try:
        key.encode("latin-1")
    except UnicodeEncodeError:
        return "it has a character that no header can hold"
    if not key.isprintable() or key != key.strip():
        return "it has a control character, or a blank before or behind it"
    return None


@lru_cache(maxsize=16)
def _pattern(keys: tuple[str, ...], schemes: tuple[str, ...]) -> re.Pattern[str]:
    """What to look for, the longest first, as one key may be the beginning of another."""
    forms = {form for key in keys for form in _forms(key, schemes)}
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _forms(key: str, schemes: tuple[str, ...]) -> Iterator[str]:
    """What a key looks like in texts; one that is too short only with its scheme."""
    if len(key) >= SHORTEST:
        yield from key_forms(key)
    for scheme in schemes:
        encoded = _encoded(scheme, key)
        text = encoded if len(encoded) >= SHORTEST else _value(scheme, encoded)
        if len(text) >= SHORTEST:
            yield from escaped(text)


def _without(text: str, keys: set[str]) -> str:
    """A text without keys, but with what already stands for one."""
    pattern = "|".join(map(re.escape, sorted(keys, key=len, reverse=True)))
    parts = _SHOWN.split(text)
    parts[::2] = (re.sub(pattern, REDACTED, part) if pattern else part for part in parts[::2])
    return "".join(parts)


def _encoded(scheme: str, key: str) -> str:
    return b64encode(key.encode()).decode() if scheme == BASIC else key


def _value(scheme: str, key: str) -> str:
    return f"{scheme} {key}".strip()


def credentials(tree: dict[str, Any], key: str, other: str | None = None) -> Credentials | None:
    """The headers for a key, one to each that a security scheme reads; None if none does.

    Where two schemes read the same header, the first has it.
    """
    found: dict[str, str] = {}
    schemes = tree.get("components", {}).get("securitySchemes", {})
    for scheme in (follow(tree, value) for value in schemes.values()):
        if header := _header(scheme):
            found.setdefault(*header)
    return Credentials(key, found, other) if found else None


def _header(scheme: dict[str, Any]) -> tuple[str, str] | None:
    """The header that a security scheme reads, and what stands before the key (OAS 3.2 §4.27)."""
    kind, name = scheme.get("type"), scheme.get("scheme", "").lower()
    if kind == "apiKey" and scheme.get("in") == "header":
        return scheme["name"], ""
    if kind == "http" and name == "basic":
        return "Authorization", BASIC
    if kind in {"oauth2", "openIdConnect"} or (kind == "http" and name == "bearer"):
        return "Authorization", "Bearer"
    return None
