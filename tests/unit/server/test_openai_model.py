"""A model behind an OpenAI-compatible endpoint: what is asked, and what comes back."""

import asyncio
import base64
import time
from collections.abc import Iterator
from typing import Any

import pytest

from completion_server.models import Image, ModelError, Prompt, TokenCounts, model_of
from completion_server.settings.models import OpenAICompatible
from tests.unit.server.chat_completions_server import (
    ChatCompletionsServer,
    chat_completions_server,
)

KEY = "sk-very-secret"
PROMPT = Prompt("Say hello", "8f6d9a0e-0000-4000-8000-000000000001")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatCompletionsServer]:
    with chat_completions_server() as running:
        yield running


def settings(endpoint: ChatCompletionsServer, name: str, **more: Any) -> OpenAICompatible:
    fields = {"name": name, "base_url": endpoint.base_url, "api_key": KEY, **more}
    return OpenAICompatible(provider="openai", **fields)


async def answered(
    model_settings: OpenAICompatible, prompt: Prompt = PROMPT
) -> list[str | TokenCounts]:
    model = model_of(model_settings)
    try:
        return [part async for part in model.answer(prompt)]
    finally:
        await model.close()


def test_an_answer_is_streamed_through_with_its_counts(endpoint: ChatCompletionsServer) -> None:
    parts = asyncio.run(answered(settings(endpoint, "good")))
    assert parts == ["Hello", " World", TokenCounts(prompt=7, completion=2)]


@pytest.mark.parametrize(
    "name",
    [
        "without-usage",
        "odd-deltas",
        "crlf",
        "cr",
        "no-space",
        "two-lines",
        "odd-usage",
        "whole",
        "after-done",
    ],
)
def test_an_odd_endpoint_is_understood(endpoint: ChatCompletionsServer, name: str) -> None:
    parts = asyncio.run(answered(settings(endpoint, name)))
    assert "".join(part for part in parts if isinstance(part, str)) == "Hello World"


def test_an_answer_at_once_is_given_in_pieces(endpoint: ChatCompletionsServer) -> None:
    parts = asyncio.run(answered(settings(endpoint, "whole")))
    assert parts == ["Hello", " World", TokenCounts(prompt=7, completion=2)]


def test_counts_that_are_none_are_left_out(endpoint: ChatCompletionsServer) -> None:
    assert asyncio.run(answered(settings(endpoint, "odd-usage"))) == ["Hello", " World"]


def test_an_answer_ends_though_its_connection_lingers(endpoint: ChatCompletionsServer) -> None:
    started = time.monotonic()
    assert asyncio.run(answered(settings(endpoint, "lingering"))) == ["Hello", " World"]
    assert time.monotonic() - started < 3


def test_the_halves_of_an_emoji_are_joined(endpoint: ChatCompletionsServer) -> None:
    assert asyncio.run(answered(settings(endpoint, "halves"))) == ["😀"]


def test_the_request_says_what_the_settings_say(endpoint: ChatCompletionsServer) -> None:
    more = {"system_prompt": "Be kind.", "temperature": 0.5, "max_tokens": 9, "seed": 4}
    asyncio.run(answered(settings(endpoint, "good", **more)))
    assert endpoint.bodies[-1] == {
        "model": "good",
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Say hello"},
        ],
        "user": PROMPT.user,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
        "max_tokens": 9,
        "seed": 4,
    }
    assert endpoint.headers[-1]["authorization"] == f"Bearer {KEY}"


def test_what_is_not_set_is_not_sent(endpoint: ChatCompletionsServer) -> None:
    asyncio.run(answered(settings(endpoint, "good")))
    sent = set(endpoint.bodies[-1])
    assert sent == {"model", "messages", "user", "stream", "stream_options"}


def test_images_are_sent_as_data_urls(endpoint: ChatCompletionsServer) -> None:
    prompt = Prompt("look", "a user", (Image(b"\x89PNG", "image/png"),))
    asyncio.run(answered(settings(endpoint, "good"), prompt))
    url = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert endpoint.bodies[-1]["messages"][0]["content"] == [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": url}},
    ]


@pytest.mark.parametrize("text", ["\ud800", "\0", "😀" * 1000])
def test_any_text_can_be_asked(endpoint: ChatCompletionsServer, text: str) -> None:
    asyncio.run(answered(settings(endpoint, "good"), Prompt(text, "a user")))
    assert endpoint.bodies[-1]["messages"][0]["content"] == text


def test_answers_share_a_connection(endpoint: ChatCompletionsServer) -> None:
    async def ask_twice() -> None:
        model = model_of(settings(endpoint, "good"))
        for _ in range(2):
            assert [part async for part in model.answer(PROMPT)]
        await model.close()

    asyncio.run(ask_twice())
    assert endpoint.ports[-1] == endpoint.ports[-2]


def test_closed_twice_or_never_opened_is_fine(endpoint: ChatCompletionsServer) -> None:
    async def close_twice() -> None:
        model = model_of(settings(endpoint, "good"))
        await model.close()
        await model.close()

    asyncio.run(close_twice())


@pytest.mark.parametrize(
    "variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"]
)
@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "nonsense://x"])
def test_this_machine_is_reached_whatever_the_environment_says(
    endpoint: ChatCompletionsServer, monkeypatch: pytest.MonkeyPatch, variable: str, proxy: str
) -> None:
    monkeypatch.setenv(variable, proxy)
    assert len(asyncio.run(answered(settings(endpoint, "good")))) == 3


def test_a_proxy_that_cannot_be_used_is_a_failure_of_the_model(
    monkeypatch: pytest.MonkeyPatch, endpoint: ChatCompletionsServer
) -> None:
    monkeypatch.setenv("ALL_PROXY", "nonsense://x")
    elsewhere = settings(endpoint, "good", base_url="http://models.invalid/v1")
    with pytest.raises(ModelError, match="proxy") as caught:
        asyncio.run(answered(elsewhere))
    assert caught.value.kind == "InvokeConnectionError"


@pytest.mark.parametrize("base", ["{}", "{}/", "{}?version=2"])
def test_the_base_url_may_be_written_in_any_way(endpoint: ChatCompletionsServer, base: str) -> None:
    model_settings = settings(endpoint, "good", base_url=base.format(endpoint.base_url))
    assert len(asyncio.run(answered(model_settings))) == 3
