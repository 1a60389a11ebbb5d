"""Inputs that break servers are tried one at a time, and what must be refused is held to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse, Response

from specloom.contract.answers.fault import Fault
from specloom.contract.answers.operations import Operation
from specloom.contract.answers.schemas import Schemas
from specloom.contract.findings.expectations import Expectations
from specloom.contract.phases.attempts import until_silent
from specloom.contract.phases.inputs import all_changes, try_inputs
from specloom.contract.phases.trial import Trial
from specloom.contract.plan.settings import Expectation
from specloom.contract.requests.bases import Base, find_base
from specloom.contract.requests.drafting import drafted
from specloom.contract.requests.limits import edges
from tests.contract.fixed_server import serve_fixed
from tests.contract.trying import flagship, flagship_sender, found, sender_to

if TYPE_CHECKING:
    from specloom.contract.transport.sender import Sender

# Only prose says these: see spec/completion/specloom.toml.
NULL_CONTENT = Expectation(
    "postMessageFeedback", "negative_data_rejection", 200, "as good as none", at="/body/content",
    type=("null",),
)  # fmt: skip


def tried(sender: Sender, name: str, *, quick: bool = False) -> list[Trial]:
    _, operation = flagship().named(name)
    base = find_base(flagship(), sender, operation)
    expectations = Expectations([NULL_CONTENT])
    return list(try_inputs(flagship(), sender, operation, base, expectations, quick=quick))


def test_nothing_is_found_wrong_with_a_server_that_is_right() -> None:
    with flagship_sender() as sender:
        names = ("postMessageFeedback", "uploadFile", "getAppFeedbacks", "getAppInfo")
        trials = [trial for name in names for trial in tried(sender, name)]
    assert [(trial.name, trial.faults) for trial in trials if trial.faults] == []


@pytest.mark.parametrize(
    ("fault", "operation", "check"),
    [
        ("crash-on-long-text", "postMessageFeedback", "not_a_server_error"),
        ("crash-on-unusual-unicode", "postMessageFeedback", "not_a_server_error"),
        ("crash-on-deep-json", "postMessageFeedback", "not_a_server_error"),
        ("crash-on-null-content", "postMessageFeedback", "not_a_server_error"),
        ("crash-on-numeric-form-field", "uploadFile", "not_a_server_error"),
        ("crash-on-empty-file", "uploadFile", "not_a_server_error"),
        ("crash-on-file-name", "uploadFile", "not_a_server_error"),
        ("crash-on-page-0", "getAppFeedbacks", "not_a_server_error"),
        ("media-type-ignored", "postMessageFeedback", "media_type_rejection"),
        ("array-accepted", "stopGenerate", "malformed_body_rejection"),
        ("limit-unbounded", "getAppFeedbacks", "negative_data_rejection"),
        ("paging-text-accepted", "getAppFeedbacks", "negative_data_rejection"),
    ],
)
def test_a_fault_is_found_by_the_few_that_are_tried_first(
    fault: str, operation: str, check: str
) -> None:
    with flagship_sender(fault) as sender:
        assert check in found(tried(sender, operation, quick=True))


def test_one_thing_is_changed_at_a_time_and_no_operation_is_asked_too_often() -> None:
    _, operation = flagship().named("createCompletionMessage")
    draft = drafted(flagship().schemas, operation)
    changes = list(all_changes(flagship(), operation, Base(draft, (), None)))
    assert len({change.name for change in changes}) == len(changes)
    for change in changes:
        if change.name.startswith("/user: ") and "surrogate" not in change.name:
            sent = json.loads(change.request.body)
            assert {**sent, "user": draft.value["user"]} == draft.value


def test_what_was_expected_is_no_fault_and_the_same_elsewhere_is() -> None:
    with flagship_sender() as sender:
        _, operation = flagship().named("postMessageFeedback")
        base = find_base(flagship(), sender, operation)
        trials = try_inputs(flagship(), sender, operation, base, Expectations([]))
        assert [trial.name for trial in trials if trial.faults] == ["/content: null"]


def test_a_value_at_its_limit_must_be_accepted() -> None:
    assert refusing_limit("101") == ["positive_data_acceptance"]


def test_a_server_that_refuses_everything_now_is_not_blamed_for_the_limit() -> None:
    assert refusing_limit("101", then_all=True) == []


def refusing_limit(limit: str, *, then_all: bool = False) -> list[str]:
    """The checks that fail where a limit is refused, and perhaps all that comes after."""
    refused = False

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal refused
        query = scope["query_string"].decode()
        wrong = any(text in query for text in ("page=0", "limit=0", "abc", "=102", "000"))
        refused = f"limit={limit}" in query or (refused and then_all)
        error = {"code": "invalid_param", "message": "No.", "status": 400}
        answer = JSONResponse(error, 400) if wrong or refused else JSONResponse({"data": []})
        await answer(scope, receive, send)

    with serve_fixed(app) as url, sender_to(url, flagship()) as sender:
        trials = tried(sender, "getAppFeedbacks")
    return [fault.check for trial in trials for fault in trial.faults]


def test_a_server_that_takes_any_body_for_a_good_one_is_told_of_each_kind() -> None:
    accepting = JSONResponse({"result": "success"})
    with serve_fixed(accepting) as url, sender_to(url, flagship()) as sender:
        checks = found(tried(sender, "stopGenerate"))
    assert checks == {
        "malformed_body_rejection", "media_type_rejection", "negative_data_rejection",
    }  # fmt: skip


def test_a_server_that_closes_the_connection_is_not_asked_on_and_on() -> None:
    def trials() -> Any:
        for number in range(9):
            yield Trial("inputs", "a", str(number), faults=(Fault("answer", "closed"),))

    assert len(list(until_silent(trials()))) == 2


def test_a_base_that_got_no_answer_is_one_trial() -> None:
    with sender_to("http://127.0.0.1:9", flagship()) as sender:
        assert [trial.name for trial in tried(sender, "getAppFeedbacks")] == ["as documented"]


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 9}, [1, 0, 9, 10]),
        ({"type": "string", "maxLength": 2}, ["aa", "aaa"]),
        ({"type": "string", "maxLength": 2, "format": "uuid"}, []),
        ({"type": "array", "minItems": 1, "items": {"const": 0}}, [[0], []]),
    ],
)
def test_limits_have_a_value_at_each_edge_and_one_past_it(
    schema: dict[str, Any], values: list[Any]
) -> None:
    assert [value for _, value in edges(Schemas({"schema": schema}), "/schema")] == values


def test_a_body_of_no_known_media_type_is_left_alone() -> None:
    body = {"content": {"application/x-unheard-of": {"schema": {"type": "object"}}}}
    operation = Operation("a", ("paths", "/a", "post"), {"requestBody": body})
    with serve_fixed(Response()) as url, sender_to(url, flagship()) as sender:
        trials = list(try_inputs(flagship(), sender, operation, None, Expectations([])))
    assert [trial.skipped for trial in trials] == ["no request can be made from the document"]
