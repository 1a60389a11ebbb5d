"""The command that is shown for a request makes that very request, once the key is set."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from starlette.responses import Response as Reply

from specloom.contract.exchanges.curl import curl
from specloom.contract.exchanges.exchange import Request
from specloom.contract.transport.credentials import Credentials
from specloom.contract.transport.target import Target
from tests.contract.fixed_server import serve_fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

KEY = "app-a$b`c\"d'e f"
BEARER = {"Authorization": "Bearer"}
JSON = {"content-type": "application/json"}


@dataclass
class Heard:
    """What a server was sent last."""

    url: str = ""
    method: str = ""
    target: str = ""
    headers: dict[str, bytes] = field(default_factory=dict)
    body: bytes = b""


@pytest.fixture(scope="module")
def heard() -> Iterator[Heard]:
    with _serve() as found:
        yield found


@contextmanager
def _serve() -> Iterator[Heard]:
    heard = Heard()

    async def hear(scope: Scope, receive: Receive, send: Send) -> None:
        heard.method = scope["method"]
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        heard.target = scope["raw_path"].decode() + query
        heard.headers = {name.decode(): value for name, value in scope["headers"]}
        heard.body = b""
        more = True
        while more:
            message = await receive()
            heard.body += message.get("body", b"")
            more = message.get("more_body", False)
        await Reply(b"heard")(scope, receive, send)

    with serve_fixed(hear) as url:
        heard.url = url
        yield heard


def run(command: str) -> None:
    environment = {**os.environ, "SPECLOOM_API_KEY": KEY, "no_proxy": "*"}
    subprocess.run(
        ["bash", "-eo", "pipefail"],  # noqa: S607 - whichever is installed
        input=f"{command} --silent --max-time 10 --fail\n",
        check=True,
        capture_output=True,
        text=True,
        env=environment,
    )


MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\'b.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\x00\x00\\n\xff\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "hello"}',
        b'it\'s "quoted" $HOME `id` \\n %s !x',
        b"@/etc/passwd",
        b"-d",
        "\u00e9 \u4e2d \U0001f600 \u202e".encode(),
        b"line\nline\r\n\ttab\x07\x1b[31m",
        b"\xff\xfe\x80\x0a",
        b"\x00",
        b"%b\\0101\x00'7\\c8",
        MULTIPART,
        b"x" * 300_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_a_body_arrives_byte_by_byte(heard: Heard, body: bytes) -> None:
    run(curl(Request("POST", f"{heard.url}/x", headers=JSON, body=body), Target(heard.url)))
    assert (heard.method, heard.body) == ("POST", body)
    assert heard.headers["content-type"] == b"application/json"


@pytest.mark.parametrize(
    "target",
    ["/a?b=[1]&c={x,y}&d=$HOME", "/a/../b/./c", "/a'b?q=%00%22;id", "/?q=1-[5-9]", "//x"],
)
@pytest.mark.parametrize("base", ["", "/v1"])
def test_a_url_arrives_as_it_was(heard: Heard, target: str, base: str) -> None:
    at = Target(heard.url + base)
    for url in (target, at.url + target):
        run(curl(Request("GET", url), at))
        assert heard.target == base + target


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "QUERY"])
def test_a_method_is_kept(heard: Heard, method: str) -> None:
    run(curl(Request(method, "/x"), Target(heard.url)))
    assert (heard.method, heard.body) == (method, b"")


@pytest.mark.parametrize("value", ["plain", "", "it's; $HOME", "\u00e9\u00ff", "a:b", "@file"])
def test_a_header_arrives_as_it_was(heard: Heard, value: str) -> None:
    run(curl(Request("GET", "/x", headers={"x-one": value}), Target(heard.url)))
    assert heard.headers["x-one"] == value.encode("latin-1")


@pytest.mark.parametrize("body", [b"text", b""])
def test_curl_adds_no_media_type_of_its_own(heard: Heard, body: bytes) -> None:
    headers = {"content-length": str(len(body))}
    run(curl(Request("POST", "/x", headers=headers, body=body), Target(heard.url)))
    assert "content-type" not in heard.headers
    assert heard.headers["content-length"] == str(len(body)).encode()


@pytest.mark.parametrize("before", ["Bearer ", "bearer ", "", "Basic "])
@pytest.mark.parametrize("behind", ["", "x"])
def test_the_key_comes_from_the_variable(heard: Heard, before: str, behind: str) -> None:
    target = Target(heard.url, Credentials(KEY, BEARER))
    for key in (KEY, "[redacted]"):
        headers = {"authorization": f"{before}{key}{behind}"}
        command = curl(Request("GET", "/x", headers=headers), target)
        assert "app-" not in command
        run(command)
        assert heard.headers["authorization"].decode() == f"{before}{KEY}{behind}"


def test_a_basic_key_comes_from_the_variable(heard: Heard) -> None:
    target = Target(heard.url, Credentials(f"me:{KEY}", {"Authorization": "Basic"}))
    sent = target.headers["Authorization"]
    for value in (sent, "Basic [redacted]"):
        command = curl(Request("GET", "/x", headers={"authorization": value}), target)
        assert "app-" not in command
        assert sent not in command
        run(f'SPECLOOM_API_KEY="me:$SPECLOOM_API_KEY"; {command}')
        assert heard.headers["authorization"].decode() == sent


def test_a_key_is_shown_nowhere_else() -> None:
    target = Target("http://127.0.0.1/v1", Credentials("app-secret-key", BEARER))
    request = Request(
        "POST",
        "/x/app-secret-key?key=app-secret-key",
        headers={"x-other": "app-secret-key", "authorization": "Bearer app-secret-key"},
        body=b'{"key": "app-secret-key"}',
    )
    command = curl(request, target)
    assert "app-secret-key" not in command
    assert command.count("SPECLOOM_API_KEY") == 3


def test_nothing_in_a_command_moves_a_terminals_cursor() -> None:
    request = Request("POST", "/x", headers={"x-a": "\x1b[2J"}, body=b"\x1b[2J\xe2\x80\xae")
    assert "\x1b" not in curl(request, Target("http://127.0.0.1"))
    assert "\u202e" not in curl(request, Target("http://127.0.0.1"))
