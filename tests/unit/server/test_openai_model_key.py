"""The key of a model reaches its endpoint, and nothing else."""

import asyncio
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from completion_server.models import ModelError, Prompt, model_of
from completion_server.settings.models import OpenAICompatible
from tests.unit.server.chat_completions_server import (
    ChatCompletionsServer,
    chat_completions_server,
)

KEY = "sk-very-secret"
PROMPT = Prompt("Say hello", "a user")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatCompletionsServer]:
    with chat_completions_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


def settings(**fields: Any) -> OpenAICompatible:
    return OpenAICompatible(provider="openai", **({"name": "claude-x"} | fields))


async def ask(model_settings: OpenAICompatible) -> None:
    model = model_of(model_settings)
    try:
        async for _ in model.answer(PROMPT):
            pass
    finally:
        await model.close()


@pytest.mark.parametrize("key", [None, "", " ", "ключ", "a\nb"])
def test_without_a_key_it_answers_nothing(key: str | None) -> None:
    model_settings = settings(api_key=key)
    with pytest.raises(ModelError) as caught:
        model_of(model_settings).check()
    assert caught.value.kind == "ProviderTokenNotInitError"
    assert caught.value.message == "Model claude-x credentials is not initialized."
    with pytest.raises(ModelError, match="credentials"):
        asyncio.run(ask(model_settings))


def test_the_environment_may_hold_the_key(
    endpoint: ChatCompletionsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")
    more = {"name": "good", "base_url": endpoint.base_url, "api_key_variable": "MY_KEY"}
    asyncio.run(ask(settings(**more)))
    assert endpoint.headers[-1]["authorization"] == f"Bearer {KEY}"


def test_an_endpoint_that_needs_no_key_is_not_sent_the_one_around(
    endpoint: ChatCompletionsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model_settings = settings(name="good", base_url=endpoint.base_url, needs_key=False)
    model_of(model_settings).check()
    asyncio.run(ask(model_settings))
    assert "authorization" not in endpoint.headers[-1]


@pytest.mark.parametrize("name", ["echo", "echo-midway", "unauthorized", "cut", "good"])
def test_nothing_shows_the_key(
    endpoint: ChatCompletionsServer, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    model_settings = settings(name=name, base_url=endpoint.base_url, api_key=KEY)
    shown = [
        repr(model_settings),
        repr(model_of(model_settings)),
        repr(vars(model_of(model_settings))),
    ]
    try:
        asyncio.run(ask(model_settings))
    except ModelError as error:
        shown += [error.message, repr(error), "".join(traceback.format_exception(error))]
    assert endpoint.headers[-1]["authorization"] == f"Bearer {KEY}"
    assert caplog.text
    assert KEY not in "".join(shown) + caplog.text


def test_a_password_in_the_url_is_refused_and_not_shown() -> None:
    with pytest.raises(ValidationError, match="use api_key") as caught:
        settings(base_url=f"http://me:{KEY}@127.0.0.1/v1")
    assert KEY not in str(caught.value)


def test_an_endpoint_that_says_the_key_is_not_repeated(endpoint: ChatCompletionsServer) -> None:
    model_settings = settings(name="echo", base_url=endpoint.base_url, api_key=KEY)
    with pytest.raises(ModelError, match=r"^You sent Bearer \*\*\* Bearer \*\*\*") as caught:
        asyncio.run(ask(model_settings))
    assert len(caught.value.message) == 500
