"""Trials of our own phases into events like schemathesis' own, so that its reports show them.

Knows nothing of how a trial was made.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import requests
from schemathesis.engine import Status, events
from schemathesis.engine.recorder import ReproductionStep, ScenarioRecorder

from specloom.contract.answers.operations import find_operation
from specloom.contract.exchanges.curl import curl
from specloom.contract.exchanges.wire import as_answer
from specloom.contract.findings.checks import ContractFailure
from specloom.contract.findings.failures import NO_ANSWER
from specloom.contract.findings.live_faults import as_documented

if TYPE_CHECKING:
    from schemathesis import BaseSchema, Case

    from specloom.contract.answers.fault import Fault
    from specloom.contract.answers.subject import Subject
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.transport.target import Target

    from .trial import Trial


class OwnPhase(str):
    """A phase that schemathesis has no name for."""

    __slots__ = ()

    @property
    def value(self) -> str:
        """The name."""
        return str(self)

    @property
    def display(self) -> str:
        """The name as a title."""
        return self.capitalize()


def as_event(
    trial: Trial, schema: BaseSchema, subject: Subject, target: Target
) -> events.ScenarioFinished:
    """A trial as the end of a scenario. The operation's id must be the document's."""
    label, _ = subject.named(trial.operation)
    recorder = ScenarioRecorder(label=label)
    cases = [
        _record(exchange, recorder, schema, subject, target, label) for exchange in trial.exchanges
    ]
    if not cases:
        cases = [_record_nothing(trial, recorder, schema, target, label)]
    last = cases[-1].id
    failing = {fault.check for fault in trial.faults}
    for check in dict.fromkeys(trial.checks):
        # Where no answer came, there was nothing to check.
        if not failing & {check, NO_ANSWER}:
            recorder.record_check_success(name=check, case_id=last)
    steps = [
        _step(case, exchange, target)
        for case, exchange in zip(cases, trial.exchanges, strict=False)
    ]
    for fault in trial.faults:
        _record_failure(fault, recorder, label, last, steps)
    return events.ScenarioFinished(
        id=uuid.uuid4(),
        phase=OwnPhase(trial.phase),  # type: ignore[arg-type]  # no member of the enum
        suite_id=uuid.uuid4(),
        label=label,
        status=Status.FAILURE if trial.faults else Status.SUCCESS,
        recorder=recorder,
        elapsed_time=sum(exchange.seconds for exchange in trial.exchanges),
        skip_reason=trial.skipped,
        is_final=True,
    )


def _record(  # noqa: PLR0913, PLR0917 - all that a case is made of
    exchange: Exchange,
    recorder: ScenarioRecorder,
    schema: BaseSchema,
    subject: Subject,
    target: Target,
    label: str,
) -> Case[Any]:
    addressed = find_operation(subject.tree, as_documented(subject.tree, target, exchange).request)
    own = next(
        (
            name
            for name, one in subject.operations.items()
            if addressed and one.id == addressed.operation.id
        ),
        label,
    )
    case = _case(
        schema, own, addressed.path if addressed else {}, addressed.query if addressed else {}
    )
    recorder.record_case(case=case)
    recorder.record_response(case_id=case.id, response=as_answer(exchange))
    return case


def _record_nothing(
    trial: Trial, recorder: ScenarioRecorder, schema: BaseSchema, target: Target, label: str
) -> Case[Any]:
    """A case that was skipped, or that got no answer: a failure must have a request at least."""
    case = _case(schema, label, {}, {})
    recorder.record_case(case=case)
    if trial.faults:
        method, _, path = label.partition(" ")
        sent = requests.Request(method, target.url + path).prepare()
        recorder.record_request(case_id=case.id, request=sent)
    return case


def _case(schema: BaseSchema, label: str, path: dict[str, str], query: dict[str, str]) -> Case[Any]:
    method, _, template = label.partition(" ")
    made: Case[Any] = schema[template][method].Case(path_parameters=path, query=query)
    return made


def _record_failure(
    fault: Fault,
    recorder: ScenarioRecorder,
    label: str,
    case_id: str,
    steps: list[ReproductionStep],
) -> None:
    recorder.record_check_failure(
        name=fault.check,
        case_id=case_id,
        code_sample=steps[-1].curl if steps else "",
        failure=ContractFailure(label, fault),
        steps=steps,
    )


def _step(case: Case[Any], exchange: Exchange, target: Target) -> ReproductionStep:
    return ReproductionStep(
        case_id=case.id,
        operation=case.operation.label,
        method=exchange.request.method,
        path=exchange.request.target.removeprefix(target.url),
        curl=curl(exchange.request, target),
    )
