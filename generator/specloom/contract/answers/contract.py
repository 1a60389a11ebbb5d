"""An answer to an operation into what is wrong with it, check by check.

Holds answers to the effective document alone; knows nothing of known faults, nor of who asked.
What schemathesis checks too has schemathesis' name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from specloom.contract.exchanges.exchange import UnknownCharsetError, decode

from .answer import Answer
from .body_checks import BODY_CHECKS, UNDECLARED, Found
from .fault import Fault
from .framing import framing_faults
from .schemas import Schemas
from .selection import selection_fault
from .streams import event_errors, order_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specloom.contract.exchanges.exchange import Exchange

    from .operations import Operation


@dataclass
class Contract:
    """The effective document, ready to hold answers to."""

    tree: dict[str, Any]
    closed: bool = False
    """Whether fields that no schema declares are faults."""
    schemas: Schemas = field(init=False)

    def __post_init__(self) -> None:
        """Get the schemas ready."""
        self.schemas = Schemas(self.tree)

    def check(self, operation: Operation, exchange: Exchange) -> list[Fault]:
        """All that is wrong with an answer to an operation."""
        answer = Answer(self.schemas, operation, exchange)
        return [fault for name in self.checks for fault in self._faults(name, answer)]

    def check_by(self, name: str, operation: Operation, exchange: Exchange) -> list[Fault]:
        """What one check finds wrong with an answer."""
        return self._faults(name, Answer(self.schemas, operation, exchange))

    @property
    def checks(self) -> list[str]:
        """The names of the checks that are made."""
        return [name for name in CHECKS if self.closed or name != UNDECLARED]

    @staticmethod
    def _faults(name: str, answer: Answer) -> list[Fault]:
        return [Fault(name, *found) for found in dict.fromkeys(CHECKS[name](answer))]


def _server_error(answer: Answer) -> Iterator[Found]:
    if answer.response.status // 100 == 5:  # noqa: PLR2004 - RFC 9110 §15.6
        yield f"the server failed with {answer.response.status}", ""


def undocumented_status(status: int) -> str:
    """What is said of a status that no document has."""
    return f"status {status} is not documented"


def _status(answer: Answer) -> Iterator[Found]:
    """Where no answer is documented, any may come."""
    if answer.documented is None and answer.operation.value.get("responses"):
        yield undocumented_status(answer.response.status), ""


def _content_type(answer: Answer) -> Iterator[Found]:
    if answer.documented is None or answer.media is not None:
        return
    _, documented = answer.documented
    if (documented.get("content") and answer.has_content) or answer.response.body:
        sent = answer.response.media_type or "an answer without Content-Type"
        yield f"{sent} is not documented for status {answer.response.status}", ""


def _body(answer: Answer) -> Iterator[Found]:
    if answer.media is None or answer.is_stream or not answer.is_text:
        return
    try:
        body = decode(answer.response)
    except UnknownCharsetError:
        return
    except ValueError as error:
        yield f"not {answer.response.media_type}: {error}", ""
        return
    if answer.schema:
        of_formats = set(answer.schemas.format_errors(answer.schema, body))
        found = answer.schemas.errors(answer.schema, body)
        yield from (one for one in found if one not in of_formats)


def _framing(answer: Answer) -> Iterator[Found]:
    if answer.is_stream:
        for message in framing_faults(answer.response.body, whole=not answer.response.cut_short):
            yield message, ""


def _events(answer: Answer) -> Iterator[Found]:
    if answer.media and answer.is_framed:
        yield from event_errors(answer.schemas, answer.media[0], _text(answer))


def _order(answer: Answer) -> Iterator[Found]:
    if answer.is_stream and answer.response.cut_short:
        yield f"the stream had not ended after {answer.exchange.seconds:.0f} seconds", ""
    elif answer.media and answer.is_framed:
        for message in order_errors(answer.media[1], _text(answer)):
            yield message, ""


def _selection(answer: Answer) -> Iterator[Found]:
    is_success = answer.response.status // 100 == 2  # noqa: PLR2004 - RFC 9110 §15.3
    if not is_success or not answer.has_content:
        return
    request = answer.exchange.request
    try:
        sent = decode(request)
    except ValueError:
        return
    media_type = answer.response.media_type
    fault = selection_fault(answer.schemas, answer.operation, sent, media_type)
    if fault:
        yield fault, ""


def _challenge(answer: Answer) -> Iterator[Found]:
    """RFC 9110 §15.5.2 demands it of all; servers that leave it out are many, so the document."""
    if answer.response.status != 401 or answer.documented is None:  # noqa: PLR2004 - Unauthorized
        return
    documented = {name.lower() for name in answer.documented[1].get("headers", {})}
    if documented >= {"www-authenticate"} and not answer.response.headers.get("www-authenticate"):
        yield "the 401 has no WWW-Authenticate", ""


def _text(answer: Answer) -> str:
    return answer.response.body.decode("utf-8")


CHECKS: Final[Mapping[str, Callable[[Answer], Iterator[Found]]]] = {
    "not_a_server_error": _server_error,
    "status_code_conformance": _status,
    "content_type_conformance": _content_type,
    "response_schema_conformance": _body,
    "event_stream_framing": _framing,
    "event_stream_events": _events,
    "event_stream_order": _order,
    "stream_selection": _selection,
    "authentication_challenge": _challenge,
    **BODY_CHECKS,
}
"""Every check of an answer alone, by name."""
