"""Apps whose prompts an OpenAI-compatible endpoint answers: streamed through, failures as codes."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from completion_server import App, OpenAICompatible, ServerSettings, serve_settings
from tests.unit.server.chat_completions_server import (
    ChatCompletionsServer,
    chat_completions_server,
)

KEY = "sk-of-the-endpoint"
MODELS = (
    "good", "endless", "no-quota", "no-model", "limited", "unauthorized", "down", "error-midway",
    "ended-early",
)  # fmt: skip

Ask = Callable[..., httpx2.Response]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatCompletionsServer]:
    with chat_completions_server() as running:
        yield running


@pytest.fixture(scope="module")
def base_url(endpoint: ChatCompletionsServer) -> Iterator[str]:
    key = SecretStr(KEY)
    apps = [app_of(name, endpoint.base_url, api_key=key) for name in MODELS]
    nobody = "NO_SUCH_VARIABLE_OF_THIS_MACHINE"
    apps += [
        app_of("without-key", endpoint.base_url, api_key_variable=nobody),
        app_of("nowhere", "http://127.0.0.1:9/v1", api_key=key),
    ]
    with serve_settings(ServerSettings(apps=tuple(apps))) as address:
        yield address


def app_of(name: str, base_url: str, **fields: Any) -> App:
    model = {"provider": "openai", "name": name, "base_url": base_url, **fields}
    return App(name=name, keys=(f"key-{name}",), model=OpenAICompatible.model_validate(model))


@pytest.fixture(scope="module")
def ask(base_url: str) -> Iterator[Ask]:
    with httpx2.Client(base_url=base_url) as client:

        def post(app: str, mode: str = "blocking") -> httpx2.Response:
            body = {"inputs": {"query": "Say hello"}, "user": "u", "response_mode": mode}
            headers = {"Authorization": f"Bearer key-{app}"}
            return client.post("/completion-messages", json=body, headers=headers)

        yield post


def test_the_endpoint_s_answer_and_counts_are_the_app_s(
    ask: Ask, endpoint: ChatCompletionsServer
) -> None:
    answer = ask("good").json()
    assert answer["answer"] == "Hello World"
    usage = answer["metadata"]["usage"]
    assert (usage["prompt_tokens"], usage["completion_tokens"]) == (7, 2)
    sent = endpoint.bodies[-1]
    assert sent["messages"] == [{"role": "user", "content": "Say hello"}]
    assert endpoint.headers[-1]["authorization"] == f"Bearer {KEY}"


def test_words_are_streamed_through(ask: Ask) -> None:
    text = ask("good", "streaming").text
    assert text.index('"answer":"Hello"') < text.index('"answer":" World"')
    assert '"event":"message_end"' in text


@pytest.mark.parametrize(
    ("app", "code"),
    [
        ("no-quota", "provider_quota_exceeded"),
        ("no-model", "model_currently_not_support"),
        ("without-key", "provider_not_initialize"),
        ("limited", "completion_request_error"),
        ("unauthorized", "completion_request_error"),
        ("down", "completion_request_error"),
        ("nowhere", "completion_request_error"),
        ("error-midway", "completion_request_error"),
        ("ended-early", "completion_request_error"),
    ],
)
def test_a_failure_of_the_endpoint_has_a_documented_code(ask: Ask, app: str, code: str) -> None:
    blocking = ask(app)
    assert (blocking.status_code, blocking.json()["code"]) == (400, code)
    streamed = ask(app, "streaming")
    assert f'"code":"{code}"' in streamed.text
    assert KEY not in blocking.text + streamed.text


def test_a_stop_lets_the_endpoint_go(base_url: str, endpoint: ChatCompletionsServer) -> None:
    body = {"inputs": {"query": "x"}, "user": "u", "response_mode": "streaming"}
    headers = {"Authorization": "Bearer key-endless"}
    endpoint.left.clear()
    with (
        httpx2.Client(base_url=base_url, headers=headers) as client,
        client.stream("POST", "/completion-messages", json=body) as response,
    ):
        next(response.iter_raw())
    assert endpoint.left.wait(5)
