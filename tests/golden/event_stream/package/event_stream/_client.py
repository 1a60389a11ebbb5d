"""The clients: Answering, and AsyncAnswering with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.answers import Answers, AsyncAnswers

_api = API(
    name="event-stream",
    version="0.1.0",
    base_url="https://example.com",
    environment="EVENT_STREAM",
    schemes={},
    security=(),
)


class Answering(SyncClient):
    """Event stream."""

    _api = _api

    @cached_property
    def answers(self) -> Answers:
        """Answers."""
        return Answers(self)


class AsyncAnswering(AsyncClient):
    """Event stream, awaited."""

    _api = _api

    @cached_property
    def answers(self) -> AsyncAnswers:
        """Answers."""
        return AsyncAnswers(self)
