"""A failure into the part of the document that it goes against.

Knows nothing of how the document or the failure is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.contract.answers.answer import Answer
from specloom.document.pointer import join

if TYPE_CHECKING:
    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.findings.findings import FailedCheck

_OF_REQUESTS: Final = {
    "negative_data_rejection",
    "positive_data_acceptance",
    "missing_required_header",
    "media_type_rejection",
    "malformed_body_rejection",
}
OF_SECURITY: Final = {"authentication", "authentication_challenge", "ignored_auth"}
_OF_STATUS: Final = {"status_code_conformance", "not_a_server_error"}
_OF_BODIES: Final = {
    "response_schema_conformance",
    "response_formats",
    "undeclared_fields",
    "undocumented_values",
    "equal_values",
    "binary_content",
    "event_stream_events",
    "event_stream_order",
    "event_stream_framing",
}


def spoken_place(subject: Subject, failure: FailedCheck) -> str | None:
    """The pointer to what the document says of it; the operation's if it says nothing closer.

    None for a failure of the whole run.
    """
    found = [one for one in subject.operations.values() if one.id == failure.operation]
    if not found:
        return None
    operation = found[0]
    part = _part(failure.check, operation)
    if part == "responses":
        return _nearest_status(operation, failure)
    if part is not None:
        return join("", *operation.pointer, part)
    if failure.check in OF_SECURITY and "security" in subject.tree:
        return "/security"
    if failure.exchange is None:
        return failure.place.pointer
    return _of_answer(Answer(subject.schemas, operation, failure.exchange), failure)


def _nearest_status(operation: Operation, failure: FailedCheck) -> str:
    """The status that was documented instead, of the same class if there is one.

    All of them may stand in another place: an overlay can have replaced the one that came.
    """
    place = join("", *operation.pointer, "responses")
    sent = str(failure.exchange.response.status)[:1] if failure.exchange else ""
    like = [status for status in operation.value["responses"] if status[:1] == sent]
    return join(place, min(like)) if like else place


def _part(check: str, operation: Operation) -> str | None:
    """The field of the operation that a check is about, if that can be told without an answer."""
    wanted = {
        **dict.fromkeys(_OF_REQUESTS, ("requestBody", "parameters")),
        **dict.fromkeys(OF_SECURITY, ("security",)),
        **dict.fromkeys(_OF_STATUS, ("responses",)),
        "stream_selection": ("x-stream-selector",),
        "paging": ("x-pagination",),
    }.get(check, ())
    return next((name for name in wanted if name in operation.value), None)


def _of_answer(answer: Answer, failure: FailedCheck) -> str:
    if failure.check in _OF_BODIES and answer.media is not None:
        pointer, media = answer.media
        ordered = failure.check == "event_stream_order"
        names = (*(("x-event-stream",) if ordered else ()), "itemSchema", "schema")
        part = next((name for name in names if name in media), None)
        return answer.schemas.follow(join(pointer, part))[0] if part else pointer
    if failure.check in {*_OF_BODIES, "content_type_conformance", "response_headers_conformance"}:
        return answer.documented[0] if answer.documented else failure.place.pointer
    return failure.place.pointer
