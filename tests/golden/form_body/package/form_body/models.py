"""The models of the API's components."""

from __future__ import annotations

from typing import Literal

from form_body._runtime.model import Model


class CreateTokenRequest(Model):
    grant_type: Literal["password", "refresh"]
    lifetime: int | None = None
    remember: bool | None = None
    scope: list[str] | None = None


class CreateTokenResponse(Model):
    token: str
