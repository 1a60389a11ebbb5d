"""Whatever is sent, the server answers in the API's own form and never with a 5xx."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from completion_server import RunningServer

UNKNOWN = "00000000-0000-4000-8000-000000000000"
PATHS = (
    "/completion-messages",
    "/completion-messages/x/stop",
    f"/messages/{UNKNOWN}/feedbacks",
    "/text-to-audio",
)
JSON = {"Content-Type": "application/json"}
QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = (
    "inputs", "user", "response_mode", "files", "rating", "content", "text", "message_id", "query",
)  # fmt: skip
FILE_NAMES = ("type", "transfer_method", "url", "upload_file_id")
files = st.lists(
    st.dictionaries(
        st.sampled_from(FILE_NAMES),
        values | st.sampled_from(["image", "local_file", "remote_url"]),
    ),
    max_size=3,
)
bodies = st.dictionaries(st.sampled_from(NAMES), values) | st.fixed_dictionaries(
    {"user": st.just("u"), "inputs": st.just({"query": "Hello"})},
    optional={"files": files, "response_mode": st.sampled_from(["streaming", "x"])},
)


def assert_answered(response: httpx2.Response) -> None:
    assert response.status_code < 500
    if response.status_code >= 400:
        body = response.json()
        assert set(body) == {"code", "message", "status"}
        assert body["status"] == response.status_code


@QUICK
@given(path=st.sampled_from(PATHS), body=bodies | values)
def test_odd_values(visitor: httpx2.Client, path: str, body: Any) -> None:
    headers = {"Authorization": "Bearer key-Seeing", **JSON}
    content = json.dumps(body).encode()
    assert_answered(visitor.post(path, content=content, headers=headers))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "body",
    [
        b"", b"{bad", b"\xff\xfe", b"\xef\xbb\xbf{}", b"\0", b"nul", b"NaN",
        b'{"user": NaN}', b'{"user": -Infinity}', b'{"user": "\\ud800"}',
        b'{"\\udfff": 1}', b'{"user": "\xed\xa0\x80"}', b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b'{"user": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_json_is_a_bad_request(client: httpx2.Client, path: str, body: bytes) -> None:
    response = client.post(path, content=body, headers=JSON)
    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [b"[1]", b"[]", b"null", b"5", b'"text"', b"true"])
def test_what_is_no_object_is_an_invalid_param(
    client: httpx2.Client, path: str, body: bytes
) -> None:
    response = client.post(path, content=body, headers=JSON)
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_param"


@pytest.mark.parametrize(
    "body",
    [
        b'{"user": "a", "user": "b", "inputs": {"query": "Hello"}}',
        b'{"user": "\\u0000", "inputs": {"query": "\\u0000"}}',
        b'{"user": 1e999, "inputs": {"query": "Hello"}}',
        b'{"user": ' + b"9" * 4000 + b', "inputs": {"query": "Hello"}}',
        '{"user": "u", "inputs": {"query": "\u2028\U0010ffff"}}'.encode(),
    ],
)
def test_what_is_odd_but_right_is_answered(client: httpx2.Client, body: bytes) -> None:
    assert client.post("/completion-messages", content=body, headers=JSON).status_code == 200


def test_a_structured_suffix_is_json_too(client: httpx2.Client) -> None:
    headers = {"Content-Type": "application/vnd.api+json; charset=utf-8"}
    body = b'{"user": "u", "inputs": {"query": "Hello"}}'
    response = client.post("/completion-messages", content=body, headers=headers)
    assert response.status_code == 200


@QUICK
@given(
    charset=st.sampled_from(["utf-8", "utf-16", "utf-7", "idna", "punycode", "hex", "nope"]),
    disposition=st.binary(max_size=40).filter(lambda value: b"\n" not in value),
    content=st.binary(max_size=40),
)
@example("unicode_escape", b'name="user"', b"\\ud800")
@example("unicode_escape", b'name="file"; filename="\\ud800.png"', b"")
@example("utf-8", b"name*=x''%", b"")
def test_odd_parts(
    visitor: httpx2.Client, server: RunningServer, charset: str, disposition: bytes, content: bytes
) -> None:
    part = b"--B\r\nContent-Disposition: form-data; %b\r\nContent-Type: a/b\r\n\r\n%b\r\n"
    file = b'name="file"; filename="a.png"'
    body = part % (file, b"x") + part % (disposition, content) + b"--B--\r\n"
    headers = {
        "Authorization": f"Bearer {server.api_key}",
        "Content-Type": f"multipart/form-data; boundary=B; charset={charset}",
    }
    assert_answered(visitor.post("/files/upload", content=body, headers=headers))


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary="])
def test_a_form_without_a_boundary(client: httpx2.Client, content_type: str) -> None:
    response = client.post("/files/upload", content=b"x", headers={"Content-Type": content_type})
    assert response.status_code == 400


@pytest.mark.parametrize(
    "target", ["/v1/info%", "/v1/info%zz", "/v1/%ff", "/v1/%2e%2e/info", "*", "/v1/info?%ff=%"]
)
def test_an_odd_target_is_answered(server: RunningServer, target: str) -> None:
    address = urlsplit(server.base_url)
    with socket.create_connection((address.hostname, address.port or 80), timeout=5) as sent:
        head = f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        sent.sendall(head.encode("latin-1"))
        answer = b"".join(iter(lambda: sent.recv(4096), b""))
    assert int(answer.split()[1]) < 500


def test_it_still_answers(client: httpx2.Client) -> None:
    assert client.get("/info").status_code == 200
