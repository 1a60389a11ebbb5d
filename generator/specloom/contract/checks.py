"""Our checks, in the form in which schemathesis runs them on each answer.

What they look for is in `framing`, `streams` and `selection`; here the two are brought together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import schemathesis
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup, Severity
from schemathesis.core.transport import response_content_type

from specloom.event_stream import EVENT_STREAM

from .exchange import Response
from .framing import framing_faults
from .request_faults import SentBody, read_body
from .selection import selection_fault
from .violations import EVENT_ORDER, INVALID_EVENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemathesis import Case, CheckContext
    from schemathesis import Response as Answer

    from specloom.diagnostics import Rule

    from .operations import Operation
    from .subject import Subject

FRAMING: Final = "event_stream_framing"
EVENTS: Final = "event_stream_events"
ORDER: Final = "event_stream_order"
SELECTION: Final = "stream_selection"

Found = Iterable[tuple[str, str]]
"""What is wrong with an answer: messages, and where in it."""


class ContractFailure(Failure):
    """A failure of a check of ours; `place` is where in the answer."""

    __slots__ = ("check", "place")

    def __init__(self, check: str, operation: str, message: str, place: str = "") -> None:
        """Say what is wrong with an answer."""
        title = check.replace("_", " ").capitalize()
        super().__init__(operation=operation, title=title, message=message, severity=Severity.HIGH)
        self.check = check
        self.place = place

    @property
    def _unique_key(self) -> str:
        return f"{self.check} {self.place or self.message}"


def names() -> set[str]:
    """The names of all checks that a run makes of answers: schemathesis' own, and ours."""
    load_all_checks()
    return {*CHECKS.get_all_names(), *_FINDERS}


def register(subject: Subject) -> None:
    """Have schemathesis run our checks, for this document."""
    load_all_checks()
    for name, find in _FINDERS.items():
        _register(name, subject, find)


def _register(
    name: str, subject: Subject, find: Callable[[Subject, Operation, Answer], Found]
) -> None:
    def check(_context: CheckContext, answer: Answer, case: Case[Any]) -> bool | None:
        label = case.operation.label
        # A request with a method that the document doesn't have is no operation of it.
        if answer.request.method != label.partition(" ")[0]:
            return True
        found = dict.fromkeys(find(subject, subject.operations[label], answer))
        if found:
            raise FailureGroup([ContractFailure(name, label, *one) for one in found])
        return None

    check.__name__ = name
    schemathesis.check(check)


def _framing(_subject: Subject, _operation: Operation, answer: Answer) -> Iterator[tuple[str, str]]:
    if as_response(answer).media_type == EVENT_STREAM:
        for message in framing_faults(answer.content, whole=not answer.stream_cut_short):
            yield message, ""


def _events(subject: Subject, operation: Operation, answer: Answer) -> Found:
    return _in_stream(subject, operation, answer, INVALID_EVENT)


def _order(subject: Subject, operation: Operation, answer: Answer) -> Found:
    if answer.stream_cut_short:
        return [(f"the stream had not ended after {answer.elapsed:.0f} seconds", "")]
    return _in_stream(subject, operation, answer, EVENT_ORDER)


def _in_stream(subject: Subject, operation: Operation, answer: Answer, rule: Rule) -> Found:
    """What breaks a rule within a stream; one that is wrongly framed is read no further."""
    response = as_response(answer)
    if response.media_type != EVENT_STREAM or any(framing_faults(response.body)):
        return []
    found = subject.contract.check(operation, response)
    return [(one.message, one.pointer) for one in found if one.rule is rule]


def _selection(subject: Subject, operation: Operation, answer: Answer) -> Found:
    if answer.status_code // 100 != 2:  # noqa: PLR2004 - the class of success
        return []
    media_type = as_response(answer).media_type
    fault = selection_fault(subject.schemas, operation, sent_value(answer), media_type)
    return [(fault, "")] if fault else []


def sent_body(answer: Answer) -> SentBody:
    """The body of the request that was answered."""
    content: Any = answer.request.body or b""
    raw = content.encode() if isinstance(content, str) else bytes(content)
    content_type: Any = answer.request.headers.get("Content-Type", b"")
    if isinstance(content_type, bytes):
        content_type = content_type.decode("latin-1")
    return SentBody(content_type, raw)


def sent_value(answer: Answer) -> Any:
    """The same as a value, or as text; None if it is neither."""
    try:
        return read_body(sent_body(answer))
    except ValueError:
        return None


def as_response(answer: Answer) -> Response:
    """An answer of schemathesis as ours."""
    return Response(answer.status_code, response_content_type(answer) or "", answer.content or b"")


_FINDERS: Final = {FRAMING: _framing, EVENTS: _events, ORDER: _order, SELECTION: _selection}
