"""The models of the API's components."""

from __future__ import annotations

from untagged._runtime.model import Model


class GetThingsIdResponse(Model):
    id: str | None = None
