"""Rules, diagnostics and where they are: the one form in which every stage says what is wrong.

Knows nothing of OpenAPI, of stages or of how a diagnostic is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn


class Severity(StrEnum):
    """How much a diagnostic weighs; only an error fails a run by default."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, under a code that is never reused."""

    code: str
    name: str
    summary: str
    explanation: str
    severity: Severity = Severity.ERROR
    exit_status: int = 1
    """1: the document or the server is at fault; 2: something can't be read, written or reached."""
    recommended: bool = True
    """Whether it is looked for unless the project says otherwise; matters of taste are not."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1, the pointer is RFC 6901's."""

    file: str
    line: int = 1
    column: int = 1
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of a rule at a place."""

    rule: Rule
    message: str
    location: Location
    severity: Severity
    hint: str | None = None


class HaltedError(Exception):
    """The stages can't go on; the collector says why."""


@dataclass(slots=True)
class Collector:
    """Gathers what the stages find."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        rule: Rule,
        message: str,
        location: Location,
        *,
        hint: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Note one finding, by the rule's own severity unless another is given."""
        self.diagnostics.append(
            Diagnostic(rule, message, location, severity or rule.severity, hint)
        )

    def halt(
        self, rule: Rule, message: str, location: Location, *, hint: str | None = None
    ) -> NoReturn:
        """Note one finding that no later stage can live with. Raises HaltedError."""
        self.add(rule, message, location, hint=hint, severity=Severity.ERROR)
        raise HaltedError

    @property
    def errors(self) -> list[Diagnostic]:
        """The findings that fail a run."""
        return [found for found in self.diagnostics if found.severity is Severity.ERROR]

    @property
    def by_place(self) -> list[Diagnostic]:
        """The findings in the order of their places, so that two runs list them alike."""
        return sorted(self.diagnostics, key=lambda found: (found.location, found.rule.code))

    def halt_on_errors(self) -> None:
        """Raise HaltedError if there is an error among the findings."""
        if self.errors:
            raise HaltedError

    @property
    def exit_status(self) -> int:
        """0 without errors, else the gravest status among them."""
        return max((found.rule.exit_status for found in self.errors), default=0)
