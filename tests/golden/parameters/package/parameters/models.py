"""The models of the API's components."""

from __future__ import annotations

from parameters._runtime.model import Model


class Filter(Model):
    colour: str | None = None
    size: list[int] | None = None
