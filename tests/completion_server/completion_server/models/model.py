"""What a model is asked, what it gives, and how it fails."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Image:
    """An image that comes with a prompt: its bytes and its media type."""

    content: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class Prompt:
    """What a model is asked, and for which end user."""

    text: str
    user: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class TokenCounts:
    """How many tokens went in and came out, as the model counts them."""

    prompt: int
    completion: int


class ModelError(Exception):
    """A failure of the model; `kind` is Dify's name for it, such as InvokeRateLimitError.

    The message may be an endpoint's own words; `reason` is what a log may hold of it.
    """

    def __init__(self, kind: str, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.reason = reason


class Model(Protocol):
    """What answers prompts."""

    def check(self) -> None:
        """Raise ModelError if it can't answer at all: unknown, or without credentials."""
        ...

    def answer(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        """Give the answer piece by piece, as it is made, and its counts if known; ModelError."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
