"""The clients: FormBody, and AsyncFormBody with the same methods awaited."""

from __future__ import annotations

from functools import cached_property

from ._runtime.client import API, AsyncClient, SyncClient
from .resources.tokens import AsyncTokens, Tokens

_api = API(
    name="form-body",
    version="0.1.0",
    base_url="https://example.com",
    environment="FORM_BODY",
    schemes={},
    security=(),
)


class FormBody(SyncClient):
    """Form body."""

    _api = _api

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens."""
        return Tokens(self)


class AsyncFormBody(AsyncClient):
    """Form body, awaited."""

    _api = _api

    @cached_property
    def tokens(self) -> AsyncTokens:
        """Tokens."""
        return AsyncTokens(self)
