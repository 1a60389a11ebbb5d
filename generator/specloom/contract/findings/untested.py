"""A plan beside what schemathesis told of it into the phases of operations that it left out.

Knows nothing of why; what has nothing to do is told of, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schemathesis.engine.events import NonFatalError, ScenarioFinished

from specloom.contract.plan.phases import COVERAGE, EXAMPLES, FUZZING

if TYPE_CHECKING:
    from specloom.contract.answers.subject import Subject
    from specloom.contract.plan.plan import Plan, Unit

LEFT_OUT: Final = "schemathesis ended before it came to this"

_BY_OPERATION: Final = (EXAMPLES, COVERAGE, FUZZING)


def told_by(event: Any, subject: Subject) -> set[Unit]:
    """The unit that an event tells the end of, if it does."""
    if not isinstance(event, ScenarioFinished | NonFatalError):
        return set()
    operation = subject.operations.get(event.label or "")
    return {(operation.id, event.phase.value)} if operation and event.phase else set()


def untested(plan: Plan, told: set[Unit]) -> dict[Unit, str]:
    """The units that were planned and of which nothing was told, with the reason as far as known.

    A worker that fails takes what it had before it along, and says so only on stderr.
    """
    planned = {(name, phase) for phase in _BY_OPERATION for name in plan.operations(phase)}
    return dict.fromkeys(sorted(planned - told), LEFT_OUT)
