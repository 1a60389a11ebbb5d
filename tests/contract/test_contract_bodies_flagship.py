"""What the flagship's document says of bodies: real answers keep to it, faulty ones don't."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.config import load_config
from specloom.contract.answers.annotations import undocumented_values, unequal_values
from specloom.contract.answers.embedded_content import embedded_faults
from specloom.contract.answers.media_content import content_fault
from specloom.contract.answers.operations import find_operation
from specloom.contract.answers.schemas import Schemas
from specloom.contract.answers.undeclared import undeclared_fields
from specloom.contract.evidence.recordings import read_recordings
from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.diagnostics import Collector, Location
from specloom.document.pointer import join
from specloom.event_stream import parse_events
from specloom.pipeline import effective
from tests.server_process import running_completion_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
KEY = "app-key-of-this-test"

COMPLETION = ("POST", "/completion-messages", {"inputs": {"query": "Hi"}, "user": "u"})
STREAM = (*COMPLETION[:2], {**COMPLETION[2], "response_mode": "streaming"})
REFUSED = (*COMPLETION[:2], {"inputs": {}, "user": "u"})
FEEDBACKS = ("GET", "/app/feedbacks", None)
INFO = ("GET", "/info", None)
SITE = ("GET", "/site", None)
SPEECH = ("POST", "/text-to-audio", {"text": "Hello Dify", "user": "u"})
Call = tuple[str, str, Any]

MUTANTS = [
    ("body-status-differs", REFUSED, "unequal"),
    ("code-undocumented", REFUSED, "undocumented"),
    ("prompt-leaked", COMPLETION, "undeclared"),
    ("chunk-prompt-leaked", STREAM, "undeclared"),
    ("item-key-leaked", FEEDBACKS, "undeclared"),
    ("info-keys-leaked", INFO, "undeclared"),
    ("price-comma", COMPLETION, "format"),
    ("speech-no-base64", STREAM, "schema"),
    ("speech-text", STREAM, "content"),
    ("site-icon-url-relative", SITE, "schema"),
    ("audio-empty", SPEECH, "content"),
    ("audio-json", SPEECH, "content"),
    ("audio-text", SPEECH, "content"),
    ("audio-truncated", SPEECH, "content"),
    ("audio-without-start", SPEECH, "content"),
    ("audio-as-wav", SPEECH, "content"),
]


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    config = load_config(ROOT / "spec/completion", Collector())
    return Schemas(effective(config, Collector()).tree)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    options = ("--ephemeral", "--faults-by-header", "--api-key", KEY)
    headers = {"Authorization": f"Bearer {KEY}"}
    with (
        running_completion_server(*options) as server,
        httpx2.Client(base_url=server.base_url, headers=headers) as opened,
    ):
        message = opened.post(COMPLETION[1], json=COMPLETION[2]).json()["message_id"]
        opened.post(f"/messages/{message}/feedbacks", json={"rating": "like", "user": "u"})
        yield opened


def send(client: httpx2.Client, call: Call, **headers: str) -> httpx2.Response:
    method, path, body = call
    return client.request(method, path, json=body, headers=headers)


def faults(schemas: Schemas, exchange: Exchange) -> set[tuple[str, str]]:
    """Each kind of fault in an answer's body, and its place within the body or its event."""
    response = exchange.response
    found = {("content", "")} if content_fault(response.media_type, response.body) else set()
    media = documented_media(schemas, exchange)
    if media and response.media_type == "application/json":
        body = json.loads(response.body)
        found |= set(value_faults(schemas, join(media, "schema"), body, response.status))
    if media and response.media_type == "text/event-stream":
        data = join(schemas.follow(join(media, "itemSchema"))[0], "properties", "data")
        for event in parse_events(response.body.decode())[0]:
            if "data" in event:
                value = json.loads(event["data"])
                found |= set(value_faults(schemas, join(data, "contentSchema"), value, 200))
    return found


def documented_media(schemas: Schemas, exchange: Exchange) -> str | None:
    """The pointer to what the document says of the answer; None if it doesn't have it."""
    addressed = find_operation(schemas.tree, exchange.request)
    status = str(exchange.response.status)
    if addressed is None or status not in addressed.operation.value["responses"]:
        return None
    place = join("", *addressed.operation.pointer, "responses", status)
    pointer, response = schemas.follow(place)
    media_type = exchange.response.media_type
    is_documented = media_type in response.get("content", {})
    return join(pointer, "content", media_type) if is_documented else None


def value_faults(
    schemas: Schemas, pointer: str, value: Any, status: int
) -> Iterator[tuple[str, str]]:
    values = {"$statusCode": status}
    each = {
        "undeclared": undeclared_fields(schemas, pointer, value),
        "undocumented": undocumented_values(schemas, pointer, value),
        "unequal": unequal_values(schemas, pointer, value, values.__getitem__),
        "schema": schemas.errors(pointer, value),
        "format": schemas.format_errors(pointer, value),
        "content": embedded_faults(schemas, pointer, value),
    }
    for kind, found in each.items():
        yield from ((kind, place) for _, place in found)


def live_faults(schemas: Schemas, answer: httpx2.Response) -> set[tuple[str, str]]:
    request = Request(answer.request.method, answer.request.url.raw_path.decode())
    headers = {name.lower(): value for name, value in answer.headers.items()}
    response = Response(answer.status_code, headers=headers, body=answer.content)
    return faults(schemas, Exchange("live", "", request, response, Location("live")))


@pytest.mark.parametrize(("mutant", "call", "kind"), MUTANTS)
def test_a_fault_in_a_body_is_found(
    client: httpx2.Client, schemas: Schemas, mutant: str, call: Call, kind: str
) -> None:
    assert live_faults(schemas, send(client, call)) == set()
    found = live_faults(schemas, send(client, call, **{"X-Fault": mutant}))
    assert kind in {one for one, _ in found}


@pytest.mark.parametrize(
    ("mutant", "fault"),
    [
        ("file-path-leaked", ("undeclared", "/storage_path")),
        ("file-url-relative", ("schema", "/source_url")),
    ],
)
def test_a_fault_in_what_an_upload_answers_is_found(
    client: httpx2.Client, schemas: Schemas, mutant: str, fault: tuple[str, str]
) -> None:
    files = {"file": ("a.png", b"a", "image/png")}
    right = client.post("/files/upload", files=files, data={"user": "u"})
    headers = {"X-Fault": mutant}
    wrong = client.post("/files/upload", files=files, data={"user": "u"}, headers=headers)
    assert live_faults(schemas, right) == set()
    assert fault in live_faults(schemas, wrong)


def test_speech_as_wav_is_wav(client: httpx2.Client) -> None:
    answer = send(client, SPEECH, Accept="audio/wav")
    assert answer.headers["content-type"] == "audio/wav"
    assert content_fault("audio/wav", answer.content) is None
    assert content_fault("audio/wav", answer.content[:-1]) is not None


def recordings() -> Iterator[Exchange]:
    for version in ("1.4.1", "1.14.2"):
        path = ROOT / f"tests/recordings/recordings-{version}.jsonl"
        yield from read_recordings(path, version, Collector())


def test_what_real_servers_answered_is_what_the_document_says(schemas: Schemas) -> None:
    found = {
        (exchange.version, exchange.name, *fault)
        for exchange in recordings()
        for fault in faults(schemas, exchange)
    }
    assert found == set()
