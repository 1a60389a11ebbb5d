"""The generated client reads every recorded answer of two real servers, in both flavours."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from dify_completion import (
    APIStatusError,
    StreamError,
    UnexpectedResponseError,
    models,
)
from tests.behaviour.client.flavours import Call, Client, stream

BASE_URL = "http://recorded.example/v1"
RECORDINGS = Path(__file__).parents[2] / "recordings"
ID = "9da23599-e713-473b-982c-4328d4f5c78a"

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
STRICT = each("strict", [True, False], ids=["strict", "tolerant"])


def label(exchange: Exchange) -> str:
    return exchange.label


def replayed(flavour: str, exchange: Exchange, *, strict: bool) -> Client:
    """Give a client that gets the recorded answer to whatever it asks."""
    transport = httpx2.MockTransport(exchange.respond)
    return Client(flavour, BASE_URL, transport=transport, strict=strict, max_retries=0)


def ask(flavour: str, exchange: Exchange, *, strict: bool = True) -> Any:
    """What the client makes of the answer to an ordinary call; binary answers as bytes."""
    assert exchange.call
    with replayed(flavour, exchange, strict=strict) as client:
        return client.call(exchange.call)


def events_of(flavour: str, exchange: Exchange, *, strict: bool = True) -> list[Any]:
    """The events of a recorded stream; one that reports an error comes last."""
    events: list[Any] = []
    with replayed(flavour, exchange, strict=strict) as client, client.stream(stream) as arriving:
        try:
            for event in arriving:
                events.append(event)  # noqa: PERF402 - what came before an error counts
        except StreamError as error:
            events.append(error.event)
    return events


def data_of(body: bytes) -> list[Any]:
    """The data of a stream's events, read in the plainest way."""
    lines = body.decode().split("\n")
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]


def text_of(events: list[Any]) -> str:
    """The text that a reader of the stream has in the end."""
    text = ""
    for event in events:
        if event["event"] == "message_replace":
            text = event["answer"]
        elif event["event"] == "message":
            text += event["answer"]
    return text


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


def test_nothing_recorded_is_left_out() -> None:
    kinds = (VALUES, STREAMS, AUDIO, NULLS, ERRORS)
    assert sum(map(len, kinds)) == len(DOCUMENTED)
    assert all(kinds)
    # The rest addresses no documented operation.
    assert len(ALL) - len(DOCUMENTED) == 8


@STRICT
@each("exchange", VALUES, ids=label)
def test_a_value_is_decoded_and_written_back_as_it_came(
    flavour: str, exchange: Exchange, caplog: pytest.LogCaptureFixture, *, strict: bool
) -> None:
    assert ask(flavour, exchange, strict=strict).to_wire() == exchange.json()
    assert warnings_in(caplog) == []


@STRICT
@each("exchange", STREAMS, ids=label)
def test_a_stream_is_decoded_event_by_event(
    flavour: str, exchange: Exchange, caplog: pytest.LogCaptureFixture, *, strict: bool
) -> None:
    events = events_of(flavour, exchange, strict=strict)
    assert [event.to_wire() for event in events] == data_of(exchange.body)
    assert warnings_in(caplog) == []


@each("exchange", STREAMS, ids=label)
def test_a_stream_is_collected_whole(flavour: str, exchange: Exchange) -> None:
    expected = data_of(exchange.body)
    with replayed(flavour, exchange, strict=True).with_options(on_error_event="yield") as client:
        whole = client.call(lambda client: stream(client).collect())
    assert [event.to_wire() for event in whole.events] == expected
    assert whole.text == text_of(expected)
    ends = (models.StreamEventMessageEnd, models.StreamEventError)
    assert whole.end == next(event for event in whole.events if isinstance(event, ends))


@each("exchange", AUDIO, ids=label)
def test_audio_is_bytes(flavour: str, exchange: Exchange) -> None:
    assert ask(flavour, exchange) == exchange.body


@each("exchange", NULLS, ids=label)
def test_null_where_audio_was_due_is_an_error_of_ours(flavour: str, exchange: Exchange) -> None:
    with pytest.raises(UnexpectedResponseError):
        ask(flavour, exchange)


@each("exchange", ERRORS, ids=label)
def test_a_refusal_is_an_error_with_its_code(flavour: str, exchange: Exchange) -> None:
    with pytest.raises(APIStatusError) as caught:
        ask(flavour, exchange)
    body = exchange.json()
    assert caught.value.status_code == exchange.status
    assert caught.value.code == (body["code"] if isinstance(body, dict) else None)
    assert caught.value.body == (exchange.body.decode() if body is None else body)
