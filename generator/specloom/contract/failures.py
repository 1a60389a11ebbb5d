"""What schemathesis found, scenario by scenario, into failed checks of ours.

Knows nothing of which of them are expected: those no longer come here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import JsonSchemaError, RejectedPositiveData

from specloom.document.pointer import join

from .checks import ContractFailure, as_response, sent_body
from .exchange import Exchange, Request
from .filter import sent_faults
from .findings import FailedCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case
    from schemathesis import Response as Answer
    from schemathesis.core.failures import Failure
    from schemathesis.engine.events import EngineFinished, NonFatalError, ScenarioFinished
    from schemathesis.engine.recorder import CheckFailureInfo

    from .subject import Subject
    from .target import Target

NO_ANSWER: Final = "answer"
"""The check that fails where no answer comes at all, or none that HTTP allows."""

_SHOWN: Final = 60


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
            answer = recorder.find_response(case_id=shown)
            if answer is not None:
                case = recorder.cases[shown].value
                make = _Maker(subject, target, event.phase.value)
                yield make.failed(node.name, info, case, answer)


class _Maker:
    """Makes failed checks of one phase."""

    def __init__(self, subject: Subject, target: Target, phase: str) -> None:
        self.subject = subject
        self.target = target
        self.phase = phase

    def failed(
        self, check: str, info: CheckFailureInfo, case: Case[Any], answer: Answer
    ) -> FailedCheck:
        operation = self.subject.operations[case.operation.label]
        steps = [step.curl for step in info.steps] or [info.code_sample]
        place = self.subject.document.locate(join("", *operation.pointer))
        return FailedCheck(
            check,
            operation.id,
            self.target.redact(self._cause(info.failure, case, answer)),
            self.target.redact(_message(info.failure, answer)),
            info.failure.severity.value,
            self.phase,
            place,
            tuple(self.target.redact(step) for step in steps),
            Exchange(
                case.operation.label,
                next(iter(answer.headers.get("x-version", [])), ""),
                _request(answer),
                as_response(answer),
                place,
            ),
        )

    def _cause(self, failure: Failure, case: Case[Any], answer: Answer) -> str:
        """What tells failures of one check apart; values that vary are left out."""
        if isinstance(failure, ContractFailure):
            return _without_numbers(failure.place or failure.message)
        if isinstance(failure, AcceptedNegativeData):
            faults = sent_faults(self.subject, failure, case, answer)
            places = {f"{_without_numbers(fault.pointer)} ({fault.type})" for fault in faults}
            return ", ".join(sorted(places)) or failure.title
        if isinstance(failure, JsonSchemaError):
            place = _without_numbers(join("", *failure.instance_path))
            return f"{place} breaks `{failure.schema_path[-1]}`" if failure.schema_path else place
        if isinstance(failure, RejectedPositiveData):
            return f"{answer.status_code} {_without_numbers(answer.text_lossy()[:_SHOWN])}"
        return f"{failure.title} {failure._unique_key}".strip()  # noqa: SLF001 - its identity


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
    return FailedCheck(
        check=NO_ANSWER,
        operation="all",
        cause=event.stop_reason.value,
        message="The run ended early; what comes after was not tested.",
        severity="critical",
        phase="",
        place=subject.document.locate(""),
    )


def _without_numbers(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "*", text)


def _message(failure: Failure, answer: Answer) -> str:
    if isinstance(failure, RejectedPositiveData):
        return f"{failure.message}\nReceived: {answer.status_code} {answer.text_lossy()[:500]}"
    return failure.message


def _request(answer: Answer) -> Request:
    sent = answer.request
    body = sent_body(answer).content.decode("utf-8", "replace")
    return Request(sent.method or "", sent.url or "", body or None)
