"""What one change of the client is: its kind, what a program sees of it, and what it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from specloom.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from specloom.diff.change import Change


class Level(StrEnum):
    """The part of a version that a change moves (Semantic Versioning 2.0)."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


@dataclass(frozen=True, slots=True)
class ClientChange:
    """One thing that a program which uses the client may notice.

    `where` is what a program writes, as `client.files.upload_file(user)` or `models.Usage.latency`.
    """

    rule: Rule
    message: str
    level: Level
    where: str
    operation: str = ""
    """The operation of the method, as `POST /files/upload`."""
    component: str = ""
    """The component of the model."""
    wire: str = ""
    """The name of the argument or field on the wire."""
    because: Change | None = None
    """The change on the wire that the message tells already."""

    @property
    def breaking(self) -> bool:
        """Whether a program that was right may fail now, to a type checker or when it runs."""
        return self.level is Level.MAJOR


def kind(code: str, name: str, summary: str, explanation: str) -> Rule:
    """A kind of change; how much one weighs is its level."""
    return Rule(code, name, summary, explanation, Severity.INFO)
