"""A completion in one body: what it holds, what it costs, what it refuses."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server import Embedded
from completion_server.models import TokenCounts
from completion_server.operations.usage import usage

Ask = Callable[..., httpx2.Response]


def test_the_answer_is_as_recorded(ask: Ask) -> None:
    response = ask("Hello, world!")
    body = response.json()
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["x-version"] == "1.14.2"
    assert list(body) == [
        "event", "task_id", "id", "message_id", "mode", "answer", "metadata", "created_at",
    ]  # fmt: skip
    assert body["answer"] == "Hello World! I'm glad to meet you."
    assert body["id"] == body["message_id"]
    measured = body["metadata"]["usage"].pop("latency")
    assert 0 < measured < 5
    assert body["metadata"] == {
        "annotation_reply": None,
        "retriever_resources": [],
        "usage": {
            "prompt_tokens": 3,
            "prompt_unit_price": "0.001",
            "prompt_price_unit": "0.001",
            "prompt_price": "0.0000030",
            "completion_tokens": 10,
            "completion_unit_price": "0.002",
            "completion_price_unit": "0.001",
            "completion_price": "0.0000200",
            "total_tokens": 13,
            "total_price": "0.0000230",
            "currency": "USD",
            "time_to_first_token": None,
            "time_to_generate": None,
        },
    }


def test_the_answer_uses_the_query(ask: Ask) -> None:
    assert "three blind mice" in ask("three blind mice").json()["answer"]


def test_the_model_answers_the_same_twice(ask: Ask) -> None:
    assert ask("Why?").json()["answer"] == ask("Why?").json()["answer"]


@given(prompt=st.integers(0, 10**9), completion=st.integers(0, 10**9))
def test_prices_add_up_exactly(prompt: int, completion: int) -> None:
    priced = usage(Embedded(), TokenCounts(prompt, completion), 0.0)
    parts = Decimal(priced["prompt_price"]) + Decimal(priced["completion_price"])
    assert parts == Decimal(priced["total_price"])


@pytest.mark.parametrize("mode", [None, "blocking"])
def test_an_omitted_response_mode_means_blocking(ask: Ask, mode: str | None) -> None:
    assert ask(response_mode=mode).json()["event"] == "message"


def test_a_numeric_user_is_the_same_user_as_its_text(ask: Ask, client: httpx2.Client) -> None:
    message_id = ask(user=42).json()["message_id"]
    rated = client.post(f"/messages/{message_id}/feedbacks", json={"rating": "like", "user": "42"})
    assert rated.status_code == 200


def test_unknown_inputs_are_dropped(ask: Ask) -> None:
    assert ask(inputs={"query": "Hello", "zzz": {"deep": [1]}}).status_code == 200


def test_an_empty_query_passes(ask: Ask) -> None:
    assert ask("").status_code == 200


def test_files_are_ignored_without_vision(ask: Ask) -> None:
    assert ask(files=[{"nonsense": 1}]).status_code == 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"user": None}, "Arg user must be provided."),
        ({"user": ""}, "Arg user must be provided."),
        ({"user": ["abc-123"]}, "Arg user must be a string."),
        ({"user": True}, "Arg user must be a string."),
        ({"inputs": {}}, "query is required in input form"),
        ({"inputs": {"query": None}}, "query is required in input form"),
        ({"inputs": {"query": 5}}, "(type 'paragraph') query in input form must be a string"),
    ],
)
def test_a_bad_argument_is_refused(ask: Ask, change: dict[str, Any], message: str) -> None:
    response = ask(**change)
    assert response.status_code == 400
    assert response.json() == {"code": "invalid_param", "message": message, "status": 400}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"inputs": None}, "inputs\n  Field required [type=missing"),
        ({"inputs": "hi"}, "inputs\n  Input should be a valid dictionary [type=dict_type"),
        ({"files": {"type": "image"}}, "files\n  Input should be a valid list [type=list_type"),
        ({"files": [1]}, "files.0\n  Input should be a valid dictionary [type=dict_type"),
        ({"response_mode": "sse"}, "Input should be 'blocking' or 'streaming'"),
    ],
)
@pytest.mark.parametrize("mode", ["blocking", "streaming"])
def test_a_malformed_field_is_refused_in_both_modes(
    ask: Ask, mode: str, change: dict[str, Any], complaint: str
) -> None:
    response = ask(**{"response_mode": mode, **change})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json"
    assert response.json()["code"] == "invalid_param"
    assert complaint in response.json()["message"]


def test_a_failure_of_the_provider_is_a_400(ask: Ask) -> None:
    response = ask("[[error:InvokeRateLimitError]]")
    assert response.status_code == 400
    assert response.json() == {
        "code": "completion_request_error",
        "message": "stub says InvokeRateLimitError",
        "status": 400,
    }


def test_a_wrong_provider_key_is_told(ask: Ask) -> None:
    message = ask("[[error:InvokeAuthorizationError]]").json()["message"]
    assert message == "Incorrect API key provided"


def test_an_unforeseen_failure_is_an_invalid_param(ask: Ask) -> None:
    response = ask("[[error:SomethingElse]]")
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_param"


def test_moderation_replaces_what_goes_in_and_comes_out(
    ask: Ask, client_of: Callable[[str], httpx2.Client]
) -> None:
    by = client_of("Moderated")
    blocked = ask("a BadWord", by=by).json()
    assert blocked["answer"] == "INPUT BLOCKED"
    assert blocked["metadata"]["usage"]["total_price"] == "0.0"
    assert ask("[[moderate]]", by=by).json()["answer"] == "OUTPUT BLOCKED"
    assert ask("Hello", by=by).json()["answer"] == "Hello World! I'm glad to meet you."


def test_speech_does_not_change_the_answer(
    ask: Ask, client_of: Callable[[str], httpx2.Client]
) -> None:
    answer = ask("Hello", by=client_of("AutoPlay")).json()["answer"]
    assert answer == "Hello World! I'm glad to meet you."
