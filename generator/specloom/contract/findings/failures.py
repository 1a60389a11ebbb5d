"""What schemathesis found, scenario by scenario, into failed checks of ours.

Knows nothing of which of them are expected: those no longer come here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import (
    JsonSchemaError,
    RejectedPositiveData,
    UndefinedStatusCode,
)

from specloom.contract.answers.contract import undocumented_status
from specloom.contract.exchanges.curl import curl
from specloom.contract.exchanges.wire import as_exchange
from specloom.document.pointer import join

from .cause import masked
from .checks import ContractFailure
from .filter import sent_faults
from .findings import FailedCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case
    from schemathesis import Response as Answer
    from schemathesis.core.failures import Failure
    from schemathesis.engine.events import EngineFinished, NonFatalError, ScenarioFinished
    from schemathesis.engine.recorder import CheckFailureInfo, ScenarioRecorder

    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.transport.target import Target

NO_ANSWER: Final = "answer"
NO_SUCCESS: Final = "any_success"
"""The check that fails where no answer comes at all, or none that HTTP allows."""

_SHOWN: Final = 60
_QUOTED: Final = 500


def from_scenario(
    event: ScenarioFinished, subject: Subject, target: Target
) -> Iterator[FailedCheck]:
    """The failures of one scenario."""
    recorder = event.recorder
    for case_id, nodes in recorder.checks.items():
        for node in nodes:
            info = node.failure_info
            if info is None:
                continue
            shown = info.failure.case_id or case_id
            case = recorder.cases[shown if shown in recorder.cases else case_id].value
            make = _Maker(subject, target, event.phase.value, recorder)
            yield make.failed(node.name, info, case, shown)


class _Maker:
    """Makes failed checks of one phase."""

    def __init__(
        self, subject: Subject, target: Target, phase: str, recorder: ScenarioRecorder
    ) -> None:
        self.subject = subject
        self.target = target
        self.phase = phase
        self.recorder = recorder

    def failed(
        self, check: str, info: CheckFailureInfo, case: Case[Any], case_id: str
    ) -> FailedCheck:
        """One failed check; a failure without an answer is one too."""
        operation = self.subject.operations[case.operation.label]
        answer = self.recorder.find_response(case_id=case_id)
        exchanges = tuple(self._exchanges([step.case_id for step in info.steps] or [case_id]))
        # schemathesis' own commands lack the key, and could not be run.
        steps = [curl(one.request, self.target) for one in exchanges] or [info.code_sample]
        return FailedCheck(
            check,
            operation.id,
            self._cause(info.failure, case, answer) if answer else info.failure.title,
            self._message(info.failure, answer),
            info.failure.severity.value,
            self.phase,
            self.subject.locate(operation),
            tuple(self.target.redact(step) for step in steps),
            exchanges,
        )

    def _exchanges(self, case_ids: list[str]) -> Iterator[Exchange]:
        """The exchanges of a failure; one that got no answer has none."""
        for case_id in case_ids:
            answer = self.recorder.find_response(case_id=case_id)
            if answer is not None and case_id in self.recorder.cases:
                label = self.recorder.cases[case_id].value.operation.label
                place = self.subject.locate(self.subject.operations[label])
                yield as_exchange(label, answer, place)

    def _cause(self, failure: Failure, case: Case[Any], answer: Answer) -> str:
        """What tells failures of one check apart; values that vary are left out."""
        if isinstance(failure, ContractFailure):
            return self._masked(failure.place or failure.message)
        if isinstance(failure, AcceptedNegativeData):
            faults = sent_faults(self.subject, failure, case, answer)
            places = {f"{self._masked(fault.pointer)} ({fault.type})" for fault in faults}
            return ", ".join(sorted(places)) or failure.title
        if isinstance(failure, JsonSchemaError):
            place = join("", *failure.instance_path)
            return self._masked(place or failure.validation_message)
        if isinstance(failure, RejectedPositiveData):
            return f"{answer.status_code} {self._masked(answer.text_lossy(), _SHOWN)}"
        if isinstance(failure, UndefinedStatusCode):
            return self._masked(undocumented_status(answer.status_code))
        identity = f"{failure.title} {failure._unique_key}"  # noqa: SLF001 - it has no other
        return self.target.redact(identity.strip())

    def _masked(self, text: str, length: int | None = None) -> str:
        """A text without what varies; a key that is cut or masked first would not be found."""
        return masked(self.target.redact(text)[:length])

    def _message(self, failure: Failure, answer: Answer | None) -> str:
        message = self.target.redact(failure.message)
        if isinstance(failure, RejectedPositiveData) and answer is not None:
            received = self.target.redact(answer.text_lossy())[:_QUOTED]
            return f"{message}\nReceived: {answer.status_code} {received}"
        return message


def from_error(event: NonFatalError, subject: Subject, target: Target) -> FailedCheck:
    """What kept an operation from being tested, such as a connection that the server closed."""
    operation = subject.operations.get(event.label)
    pointer = join("", *operation.pointer) if operation else ""
    return FailedCheck(
        check=NO_ANSWER,
        operation=operation.id if operation else event.label,
        cause=type(event.value).__name__,
        message=target.redact(event.info.format(base_url_is_set=True)),
        severity="critical",
        phase=event.phase.value if event.phase else "",
        place=subject.document.locate(pointer),
    )


def from_early_end(event: EngineFinished, subject: Subject) -> FailedCheck:
    """What ended the whole run before its time, such as a server that is no longer there."""
    message = "The run ended early; what comes after was not tested."
    return _of_the_run(subject, NO_ANSWER, event.stop_reason.value, message, "critical")


def from_end(event: EngineFinished, subject: Subject, target: Target) -> Iterator[FailedCheck]:
    """The failures of checks that look at the whole run."""
    for failure in event.failures:
        check = next(iter(failure.checks), failure.title)
        message = target.redact(failure.message)
        yield _of_the_run(subject, check, failure.title, message, failure.severity.value)


def from_no_success(subject: Subject) -> FailedCheck:
    """What makes all other checks worthless: the server refused whatever it was asked."""
    message = "No request was ever answered with 2xx: is the key right, and the base URL?"
    return _of_the_run(subject, NO_SUCCESS, "nothing succeeded", message, "critical")


def _of_the_run(
    subject: Subject, check: str, cause: str, message: str, severity: str
) -> FailedCheck:
    place = subject.document.locate("")
    return FailedCheck(check, "all", cause, message, severity, "", place)
