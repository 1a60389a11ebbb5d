"""What is rare in a document or in an answer breaks nothing, and is no false alarm."""

from __future__ import annotations

import json
from typing import Any

import pytest

from specloom.contract.answers.contract import Contract
from specloom.contract.answers.operations import find_operation
from specloom.contract.exchanges.exchange import Exchange, Request, Response, decode
from specloom.diagnostics import Location

STREAM = "text/event-stream"
DEEP = "[" * 5000 + "]" * 5000
DEEPER_THAN_IS_SHOWN = "[" * 300 + "]" * 300
JSON_DATA: dict[str, Any] = {
    "contentMediaType": "application/json",
    "contentSchema": {"properties": {"text": {"x-extensible-enum": ["rain"]}}},
}
PET: dict[str, Any] = {
    "application/json": {"schema": {"type": "object"}},
    "text/plain": {"schema": {"enum": ["Käse"]}},
}


def found(
    content: dict[str, Any], response: Response, method: str = "GET"
) -> list[tuple[str, str]]:
    """The checks that fail, and what they say, where the answers 2XX and 304 have some content."""
    documented = {"description": "", "content": content}
    return found_by({"responses": {"2XX": documented, "304": documented}}, response, method)


def found_by(
    operation: dict[str, Any], response: Response, method: str = "GET"
) -> list[tuple[str, str]]:
    document = {"openapi": "3.2.0", "paths": {"/pets": {method.lower(): operation}}}
    request = Request(method, "/pets")
    addressed = find_operation(document, request)
    assert addressed
    exchange = Exchange("", "", request, response, Location("recordings.jsonl"))
    faults = Contract(document, closed=True).check(addressed.operation, exchange)
    return [(fault.check, fault.message) for fault in faults]


def answer(content_type: str, body: bytes, status: int = 200) -> Response:
    return Response(status, headers={"content-type": content_type}, body=body)


@pytest.mark.parametrize(
    "media",
    [{}, {"itemSchema": True}, {"itemSchema": {"properties": {"data": True}}}],
    ids=["no item", "any item", "any data"],
)
def test_a_stream_of_which_little_is_said_has_only_its_framing_checked(media: Any) -> None:
    assert found({STREAM: media}, answer(STREAM, b"data: {}\n\n")) == []
    [(check, _)] = found({STREAM: media}, answer(STREAM, b"nothing: {}\n\n"))
    assert check == "event_stream_framing"


@pytest.mark.parametrize("operation", [{}, {"responses": {}}])
def test_where_no_answer_is_documented_any_may_come(operation: dict[str, Any]) -> None:
    assert found_by(operation, answer("text/plain", b"yes")) == []
    [(check, _)] = found_by(operation, answer("text/plain", b"no", 500))
    assert check == "not_a_server_error"


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_an_answer_that_can_have_no_content_needs_none(method: str, status: int) -> None:
    for content_type in ("application/json", ""):
        assert found(PET, answer(content_type, b"", status), method) == []


def test_any_other_answer_needs_its_content() -> None:
    assert [check for check, _ in found(PET, answer("application/json", b""))] == [
        "response_schema_conformance"
    ]


@pytest.mark.parametrize(
    ("charset", "sent"),
    [
        ("; charset=iso-8859-1", b"K\xe4se"),
        ('; Charset="ISO-8859-1"', b"K\xe4se"),
        ("; charset=utf-16", "Käse".encode("utf-16")),
        ("; charset=klingon", b"\xff\xff"),
        ("", "Käse".encode()),
    ],
)
def test_a_text_is_read_in_its_charset_and_let_be_in_an_unknown_one(
    charset: str, sent: bytes
) -> None:
    assert found(PET, answer(f"text/plain{charset}", sent)) == []


@pytest.mark.parametrize("charset", ["", "; charset=us-ascii", "; charset=utf-16"])
def test_a_text_that_is_not_of_its_charset_is_a_fault(charset: str) -> None:
    [(check, message)] = found(PET, answer(f"text/plain{charset}", b"K\xe4s"))
    assert (check, message[:15]) == ("response_schema_conformance", "not text/plain:")


def test_json_is_utf_8_whatever_its_charset() -> None:
    sent = json.dumps({"a": "ä"}, ensure_ascii=False).encode()
    assert found(PET, answer("application/json; charset=us-ascii", sent)) == []


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_is_no_json(constant: str) -> None:
    """Python's own reader takes it (RFC 8259 §6)."""
    said = f"{constant} is no JSON"
    sent = f'{{"text": {constant}}}'
    assert found(PET, answer("application/json", sent.encode())) == [
        ("response_schema_conformance", f"not application/json: {said}")
    ]
    assert found(*streamed(sent)) == [("event_stream_events", f"the data is no JSON: {said}")]


def test_half_a_character_in_an_event_is_shown_as_one_that_is_missing() -> None:
    """UTF-8, and so a report, can't hold it."""
    [(check, message)] = found(*streamed('{"text": "\\ud800"}'))
    assert (check, json.loads(message.split(" is ")[0])) == ("undocumented_values", "\ufffd")
    assert decode(answer("text/plain; charset=utf-7", b"+2AA-")) == "\ufffd"


def test_an_event_too_deep_to_be_read_is_told_so() -> None:
    said = "the data is no JSON: nested too deeply to be read"
    assert found(*streamed(DEEP)) == [("event_stream_events", said)]


def test_a_body_too_deep_to_be_shown_is_held_to_its_schema() -> None:
    said = "what is nested too deeply to be shown breaks the schema"
    body = DEEPER_THAN_IS_SHOWN.encode()
    assert found(PET, answer("application/json", body)) == [("response_schema_conformance", said)]
    anything = {"application/json": {"schema": {"type": "array"}}}
    assert found(anything, answer("application/json", body)) == []


def streamed(data: str) -> tuple[dict[str, Any], Response]:
    """A stream of JSON of which the order counts, and one with some data."""
    media = {"itemSchema": {"properties": {"data": JSON_DATA}}, "x-event-stream": {"constant": []}}
    return {STREAM: media}, answer(STREAM, f"data: {data}\n\n".encode())
