"""The call that is shown for a request makes the generated client send that very request."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from dify_completion import DifyCompletion
from dify_completion._runtime.errors import APIError
from specloom import pipeline
from specloom.config import load_config
from specloom.contract.exchanges.exchange import Request
from specloom.diagnostics import Collector
from specloom.emit.client_calls import client_calls
from specloom.emit.multipart import parts
from specloom.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = Path(__file__).parents[2] / "spec" / "completion"
BASE = "http://127.0.0.1/v1"
KEY = {"authorization": "Bearer [redacted]"}
JSON = {**KEY, "content-type": "application/json"}


@pytest.fixture(scope="module")
def call() -> Callable[[Request], str | None]:
    collector = Collector()
    config = load_config(SPEC, collector)
    normal = pipeline.normalized(config, collector)
    return client_calls(translate(normal, config.client, collector), normal.tree)


def sent_by(code: str) -> httpx2.Request:
    """What the generated client sends for a call."""
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        request.read()
        sent.append(request)
        return httpx2.Response(418)

    client = DifyCompletion("key", BASE, transport=httpx2.MockTransport(answer), max_retries=0)
    with client, suppress(APIError):
        eval(code, {"client": client})  # noqa: S307 - it is the code that is tested
    return sent[0]


def posted(path: str, value: Any) -> Request:
    return Request("POST", path, headers=JSON, body=json.dumps(value).encode())


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/info", headers=KEY),
        Request("GET", "/app/feedbacks?page=2&limit=50", headers=KEY),
        Request("GET", "/app/feedbacks?page=0&limit=many", headers=KEY),
        Request("GET", "/app/feedbacks?page=1&new=a%20b&new=c&%E2%80%AE=%22", headers=KEY),
        Request("GET", "/app/feedbacks?page=", headers=KEY),
    ],
    ids=lambda request: request.target,
)
def test_a_query_is_sent_again(call: Callable[[Request], str | None], request_: Request) -> None:
    code = call(request_)
    assert code
    sent, wanted = sent_by(code), urlsplit(request_.target)
    assert (sent.method, sent.url.path) == ("GET", f"/v1{wanted.path}")
    pairs = parse_qsl(sent.url.query.decode(), keep_blank_values=True)
    assert sorted(pairs) == sorted(parse_qsl(wanted.query, keep_blank_values=True))


BODY = {"inputs": {"query": 'it\'s "so" \u202e\x00'}, "user": "u"}
FEEDBACK = "/messages/m%20%2F1/feedbacks"
CREATE = "/completion-messages"
STOP = "/completion-messages/t/stop"


@pytest.mark.parametrize(
    ("path", "value", "method"),
    [
        (CREATE, {**BODY, "response_mode": "blocking"}, "create_completion_message"),
        (CREATE, {**BODY, "response_mode": "streaming"}, "stream_completion_message"),
        (CREATE, {**BODY, "response_mode": None}, "create_completion_message"),
        (CREATE, {**BODY, "response_mode": "blocking", "user": 5}, "extra_body"),
        (CREATE, {**BODY, "response_mode": "blocking", "files": 1}, "extra_body"),
        (CREATE, {**BODY, "response_mode": "blocking", "x y": [1.5]}, "extra_body"),
        (FEEDBACK, {"user": "u", "rating": "like", "content": "x" * 200}, "feedback."),
        (FEEDBACK, {"user": "u", "rating": None}, "rating=None"),
        (FEEDBACK, {"user": "u", "rating": "best"}, "extra_body"),
        (STOP, {"user": "u"}, "completion.stop_generate"),
        (STOP, {"user": {"a": []}}, "extra_body"),
    ],
)  # fmt: skip
def test_a_body_is_sent_again(
    call: Callable[[Request], str | None], path: str, value: Any, method: str
) -> None:
    code = call(posted(path, value))
    assert code
    assert method in code
    sent = sent_by(code)
    assert sent.url.raw_path.decode() == f"/v1{path}"
    assert json.loads(sent.content) == value


UPLOAD = (
    b'--x\r\nContent-Disposition: form-data; name="user"\r\n\r\n%s\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\'b.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\r\n--\x00\xff\r\n\r\n--x--\r\n"
)


@pytest.mark.parametrize("user", [b"u", b"5", b"null", b"\xc3\xa9 \xe4\xb8\xad"])
def test_an_upload_is_sent_again(call: Callable[[Request], str | None], user: bytes) -> None:
    kind = "multipart/form-data; boundary=x"
    headers = {**KEY, "content-type": kind}
    code = call(Request("POST", "/files/upload", headers=headers, body=UPLOAD % user))
    assert code
    sent = sent_by(code)
    found = {part.name: part for part in parts(sent.headers["content-type"], sent.content)}
    wanted = {part.name: part for part in parts(kind, UPLOAD % user)}
    assert found["file"] == wanted["file"]
    assert found["user"].content == wanted["user"].content


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/nowhere", headers=KEY),
        Request("PATCH", "/info", headers=KEY),
        Request("GET", "/info"),
        posted("/completion-messages", {"inputs": {}, "response_mode": "blocking"}),
        posted("/completion-messages", BODY),
        posted("/completion-messages", [BODY]),
        posted("/completion-messages/../stop", {"user": "u"}),
        posted(STOP, {"user": "\ud800"}),
        posted(STOP, {"user": "u", "more": "\ud800"}),
        posted(STOP, {"user": "x" * 5000}),
        Request("POST", STOP, headers=JSON, body=b'{"user": "u"'),
        Request("POST", STOP, headers=JSON, body=b'{"user": "u", "x": NaN}'),
        Request("POST", STOP, headers=JSON, body=b"[" * 100_000),
        Request("POST", STOP, headers={**KEY, "content-type": "text/plain"}, body=b'{"user":"u"}'),
        Request("POST", STOP, headers=JSON),
        Request("GET", "/info", headers=JSON, body=b"{}"),
        Request(
            "POST",
            "/files/upload",
            headers={**KEY, "content-type": "multipart/form-data"},
            body=UPLOAD,
        ),
        Request(
            "POST",
            "/files/upload",
            headers={**KEY, "content-type": "multipart/form-data; boundary=x"},
            body=UPLOAD.removesuffix(b"--\r\n"),
        ),
    ],
    ids=range(18),
)
def test_what_the_client_does_not_send_has_no_call(
    call: Callable[[Request], str | None], request_: Request
) -> None:
    assert call(request_) is None
