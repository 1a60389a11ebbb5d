"""What is wrong with a request is seen as it was sent, and expectations accept that and no more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from specloom.contract.answers.operations import Operation
from specloom.contract.answers.schemas import Schemas
from specloom.contract.answers.selection import selection_fault
from specloom.contract.exchanges.exchange import Request
from specloom.contract.findings.expectations import Expectations, Failed
from specloom.contract.plan.settings import Expectation
from specloom.contract.requests.request_faults import RequestFault, request_faults

SCHEMA = {
    "type": "object",
    "required": ["user"],
    "properties": {
        "user": {"type": "string"},
        "files": {"type": "array", "items": {"properties": {"id": {"type": "string"}}}},
        "mode": {"enum": ["now", "bit by bit"], "default": "now"},
        "size": {"type": "integer"},
        "file": {"type": "string", "format": "binary"},
    },
}
OPERATION: dict[str, Any] = {
    "operationId": "do",
    "x-stream-selector": {"field": "mode", "stream": "bit by bit", "json": "now"},
    "requestBody": {
        "content": {
            "application/json": {"schema": SCHEMA},
            "multipart/form-data": {"schema": SCHEMA},
            "application/x-www-form-urlencoded": {"schema": SCHEMA},
        }
    },
}
SCHEMAS = Schemas({"paths": {"/do": {"post": OPERATION}}})
POST = Operation("do", ("paths", "/do", "post"), OPERATION)


def sent(content_type: str, body: bytes) -> Request:
    return Request("POST", "/do", headers={"content-type": content_type}, body=body)


def as_json(value: Any) -> Request:
    return sent("application/json", json.dumps(value).encode())


def as_form(*parts: str) -> Request:
    body = "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
    return sent("multipart/form-data; boundary=b", f"{body}--b--\r\n".encode())


@pytest.mark.parametrize(
    ("value", "faults"),
    [
        ({"user": "x"}, []),
        ({}, [RequestFault("/body/user", "missing")]),
        ({"user": 7}, [RequestFault("/body/user", "integer")]),
        ({"user": "x", "files": [{"id": None}]}, [RequestFault("/body/files/0/id", "null")]),
        ([], [RequestFault("/body", "array")]),
    ],
)
def test_each_fault_of_a_json_body_has_a_place_and_a_type(
    value: Any, faults: list[RequestFault]
) -> None:
    assert faults == request_faults(SCHEMAS, POST, as_json(value))


@pytest.mark.parametrize(
    "body",
    [
        as_form('name="user"\r\n\r\n12'),
        as_form('name="user"\r\n\r\nx', 'name="size"\r\n\r\n12'),
        as_form('name="user"\r\n\r\n{}', 'name="file"; filename="a"\r\n\r\n\x00'),
        sent("application/x-www-form-urlencoded", b"user=1&size=2"),
    ],
)
def test_text_of_a_form_is_right_if_any_reading_of_it_is(body: Request) -> None:
    assert request_faults(SCHEMAS, POST, body) == []


def test_a_form_can_still_be_wrong() -> None:
    body = as_form('name="size"\r\n\r\nmany')
    expected = {RequestFault("/body/size", "string"), RequestFault("/body/user", "missing")}
    assert expected == set(request_faults(SCHEMAS, POST, body))


def test_what_is_no_json_and_what_is_undocumented_is_wrong_as_a_whole() -> None:
    whole = [RequestFault("/body", "string")]
    assert whole == request_faults(SCHEMAS, POST, sent("application/json", b"{"))
    assert whole == request_faults(SCHEMAS, POST, sent("text/plain", b"hello"))


def expectation(**fields: Any) -> Expectation:
    return Expectation(operation="do", check="c", status=200, reason="why not", **fields)


def failed(*faults: RequestFault, answer: str = "", request: Any = None) -> Failed:
    return Failed("do", "c", 200, answer, request, faults)


def test_an_expectation_covers_its_place_and_type_and_nothing_beside() -> None:
    user, file = RequestFault("/body/user", "integer"), RequestFault("/body/files/0/id", "null")
    numeric = expectation(at="/body/user", type=("integer",))
    files = expectation(at="/body/files/*")
    assert Expectations([numeric]).accept(failed(user))
    assert not Expectations([numeric]).accept(failed(RequestFault("/body/user", "null")))
    assert not Expectations([numeric]).accept(failed(user, file))
    assert Expectations([numeric, files]).accept(failed(user, file))
    assert not Expectations([numeric]).accept(failed())


def test_an_expectation_can_tell_by_the_answer_and_by_the_request() -> None:
    entry = expectation(answer="is needed$", request={"required": ["body"]})
    assert Expectations([entry]).accept(failed(answer="x is needed", request={"body": 1}))
    assert not Expectations([entry]).accept(failed(answer="x is needed", request={}))
    assert not Expectations([entry]).accept(failed(answer="crash", request={"body": 1}))


def test_another_status_check_or_operation_is_not_expected() -> None:
    entries = [expectation()]
    assert not Expectations(entries).accept(Failed("do", "c", 500, "", None, ()))
    assert not Expectations(entries).accept(Failed("do", "d", 200, "", None, ()))
    assert not Expectations(entries).accept(Failed("undo", "c", 200, "", None, ()))


def test_an_expectation_of_no_use_is_named() -> None:
    used, unused = expectation(at="/body/user"), expectation(at="/body/files")
    expectations = Expectations([used, unused])
    expectations.accept(failed(RequestFault("/body/user", "null")))
    assert [unused] == expectations.unused


@pytest.mark.parametrize(
    ("asked", "media_type"),
    [
        ({"mode": "now"}, "application/json"),
        ({"mode": "bit by bit"}, "text/event-stream"),
        ({}, "application/json"),
        ({"mode": None}, "text/event-stream"),
        ([], "text/event-stream"),
    ],
)
def test_an_answer_of_the_chosen_kind_is_right(asked: Any, media_type: str) -> None:
    assert selection_fault(SCHEMAS, POST, asked, media_type) is None


@pytest.mark.parametrize(
    ("asked", "media_type", "said"),
    [
        ({"mode": "now"}, "text/event-stream", "`mode` is 'now', which asks for JSON"),
        ({"mode": "bit by bit"}, "application/json", "`mode` is 'bit by bit', which asks for a"),
        ({}, "text/event-stream", "`mode` is left out, which asks for JSON"),
    ],
)
def test_an_answer_of_the_other_kind_is_wrong(asked: Any, media_type: str, said: str) -> None:
    fault = selection_fault(SCHEMAS, POST, asked, media_type)
    assert fault is not None
    assert fault.startswith(said)
