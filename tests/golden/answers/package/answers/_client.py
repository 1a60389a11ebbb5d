"""The clients: Answers, and AsyncAnswers with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.reports import AsyncReports, Reports

_api = API(
    name="answers",
    version="0.1.0",
    base_url="https://example.com",
    environment="ANSWERS",
    schemes={},
    security=(),
)


class Answers(SyncClient):
    """Answers of every kind."""

    _api = _api

    @cached_property
    def reports(self) -> Reports:
        """Reports."""
        return Reports(self)


class AsyncAnswers(AsyncClient):
    """Answers of every kind, awaited."""

    _api = _api

    @cached_property
    def reports(self) -> AsyncReports:
        """Reports."""
        return AsyncReports(self)
