"""The checker, checked: what a broken client would send or read fails the round trip."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.corpus.client.package import Package
from tests.corpus.client.transport import ToServer
from tests.corpus.generating import generated_from
from tests.corpus.measures.project import CLASS
from tests.corpus.roundtrip import RoundTrips
from tests.corpus.server.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.corpus.server.request import Answer
    from tests.corpus.server.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: https://e.com}]
paths:
  /things/{id}:
    get:
      operationId: readThing
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: size, in: query, style: pipeDelimited, explode: false,
           schema: {type: array, items: {type: integer}}}
        - {name: q, in: query, schema: {type: string}}
        - {name: X-Kind, in: header, schema: {type: string}}
        - {name: theme, in: cookie, schema: {type: string}}
      responses: &thing
        '200': {description: it, content: {application/json: {schema: &schema {type: object,
          required: [kind],
          properties: {kind: {enum: [a, b]}, in: {type: string}, n: {type: integer}}}}}}
    put:
      operationId: writeThing
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: *schema}}}
      responses: *thing
  /files:
    post:
      operationId: sendFile
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object,
        required: [file], properties: {file: {type: string, format: binary}}}}}}
      responses: {'204': {description: done}}
  /events:
    get:
      operationId: readEvents
      responses: {'200': {description: some, content: {text/event-stream: {schema: *schema}}}}
"""


def url(pattern: str, new: str) -> Callable[[httpx2.Request], None]:
    def change(request: httpx2.Request) -> None:
        target = re.sub(pattern.encode(), new.encode(), request.url.raw_path, count=1)
        request.url = request.url.copy_with(raw_path=target)

    return change


def header(name: str, text: str = "") -> Callable[[httpx2.Request], None]:
    def change(request: httpx2.Request) -> None:
        if name in request.headers:
            del request.headers[name]
            request.headers |= {name: text} if text else {}

    return change


def body(pattern: bytes, new: bytes) -> Callable[[httpx2.Request], None]:
    def change(request: httpx2.Request) -> None:
        whole = b"".join(request.stream)  # type: ignore[arg-type]
        request.stream = httpx2.ByteStream(re.sub(pattern, new, whole, count=1))

    return change


def content(pattern: bytes, new: bytes) -> Callable[[Answer], Answer]:
    return lambda answer: replace(answer, content=re.sub(pattern, new, answer.content, count=1))


SENT = {
    "a parameter of the query is lost": url(r"q=[^&]*", ""),
    "one of the wrong style": url("%7C", ","),
    "the path is not escaped": url("%2F", "/"),
    "the path is escaped twice": url("%2F", "%252F"),
    "a header is not sent": header("x-kind"),
    "a cookie is not sent": header("cookie"),
    "the wrong media type": header("content-type", "text/plain"),
    "a property is renamed": body(b'"in":', b'"in_":'),
    "null for what is absent": body(b"^{", b'{"n":null,'),
    "an integer as a string": body(rb'"n":(-?\d+)', rb'"n":"\1"'),
    "a property that no one gave": body(b"^{", b'{"new":1,'),
    "a file is cut": body(rb"\xff\r\n--", b"\r\n--"),
}  # fmt: skip
READ = {
    "a property is dropped": content(rb'"in": "[^"]*", ', b""),
    "an unknown property is dropped": content(rb', "a property of tomorrow": 1', b""),
    "another value": content(rb'"kind": "a"', b'"kind": "b"'),
    "an enum's value is refused": content(rb'"kind": "a"', b'"kind": "c"'),
    "a status is mistaken": lambda answer: replace(answer, status=404),
    "a stream loses its last event": content(rb"data: [^\n]*\n\n$", b""),
}


class Broken(ToServer):
    """Changes each request or answer on its way."""

    def __init__(self, server: Server, sent: Any, read: Any) -> None:
        super().__init__(lambda request: read(server(request)))
        self._sent = sent

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._sent(request)
        return super().handle_request(request)


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Document, Package]]:
    folder = tmp_path_factory.mktemp("things")
    (folder / "from").mkdir()
    (folder / "from" / "things.yaml").write_text(DOCUMENT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        project = generated_from(folder / "from" / "things.yaml", folder)
        patch.syspath_prepend(project.output)
        yield (
            Document(Path(project.folder / "spec" / "things.yaml")),
            Package(project.output, project.package, CLASS),
        )


def failures(things: tuple[Document, Package], sent: Any, read: Any) -> list[str]:
    outcomes = RoundTrips(*things, 4, lambda server: Broken(server, sent, read))
    return [each.reason for each in outcomes if each.reason]


def unchanged(message: Any) -> Any:
    return message


def test_a_client_that_is_not_broken_passes(things: tuple[Document, Package]) -> None:
    assert failures(things, unchanged, unchanged) == []


@pytest.mark.parametrize("breakage", SENT)
def test_what_is_sent_wrongly_fails(things: tuple[Document, Package], breakage: str) -> None:
    assert failures(things, SENT[breakage], unchanged) != []


@pytest.mark.parametrize("breakage", READ)
def test_what_is_read_wrongly_fails(things: tuple[Document, Package], breakage: str) -> None:
    assert failures(things, unchanged, READ[breakage]) != []
