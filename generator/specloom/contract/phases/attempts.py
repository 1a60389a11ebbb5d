"""A request of a phase of our own into a trial: sent, and its answer held to the document.

Knows nothing of what the phase looks for.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.contract.answers.fault import Fault
from specloom.contract.findings.failures import NO_ANSWER
from specloom.contract.transport.sender import NoAnswerError

from .trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange

_SILENT: Final = 2
_SECONDS: Final = 60.0


def until_silent(trials: Iterable[Trial], seconds: float = _SECONDS) -> Iterator[Trial]:
    """The trials, until two got no answer, or so many seconds are over: each may take long."""
    deadline = time.monotonic() + seconds
    silent = 0
    for trial in trials:
        yield trial
        silent += any(fault.check == NO_ANSWER for fault in trial.faults)
        if silent >= _SILENT or time.monotonic() > deadline:
            return


@dataclass(frozen=True, slots=True)
class Attempts:
    """Makes the trials of a phase of an operation; `checks` are those of the phase itself."""

    subject: Subject
    operation: Operation
    phase: str
    checks: tuple[str, ...]
    before: tuple[Exchange, ...] = ()

    def attempt(
        self,
        name: str,
        send: Callable[[], Exchange],
        judge: Callable[[Exchange], Iterable[Fault]] = lambda _: (),
    ) -> Trial:
        """A trial: what the document says against the answer, and then what a judge does."""
        try:
            exchange = send()
        except NoAnswerError as error:
            return self.unanswered(name, error)
        return self.trial(name, (exchange,), [*self.document_faults(exchange), *judge(exchange)])

    def trial(self, name: str, exchanges: tuple[Exchange, ...], faults: Iterable[Fault]) -> Trial:
        """A trial after the exchanges that all of them rest on."""
        return Trial(
            self.phase,
            self.operation.id,
            name,
            (*self.before, *exchanges),
            tuple(dict.fromkeys(faults)),
            (*self._names, *self.checks, NO_ANSWER),
        )

    def unanswered(self, name: str, error: NoAnswerError) -> Trial:
        """A trial that no answer came to."""
        return self.trial(name, (), [Fault(NO_ANSWER, str(error))])

    def skipped(self, reason: str) -> Trial:
        """A trial that could not be made."""
        return Trial(self.phase, self.operation.id, self.phase, skipped=reason)

    def document_faults(self, exchange: Exchange) -> list[Fault]:
        """What the document says against an answer."""
        return [fault for name in self._names for fault in self._found(name, exchange)]

    @property
    def _names(self) -> list[str]:
        return self.subject.contract.checks

    def _found(self, check: str, exchange: Exchange) -> list[Fault]:
        """What one check finds; nothing where it can't read so deep, or such text."""
        try:
            return self.subject.contract.check_by(check, self.operation, exchange)
        except (RecursionError, UnicodeEncodeError):
            return []
