"""Recorded answers that are faults of the real server, and what a correct one answers instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.replay.exchange import JSON

if TYPE_CHECKING:
    from tests.replay.exchange import Answer

HTML = "text/html"
NOT_FOUND = "not_found"


@dataclass(frozen=True)
class RealFault:
    """What was wrong, and the status and code that are right; any code but a 500's if None."""

    what: str
    status: int
    code: str | None = None

    @property
    def expected(self) -> str:
        """The right answer in words."""
        return f"{self.status} {self.code or 'with a code'} in JSON"

    def difference(self, ours: Answer) -> str | None:
        """Say how our answer is not the right one, or None."""
        if (ours.status, ours.media_type) != (self.status, JSON):
            return f"answered {ours.status} {ours.media_type}".rstrip()
        error = ours.json
        if not _is_error(error, self.status):
            return f"answered {self.status} without the fields of an error"
        if self.code is not None and error["code"] != self.code:
            return f"answered {self.status} {error['code']}"
        return None


def find_real_fault(recorded: Answer) -> RealFault | None:
    """Tell whether the recorded answer is a fault (rows 3 to 5, 21, 49 and 51)."""
    if recorded.status >= 500:
        return RealFault(f"{recorded.status}", 400)
    if recorded.status >= 400 and recorded.media_type == HTML:
        code = NOT_FOUND if recorded.status == 404 else None
        return RealFault(f"{recorded.status} in HTML", recorded.status, code)
    if recorded.media_type == JSON and recorded.body.strip() == b"null":
        return RealFault(f"{recorded.status} with null", 404, NOT_FOUND)
    return None


def _is_error(error: object, status: int) -> bool:
    """Tell an error of either version: its third field is the status, or names an argument."""
    if not isinstance(error, dict) or not isinstance(error.get("code"), str):
        return False
    if not isinstance(error.get("message"), str):
        return False
    named = error.keys() - {"code", "message"}
    return (named == {"status"} and error["status"] == status) or (
        named == {"params"} and isinstance(error["params"], str)
    )
