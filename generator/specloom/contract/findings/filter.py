"""Which failures don't count: of texts right or wrong as sent, said twice, and expected ones.

Knows nothing of what becomes of the failures that stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import DelimitedValue, ParameterLocation
from schemathesis.core.transport import response_content_type
from schemathesis.openapi.checks import JsonSchemaError, RejectedPositiveData

from specloom.contract.answers.answer import Answer
from specloom.contract.exchanges.exchange import decode
from specloom.contract.exchanges.wire import as_exchange, as_request
from specloom.contract.requests.request_faults import is_form, is_text, request_faults
from specloom.event_stream import EVENT_STREAM
from specloom.media_types import essence

from .checks import ContractFailure
from .expectations import Failed

if TYPE_CHECKING:
    from schemathesis import Case, HookContext, Response
    from schemathesis.core.failures import Failure

    from specloom.contract.answers.subject import Subject
    from specloom.contract.requests.request_faults import RequestFault

    from .expectations import Expectations

_OF_CONTENT: Final = {"content_type_conformance", "response_schema_conformance"}


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
        if _is_of_what_is_not_said(self.subject, failure, case, response):
            return False
        faults = sent_faults(self.subject, failure, case, response)
        if not faults and _is_text_negated_in_body_alone(failure, case, response):
            return False
        if isinstance(failure, RejectedPositiveData) and (
            _has_empty_list(case) or _is_wrong_form(self.subject, case, response)
        ):
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
        request = {"body": body} if (body := _sent_value(response)) is not None else {}
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
    return request_faults(subject.schemas, operation, as_request(response.request))


def _sent_value(response: Response) -> Any:
    """The body of the request as a value, or as text; None if it is neither."""
    try:
        return decode(as_request(response.request))
    except ValueError:
        return None


def _is_said_by_event_check(failure: Failure, response: Response) -> bool:
    """Whether an event breaks its schema, which a check of ours says too, and says where."""
    of_stream = essence(response_content_type(response) or "") == EVENT_STREAM
    return isinstance(failure, JsonSchemaError) and of_stream


def _is_of_what_is_not_said(
    subject: Subject, failure: Failure, case: Case[Any], response: Response
) -> bool:
    """Whether no answer is documented, or content is missed where none can be."""
    operation = subject.operations[case.operation.label]
    if "status_code_conformance" in check_names(failure):
        return not operation.value.get("responses")
    exchange = as_exchange("", response, subject.locate(operation))
    is_empty = not response.content and not Answer(subject.schemas, operation, exchange).has_content
    return is_empty and not _OF_CONTENT.isdisjoint(check_names(failure))


def _has_empty_list(case: Case[Any]) -> bool:
    """Whether a list in the query is empty: sent joined, it looks like one empty text."""
    return any(isinstance(value, DelimitedValue) and not value for value in case.query.values())


def _is_wrong_form(subject: Subject, case: Case[Any], response: Response) -> bool:
    """Whether a form that was meant to be right isn't as it was sent: it has no empty lists."""
    request = as_request(response.request)
    if not case.operation.body:
        return False
    operation = subject.operations[case.operation.label]
    return is_form(request) and bool(request_faults(subject.schemas, operation, request))


def _is_text_negated_in_body_alone(failure: Failure, case: Case[Any], response: Response) -> bool:
    """Whether a form or XML was meant to be wrong, and nothing else was.

    schemathesis knows that a form carries only text, but can't tell for one with a file in it.
    """
    if not isinstance(failure, AcceptedNegativeData) or case.meta is None:
        return False
    negated = {place for place in ParameterLocation if case.meta.is_negative_at(place)}
    return negated == {ParameterLocation.BODY} and is_text(as_request(response.request))
