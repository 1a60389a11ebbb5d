"""A key into the header that the document's security asks for, and answers free of the key.

Knows nothing of who sends the header, nor of reports.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.document.references import follow

if TYPE_CHECKING:
    from collections.abc import Iterator

REDACTED: Final = "[redacted]"
SHORTEST: Final = 8
"""Characters that a key needs to be told from the text around it."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A header with a key in it; `scheme` stands before the key."""

    header: str
    key: str = field(repr=False)
    scheme: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What to send."""
        return {self.header: self._value(self.key)}

    @property
    def shown(self) -> dict[str, str]:
        """The same without the key."""
        return {self.header: self._value(REDACTED)}

    def redact(self, text: str) -> str:
        """The text without the key, wherever it is in it, as it is or escaped."""
        hidden = f"{self.header}: {REDACTED}"
        text = text.replace(hidden, f"{self.header}: {self._value(REDACTED)}")
        for form in self._forms():
            text = text.replace(form, REDACTED)
        return text

    def redact_bytes(self, content: bytes) -> bytes:
        """The same for bytes; those that are no UTF-8 stay as they are."""
        return self.redact(content.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )

    def _forms(self) -> Iterator[str]:
        """What the key looks like in texts; one that is too short only with its scheme."""
        for value in dict.fromkeys((self.key, self._value(self.key))):
            if len(value) >= SHORTEST:
                yield from dict.fromkeys((value, json.dumps(value)[1:-1], html.escape(value)))

    def _value(self, key: str) -> str:
        return f"{self.scheme} {key}".strip()


def credentials(tree: dict[str, Any], key: str) -> Credentials | None:
    """The header for a key, by the first security scheme that takes one; None if none does."""
    schemes = tree.get("components", {}).get("securitySchemes", {})
    for scheme in (follow(tree, value) for value in schemes.values()):
        if scheme.get("type") == "http" and scheme.get("scheme", "").lower() == "bearer":
            return Credentials("Authorization", key, "Bearer")
        if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
            return Credentials(scheme["name"], key)
        if scheme.get("type") in {"oauth2", "openIdConnect"}:
            return Credentials("Authorization", key, "Bearer")
    return None
