"""A key into the header that the document's security asks for, and texts free of the key.

Knows nothing of who sends the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document.references import follow

if TYPE_CHECKING:
    from pathlib import Path

REDACTED: Final = "[redacted]"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A header with a key in it; `scheme` stands before the key."""

    header: str
    key: str
    scheme: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What to send."""
        return {self.header: self._value(self.key)}

    def redact(self, text: str) -> str:
        """The text without the key, wherever it is in it."""
        hidden = f"{self.header}: {REDACTED}"
        shown = text.replace(hidden, f"{self.header}: {self._value(REDACTED)}")
        return shown.replace(self.key, REDACTED) if self.key else shown

    def redact_files(self, folder: Path) -> None:
        """Take the key out of every file in a folder, should a server have sent it back."""
        key = self.key.encode()
        for path in folder.rglob("*") if key else ():
            if path.is_file() and key in (content := path.read_bytes()):
                path.write_bytes(content.replace(key, REDACTED.encode()))

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
