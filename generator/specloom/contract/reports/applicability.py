"""An operation into the checks that have nothing to look at in it, and why.

Knows only what the document says; nothing of what a run did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import join
from specloom.event_stream import EVENT_STREAM
from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject

_WORDS: Final = {
    "response_formats": "format",
    "undocumented_values": "x-extensible-enum",
    "equal_values": "x-equals",
}
"""The word of the document without which a check has nothing to look at."""


def inapplicable(subject: Subject) -> dict[tuple[str, str], str]:
    """Why a check can't fail, by the operation's id and the check."""
    linked, general = set(_linked(subject)), dict(_of_the_document(subject))
    return {
        (operation.id, check): reason
        for operation in subject.operations.values()
        for check, reason in (*general.items(), *_reasons(subject, operation, linked))
    }


def _of_the_document(subject: Subject) -> Iterator[tuple[str, str]]:
    """What holds for all operations."""
    words = set(_keys(subject.tree))
    for check, word in _WORDS.items():
        if word not in words:
            yield check, f"no `{word}` in the document"
    if not subject.closed:
        yield "undeclared_fields", "`[contract] undeclared_fields` doesn't ask for it"
    yield "object_level_authorization", "no second identity is set up for it"


def _keys(value: Any) -> Iterator[str]:
    """All keys of objects in a tree."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for child in value if isinstance(value, list) else ():
        yield from _keys(child)


def _reasons(subject: Subject, operation: Operation, linked: set[str]) -> Iterator[tuple[str, str]]:
    value = operation.value
    secured = value.get("security", subject.tree.get("security"))
    if not secured:
        for check in ("authentication", "authentication_challenge", "ignored_auth"):
            yield check, "the operation asks for no key"
    if operation.id not in linked:
        for check in ("use_after_free", "ensure_resource_availability"):
            yield check, "no link leads to the operation or from it"
    if "x-pagination" not in value:
        yield "paging", "no `x-pagination`"
    if "x-stream-selector" not in value:
        yield "stream_selection", "no `x-stream-selector`"
    parameters = _parameters(subject, operation)
    if not secured and not any(_is_required_header(one) for one in parameters):
        yield "missing_required_header", "no header is required"
    yield from _of_requests(operation, parameters)
    yield from _of_answers(subject, operation)


def _is_required_header(parameter: dict[str, Any]) -> bool:
    return parameter.get("in") == "header" and parameter.get("required") is True


def _of_requests(
    operation: Operation, parameters: list[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    if "requestBody" not in operation.value:
        for check in ("media_type_rejection", "malformed_body_rejection"):
            yield check, "the operation takes no body"
        if not parameters:
            yield "negative_data_rejection", "the operation takes nothing that could be wrong"


def _of_answers(subject: Subject, operation: Operation) -> Iterator[tuple[str, str]]:
    responses = list(_responses(subject, operation))
    types = {essence(key) for response in responses for key in response.get("content", {})}
    if EVENT_STREAM not in types:
        for check in ("event_stream_framing", "event_stream_events", "event_stream_order"):
            yield check, "no stream is documented"
        yield "stream_arrival", "no stream is documented"
        yield "stop_ends_stream", "no stream is documented"
    if not any(_is_binary(name) for name in types):
        yield "binary_content", "no binary answer is documented"
    if not any(response.get("headers") for response in responses):
        yield "response_headers_conformance", "no header is documented"


def _is_binary(media_type: str) -> bool:
    return not (is_json(media_type) or media_type.startswith("text/"))


def _responses(subject: Subject, operation: Operation) -> Iterator[dict[str, Any]]:
    for status in operation.value.get("responses", {}):
        pointer = join("", *operation.pointer, "responses", status)
        yield subject.schemas.follow(pointer)[1]


def _parameters(subject: Subject, operation: Operation) -> list[dict[str, Any]]:
    """The operation's own and its path's."""
    holders = (operation.pointer, operation.pointer[:-1])
    return [
        subject.schemas.follow(join("", *holder, "parameters", str(number)))[1]
        for holder in holders
        for number in range(len(subject.schemas.follow(join("", *holder))[1].get("parameters", ())))
    ]


def _linked(subject: Subject) -> Iterator[str]:
    """The ids of operations that a link leads from, or to."""
    for operation in subject.operations.values():
        for response in _responses(subject, operation):
            for link in response.get("links", {}).values():
                yield operation.id
                yield link.get("operationId", "")
