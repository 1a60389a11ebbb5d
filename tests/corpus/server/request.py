"""A request and an answer as they are on a wire."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What came: a method, a target with its host before it, headers, and a body."""

    method: str
    origin: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    content: bytes

    def header(self, name: str) -> str | None:
        """A header's text; those of the same name are joined."""
        found = [text for key, text in self.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
