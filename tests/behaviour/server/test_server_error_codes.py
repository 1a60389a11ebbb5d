"""Every error code that the documents name can be had: by asking for it wrongly, or as a fault."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from completion_server import (
    App,
    Embedded,
    OpenAICompatible,
    ServerSettings,
    Vision,
    serve_settings,
)

SPEC = Path(__file__).parents[3] / "spec/completion/openapi.json"
# What real servers can't be brought to answer (reality.md, rows 13, 14, 15 and 42).
ONLY_ON_DEMAND = {
    "unsupported_preview": ("/files/upload", 400),
    "unsupported_estimate": ("/files/upload", 400),
    "s3_connection_failed": ("/files/upload", 503),
    "s3_permission_denied": ("/files/upload", 503),
    "s3_file_too_large": ("/files/upload", 503),
    "provider_quota_exceeded": ("/completion-messages", 400),
    "model_currently_not_support": ("/completion-messages", 400),
    "not_found": ("/completion-messages", 404),
    "too_many_requests": ("/completion-messages", 429),
    "internal_server_error": ("/completion-messages", 500),
}
APPS = (
    App(name="App", keys=("app",), vision=Vision()),
    App(name="NoConfig", keys=("noconfig",), configured=False),
    App(name="Chat", keys=("chat",), mode="chat"),
    App(name="NoModel", keys=("nomodel",), model=Embedded(name="gpt-nope")),
    App(
        name="NoCreds",
        keys=("nocreds",),
        model=OpenAICompatible(provider="openai", name="claude-x", api_key_variable="NO_SUCH_KEY"),
    ),
)
Send = Callable[[httpx2.Client], httpx2.Response]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    with (
        serve_settings(ServerSettings(apps=APPS, faults_by_header=True)) as base_url,
        httpx2.Client(base_url=base_url, headers={"Authorization": "Bearer app"}) as client,
    ):
        yield client


def ask(query: object = "Hello", key: str = "app") -> Send:
    body = {"inputs": {"query": query}, "user": "u"}
    headers = {"Authorization": f"Bearer {key}"}
    return lambda client: client.post("/completion-messages", json=body, headers=headers)


def upload(*parts: tuple[str, tuple[str, bytes, str]]) -> Send:
    return lambda client: client.post("/files/upload", files=list(parts), data={"user": "u"})


def upload_without_type(client: httpx2.Client) -> httpx2.Response:
    disposition = 'Content-Disposition: form-data; name="file"; filename="a.png"'
    content = f"--B\r\n{disposition}\r\n\r\nx\r\n--B--\r\n".encode()
    headers = {"Content-Type": "multipart/form-data; boundary=B"}
    return client.post("/files/upload", content=content, headers=headers)


PNG = ("a.png", b"x", "image/png")
REACHED: dict[str, tuple[Send, int]] = {
    "invalid_param": (ask(5), 400),
    "app_unavailable": (ask(key="noconfig"), 400),
    "provider_not_initialize": (ask(key="nocreds"), 400),
    "completion_request_error": (ask("[[error:InvokeRateLimitError]]"), 400),
    "no_file_uploaded": (upload(("other", PNG)), 400),
    "too_many_files": (upload(("file", PNG), ("another", PNG)), 400),
    "unsupported_file_type": (upload_without_type, 415),
    "file_too_large": (upload(("file", ("a.txt", bytes(15 * 2**20 + 1), "text/plain"))), 413),
}


def test_every_documented_code_is_here() -> None:
    upstream = json.loads(SPEC.read_text())
    described = json.dumps(upstream["paths"])
    codes = set(re.findall(r"`([a-z0-9]+(?:_[a-z0-9]+)+)`", described))
    fields = {"message_id", "response_mode", "local_file", "remote_url"}
    assert codes - fields <= set(REACHED) | set(ONLY_ON_DEMAND)
    assert {"s3_file_too_large", "model_currently_not_support"} <= codes


@pytest.mark.parametrize("code", REACHED)
def test_a_code_is_reached_by_asking_wrongly(client: httpx2.Client, code: str) -> None:
    send, status = REACHED[code]
    answer = send(client)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("key", "code"), [("chat", "app_unavailable"), ("nomodel", "invalid_param")]
)
def test_a_configuration_that_can_not_answer_is_told(
    client: httpx2.Client, key: str, code: str
) -> None:
    assert ask(key=key)(client).json()["code"] == code


@pytest.mark.parametrize("code", ONLY_ON_DEMAND)
def test_a_code_that_nothing_reaches_is_a_fault_on_demand(client: httpx2.Client, code: str) -> None:
    path, status = ONLY_ON_DEMAND[code]
    headers = {"X-Fault": f"error-{code}"}
    answer = client.post(path, json={"inputs": {"query": "x"}, "user": "u"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["status"] == status
