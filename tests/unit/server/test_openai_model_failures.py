"""A model behind an OpenAI-compatible endpoint: how each misbehaviour is told, and bounded."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import aclosing

import httpx2
import pytest

from completion_server import App, ServerSettings, serve_settings
from completion_server.models import ModelError, Prompt, model_of, openai_compatible
from completion_server.settings.models import OpenAICompatible
from tests.unit.server.chat_completions_server import (
    ChatCompletionsServer,
    chat_completions_server,
)

PROMPT = Prompt("Say hello", "a user")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatCompletionsServer]:
    with chat_completions_server() as running:
        yield running


def settings(base_url: str, name: str, timeout: float = 5.0) -> OpenAICompatible:
    return OpenAICompatible.model_validate(
        {"provider": "openai", "name": name, "base_url": base_url, "api_key": "k"}
        | {"timeout": timeout}
    )


def failure(base_url: str, name: str, timeout: float = 5.0) -> tuple[list[str], ModelError]:
    """Give what came before the failure, and the failure."""
    given: list[str] = []

    async def ask() -> None:
        model = model_of(settings(base_url, name, timeout))
        try:
            async for part in model.answer(PROMPT):
                given.append(str(part))  # noqa: PERF401  # kept when it fails
        finally:
            await model.close()

    with pytest.raises(ModelError) as caught:
        asyncio.run(ask())
    return given, caught.value


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("unauthorized", "InvokeAuthorizationError", "Incorrect API key provided"),
        ("forbidden", "InvokeAuthorizationError", "Incorrect API key provided"),
        ("limited", "InvokeRateLimitError", "Slow down."),
        ("no-quota", "QuotaExceededError", "You exceeded your quota."),
        ("no-money", "QuotaExceededError", "Pay first."),
        ("no-model", "ModelCurrentlyNotSupportError", "The model does not exist."),
        ("no-path", "InvokeBadRequestError", "Not Found"),
        ("down", "InvokeServerUnavailableError", "The endpoint answered with status 503."),
        ("flood", "InvokeServerUnavailableError", "The endpoint answered with status 500."),
        ("nested", "InvokeServerUnavailableError", "The endpoint answered with status 500."),
        ("redirect", "InvokeBadRequestError", "The endpoint answered with status 307."),
        ("error-object", "InvokeBadRequestError", "Too much."),
        ("huge-whole", "InvokeServerUnavailableError", "The endpoint's answer is too large."),
        (
            "html",
            "InvokeServerUnavailableError",
            "The endpoint sent no event stream, or too much.",
        ),
    ],
)
def test_a_refusal_has_its_kind(
    endpoint: ChatCompletionsServer, name: str, kind: str, message: str
) -> None:
    given, error = failure(endpoint.base_url, name)
    assert ([], kind, message) == (given, error.kind, error.message)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("error-midway", "InvokeServerUnavailableError"),
        ("limit-midway", "InvokeRateLimitError"),
        ("ended-early", "InvokeConnectionError"),
        ("cut", "InvokeConnectionError"),
        ("malformed", "InvokeServerUnavailableError"),
        ("deep", "InvokeServerUnavailableError"),
        ("a-list", "InvokeServerUnavailableError"),
        ("long-line", "InvokeServerUnavailableError"),
    ],
)
def test_a_failure_midway_comes_after_what_was_said(
    endpoint: ChatCompletionsServer, name: str, kind: str
) -> None:
    given, error = failure(endpoint.base_url, name)
    assert (["Hello", " World"], kind) == (given, error.kind)


def test_a_message_is_shortened(endpoint: ChatCompletionsServer) -> None:
    _, error = failure(endpoint.base_url, "bad")
    assert error.kind == "InvokeBadRequestError"
    assert len(error.message) == 500
    assert error.message.startswith("A message is very very")


def test_a_silent_endpoint_is_given_up(endpoint: ChatCompletionsServer) -> None:
    started = time.monotonic()
    given, error = failure(endpoint.base_url, "silent", timeout=0.2)
    assert (given, error.kind) == (["Hello", " World"], "InvokeConnectionError")
    assert 0.2 <= time.monotonic() - started < 3


def test_an_endpoint_that_only_keeps_alive_is_left_when_the_generation_s_time_is_over(
    endpoint: ChatCompletionsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("completion_server.operations.generation.LONGEST_GENERATION", 0.3)
    endpoint.left.clear()
    app = App(name="Waiting", keys=("key",), model=settings(endpoint.base_url, "waiting"))
    body = {"inputs": {"query": "Say hello"}, "user": "u"}
    headers = {"Authorization": "Bearer key"}
    with serve_settings(ServerSettings(apps=(app,))) as base_url:
        answer = httpx2.post(f"{base_url}/completion-messages", json=body, headers=headers)
        assert endpoint.left.wait(5)
    assert answer.json()["answer"] == "Hello World"


def test_an_endless_answer_is_given_up(
    endpoint: ChatCompletionsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openai_compatible, "LONGEST_ANSWER", 50_000)
    given, error = failure(endpoint.base_url, "endless")
    assert error.kind == "InvokeServerUnavailableError"
    assert 40_000 <= len("".join(given)) <= 50_000


def test_nobody_listening_is_a_connection_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    _, error = failure(f"http://127.0.0.1:{port}", "any")
    assert error.kind == "InvokeConnectionError"


def test_an_endpoint_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        _, error = failure(f"http://127.0.0.1:{port}", "any", timeout=0.2)
    assert error.kind == "InvokeConnectionError"


def test_bytes_that_are_not_http_are_a_connection_error() -> None:
    async def ask() -> str:
        async def garble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"\0\1garbage\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(garble, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        model = model_of(settings(f"http://127.0.0.1:{port}", "any"))
        with pytest.raises(ModelError) as caught:
            await anext(model.answer(PROMPT))
        await model.close()
        server.close()
        await server.wait_closed()
        return caught.value.kind

    assert asyncio.run(ask()) == "InvokeConnectionError"


def test_closing_the_answer_lets_the_connection_go(endpoint: ChatCompletionsServer) -> None:
    endpoint.left.clear()

    async def leave() -> None:
        model = model_of(settings(endpoint.base_url, "waiting"))
        async with aclosing(model.answer(PROMPT)) as parts:
            assert await anext(parts) == "Hello"
        assert await asyncio.to_thread(endpoint.left.wait, 5)
        await model.close()

    asyncio.run(leave())


def test_cancelling_lets_the_connection_go(endpoint: ChatCompletionsServer) -> None:
    endpoint.left.clear()

    async def cancel() -> None:
        model = model_of(settings(endpoint.base_url, "waiting"))
        begun = asyncio.Event()

        async def read() -> None:
            async for _ in model.answer(PROMPT):
                begun.set()

        task = asyncio.create_task(read())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(endpoint.left.wait, 5)
        await model.close()

    asyncio.run(cancel())
