"""A failure of a model's endpoint is a line in the server's log: why, and nothing secret."""

import asyncio
import logging
import socket
from collections.abc import Iterator

import pytest

from completion_server.models import ModelError, Prompt, model_of
from completion_server.settings.models import OpenAICompatible
from tests.unit.server.chat_completions_server import (
    ChatCompletionsServer,
    chat_completions_server,
)

KEY = "sk-very-secret"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ChatCompletionsServer]:
    with chat_completions_server() as running:
        yield running


@pytest.fixture
def closed() -> str:
    """Give the URL of an endpoint where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


def lines_of(caplog: pytest.LogCaptureFixture, base_url: str, name: str) -> list[tuple[str, str]]:
    """Ask a model; gives level and text of what this server logged."""

    async def ask() -> None:
        fields = {"provider": "openai", "name": name, "base_url": base_url, "api_key": KEY}
        model = model_of(OpenAICompatible.model_validate(fields))
        try:
            async for _ in model.answer(Prompt("Say hello", "a user")):
                pass
        except ModelError:
            pass
        finally:
            await model.close()

    caplog.set_level(logging.INFO)
    asyncio.run(ask())
    ours = [it for it in caplog.records if it.name.startswith("completion_server")]
    return [(it.levelname, it.getMessage()) for it in ours]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("unauthorized", "InvokeAuthorizationError, status 401"),
        ("limited", "InvokeRateLimitError, status 429"),
        ("flood", "InvokeServerUnavailableError, status 500"),
        ("down", "InvokeServerUnavailableError, status 503"),
        ("echo", "InvokeBadRequestError, status 400"),
        ("echo-midway", "InvokeServerUnavailableError, an error in the answer"),
        ("limit-midway", "InvokeRateLimitError, an error in the answer"),
        ("cut", "InvokeConnectionError, The connection to the endpoint failed."),
        ("malformed", "InvokeServerUnavailableError, The endpoint sent malformed JSON."),
    ],
)
def test_a_failure_is_one_line_with_its_kind_and_reason(
    endpoint: ChatCompletionsServer, caplog: pytest.LogCaptureFixture, name: str, why: str
) -> None:
    assert [("WARNING", f"model {name}: {why}")] == lines_of(caplog, endpoint.base_url, name)


def test_a_refused_connection_is_told(closed: str, caplog: pytest.LogCaptureFixture) -> None:
    expected = "model any: InvokeConnectionError, The connection to the endpoint failed."
    assert [("WARNING", expected)] == lines_of(caplog, closed, "any")


def test_a_success_is_not_told(
    endpoint: ChatCompletionsServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert lines_of(caplog, endpoint.base_url, "good") == []
