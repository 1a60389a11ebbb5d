"""Our checks of an answer, in the form in which schemathesis runs them.

What they look for is in `answers`; those that schemathesis has itself are left to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import schemathesis
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup, Severity

from specloom.contract.answers.contract import CHECKS as ANSWER_CHECKS
from specloom.contract.exchanges.wire import as_exchange

if TYPE_CHECKING:
    from schemathesis import Case, CheckContext
    from schemathesis import Response as Answer

    from specloom.contract.answers.fault import Fault
    from specloom.contract.answers.subject import Subject

LEFT_TO_SCHEMATHESIS: Final = {
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
}


class ContractFailure(Failure):
    """A failure of a check of ours; `place` is where in the answer."""

    __slots__ = ("check", "place")

    def __init__(self, operation: str, fault: Fault) -> None:
        """Say what is wrong with an answer to an operation, by its label."""
        title = fault.check.replace("_", " ").capitalize()
        super().__init__(
            operation=operation, title=title, message=fault.message, severity=Severity.HIGH
        )
        self.check = fault.check
        self.place = fault.place

    @property
    def _unique_key(self) -> str:
        return f"{self.check} {self.place or self.message}"


def names() -> set[str]:
    """The names of all checks that a run makes of answers: schemathesis' own, and ours."""
    load_all_checks()
    return {*CHECKS.get_all_names(), *ANSWER_CHECKS}


def register(subject: Subject) -> None:
    """Have schemathesis run our checks for this document, and none for an earlier one."""
    load_all_checks()
    ours = ANSWER_CHECKS.keys() - LEFT_TO_SCHEMATHESIS
    for name in ours.intersection(CHECKS.get_all_names()):
        CHECKS.unregister(name)
    for name in subject.contract.checks:
        if name not in LEFT_TO_SCHEMATHESIS:
            _register(name, subject)


def _register(name: str, subject: Subject) -> None:
    def check(_context: CheckContext, answer: Answer, case: Case[Any]) -> bool | None:
        label = case.operation.label
        # A request with a method that the document doesn't have is no operation of it.
        if answer.request.method != label.partition(" ")[0]:
            return True
        operation = subject.operations[label]
        exchange = as_exchange(label, answer, subject.locate(operation))
        found = subject.contract.check_by(name, operation, exchange)
        if found:
            raise FailureGroup([ContractFailure(label, fault) for fault in found])
        return None

    check.__name__ = name
    schemathesis.check(check)
