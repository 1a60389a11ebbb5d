"""The models of the API's components."""

from __future__ import annotations

from answers._runtime.model import Model


class WriteReportResponse(Model):
    before: str | None = None
