"""Which failures don't count: of forms right as sent, those said twice, and expected ones.

Knows nothing of what becomes of the failures that stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import JsonSchemaError

from specloom.event_stream import EVENT_STREAM

from .checks import ContractFailure, as_response, sent_body, sent_value
from .expectations import Failed
from .request_faults import request_faults

if TYPE_CHECKING:
    from schemathesis import Case, HookContext, Response
    from schemathesis.core.failures import Failure

    from .expectations import Expectations
    from .request_faults import RequestFault
    from .subject import Subject


@dataclass(frozen=True, slots=True)
class FailureFilter:
    """Looks at each failure before it counts."""

    subject: Subject
    expectations: Expectations

    def keeps(
        self, context: HookContext, failure: Failure, case: Case[Any], response: Response
    ) -> bool:
        """Whether a failure is one. The signature is that of schemathesis' `filter_failure`."""
        del context
        if _is_said_by_event_check(failure, response):
            return False
        faults = sent_faults(self.subject, failure, case, response)
        if not faults and _is_form_negated_in_body_alone(failure, case, response):
            return False
        return not any(
            self.expectations.accept(failed)
            for failed in self._described(failure, case, response, faults)
        )

    def _described(
        self, failure: Failure, case: Case[Any], response: Response, faults: list[RequestFault]
    ) -> list[Failed]:
        operation = self.subject.operations[case.operation.label].id
        answer = response.text_lossy()
        request = {"body": body} if (body := sent_value(response)) is not None else {}
        return [
            Failed(operation, check, response.status_code, answer, request, faults)
            for check in check_names(failure)
        ]


def check_names(failure: Failure) -> tuple[str, ...]:
    """The checks that may have found a failure."""
    return (failure.check,) if isinstance(failure, ContractFailure) else failure.checks


def sent_faults(
    subject: Subject, failure: Failure, case: Case[Any], response: Response
) -> list[RequestFault]:
    """What is wrong with the body of a request that should have been refused, as it was sent."""
    if not isinstance(failure, AcceptedNegativeData) or not case.operation.body:
        return []
    operation = subject.operations[case.operation.label]
    return request_faults(subject.schemas, operation, sent_body(response))


def _is_said_by_event_check(failure: Failure, response: Response) -> bool:
    """Whether an event breaks its schema, which a check of ours says too, and says where."""
    of_stream = as_response(response).media_type == EVENT_STREAM
    return isinstance(failure, JsonSchemaError) and of_stream


def _is_form_negated_in_body_alone(failure: Failure, case: Case[Any], response: Response) -> bool:
    """Whether a form was meant to be wrong, and nothing else was.

    schemathesis knows that a form carries only text, but can't tell for one with a file in it.
    """
    if not isinstance(failure, AcceptedNegativeData) or case.meta is None:
        return False
    negated = {place for place in ParameterLocation if case.meta.is_negative_at(place)}
    return negated == {ParameterLocation.BODY} and sent_body(response).is_form
