"""The generated client reads every recorded answer of two real servers, in both flavours."""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from dify_completion import (
    APIStatusError,
    AsyncDifyCompletion,
    DifyCompletion,
    StreamError,
    UnexpectedResponseError,
)

RECORDINGS = Path(__file__).parents[2] / "recordings"
ID = "9da23599-e713-473b-982c-4328d4f5c78a"

Call = Callable[[Any], Any]
CALLS: dict[tuple[str, str], Call] = {
    ("POST", "completion-messages"): lambda client: client.completion.create_completion_message(
        inputs={"query": "hi"}, user="abc-123"
    ),
    ("POST", "completion-messages/*/stop"): lambda client: client.completion.stop_generate(
        task_id=ID, user="abc-123"
    ),
    ("POST", "files/upload"): lambda client: client.files.upload_file(file=b"x", user="abc-123"),
    ("POST", "messages/*/feedbacks"): lambda client: client.feedback.post_message_feedback(
        message_id=ID, rating="like", user="abc-123"
    ),
    ("GET", "app/feedbacks"): lambda client: client.feedback.get_app_feedbacks(),
    ("POST", "text-to-audio"): lambda client: client.tts.text_to_audio(text="hi", user="abc-123"),
    ("GET", "info"): lambda client: client.application.get_app_info(),
    ("GET", "parameters"): lambda client: client.application.get_app_parameters(),
    ("GET", "site"): lambda client: client.application.get_web_app_settings(),
}


def stream(client: Any) -> Any:
    return client.completion.stream_completion_message(inputs={"query": "hi"}, user="abc-123")


class Exchange:
    """One recorded exchange, as far as the client's reading of it matters."""

    def __init__(self, version: str, line: str) -> None:
        recorded = json.loads(line)
        answer = recorded["response"]
        self.label = f"{version}-{recorded['name']}"
        self.call = CALLS.get(operation(recorded["request"]))
        self.status: int = answer["status"]
        self.headers = [
            (name, value)
            for name, value in answer["headers"]
            if name.lower() not in {"content-length", "transfer-encoding"}
        ]
        headers = {name.lower(): value for name, value in self.headers}
        self.media_type = headers.get("content-type", "")
        body = answer["body"]
        self.body = body["text"].encode() if "text" in body else base64.b64decode(body["base64"])

    def respond(self, _: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(self.status, headers=self.headers, content=self.body)

    def json(self) -> Any:
        """The body as JSON, or None."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def operation(request: dict[str, Any]) -> tuple[str, str]:
    """The method and the path of a request, ids replaced by a star."""
    parts = request["path"].partition("?")[0].removeprefix("/v1/").split("/")
    if parts[0] in {"completion-messages", "messages"} and len(parts) == 3:
        parts[1] = "*"
    return request["method"], "/".join(parts)


def recorded() -> Iterator[Exchange]:
    for version in ("1.4.1", "1.14.2"):
        text = (RECORDINGS / f"recordings-{version}.jsonl").read_text(encoding="utf-8")
        for line in text.split("\n"):
            if line:
                yield Exchange(version, line)


ALL = list(recorded())
DOCUMENTED = [exchange for exchange in ALL if exchange.call]
SUCCESSES = [exchange for exchange in DOCUMENTED if exchange.status < 300]
ERRORS = [exchange for exchange in DOCUMENTED if exchange.status >= 400]
STREAMS = [exchange for exchange in SUCCESSES if "event-stream" in exchange.media_type]
AUDIO = [exchange for exchange in SUCCESSES if exchange.media_type.startswith("audio/")]
NULLS = [exchange for exchange in SUCCESSES if exchange.body.strip() == b"null"]
VALUES = [item for item in SUCCESSES if item not in (*STREAMS, *AUDIO, *NULLS)]

each = pytest.mark.parametrize
FLAVOURS = each("flavour", ["sync", "async"])


def label(exchange: Exchange) -> str:
    return exchange.label


def ask(flavour: str, exchange: Exchange) -> Any:
    """What the client makes of the answer to an ordinary call; binary answers as bytes."""
    assert exchange.call
    if flavour == "sync":
        transport = httpx2.MockTransport(exchange.respond)
        with (
            httpx2.Client(transport=transport) as http,
            DifyCompletion(api_key="app-KEY", http_client=http, max_retries=0) as client,
        ):
            answer = exchange.call(client)
            return answer.read() if exchange in AUDIO else answer
    return asyncio.run(ask_async(exchange))


async def ask_async(exchange: Exchange) -> Any:
    assert exchange.call
    transport = httpx2.MockTransport(exchange.respond)
    async with (
        httpx2.AsyncClient(transport=transport) as http,
        AsyncDifyCompletion(api_key="app-KEY", http_client=http, max_retries=0) as client,
    ):
        answer = await exchange.call(client)
        return await answer.read() if exchange in AUDIO else answer


def events_of(flavour: str, exchange: Exchange) -> list[Any]:
    """The events of a recorded stream; one that reports an error comes last."""
    if flavour == "async":
        return asyncio.run(events_of_async(exchange))
    events: list[Any] = []
    transport = httpx2.MockTransport(exchange.respond)
    with (
        httpx2.Client(transport=transport) as http,
        DifyCompletion(api_key="app-KEY", http_client=http) as client,
        stream(client) as arriving,
    ):
        try:
            for event in arriving:
                events.append(event)  # noqa: PERF402 - what came before an error counts
        except StreamError as error:
            events.append(error.event)
    return events


async def events_of_async(exchange: Exchange) -> list[Any]:
    events: list[Any] = []
    transport = httpx2.MockTransport(exchange.respond)
    async with (
        httpx2.AsyncClient(transport=transport) as http,
        AsyncDifyCompletion(api_key="app-KEY", http_client=http) as client,
        stream(client) as arriving,
    ):
        try:
            async for event in arriving:
                events.append(event)  # noqa: PERF401 - what came before an error counts
        except StreamError as error:
            events.append(error.event)
    return events


def data_of(body: bytes) -> list[Any]:
    """The data of a stream's events, read in the plainest way."""
    lines = body.decode().split("\n")
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


def test_nothing_recorded_is_left_out() -> None:
    kinds = (VALUES, STREAMS, AUDIO, NULLS, ERRORS)
    assert sum(map(len, kinds)) == len(DOCUMENTED)
    assert all(kinds)
    # The rest addresses no documented operation.
    assert len(ALL) - len(DOCUMENTED) == 8


@FLAVOURS
@each("exchange", VALUES, ids=label)
def test_a_value_is_decoded_and_written_back_as_it_came(flavour: str, exchange: Exchange) -> None:
    assert ask(flavour, exchange).to_wire() == exchange.json()


@FLAVOURS
@each("exchange", STREAMS, ids=label)
def test_a_stream_is_decoded_event_by_event(flavour: str, exchange: Exchange) -> None:
    events = events_of(flavour, exchange)
    assert [event.to_wire() for event in events] == data_of(exchange.body)


@FLAVOURS
@each("exchange", AUDIO, ids=label)
def test_audio_is_bytes(flavour: str, exchange: Exchange) -> None:
    assert ask(flavour, exchange) == exchange.body


@FLAVOURS
@each("exchange", NULLS, ids=label)
def test_null_where_audio_was_due_is_an_error_of_ours(flavour: str, exchange: Exchange) -> None:
    with pytest.raises(UnexpectedResponseError):
        ask(flavour, exchange)


@FLAVOURS
@each("exchange", ERRORS, ids=label)
def test_a_refusal_is_an_error_with_its_code(flavour: str, exchange: Exchange) -> None:
    with pytest.raises(APIStatusError) as caught:
        ask(flavour, exchange)
    body = exchange.json()
    assert caught.value.status_code == exchange.status
    assert caught.value.code == (body["code"] if isinstance(body, dict) else None)
    assert caught.value.body == (exchange.body.decode() if body is None else body)
