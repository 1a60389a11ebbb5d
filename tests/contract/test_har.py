"""A HAR, as browsers, proxies and test tools write it, is read as what went over the wire."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import harfile
import pytest

from specloom.contract.evidence.recordings import read_recordings
from specloom.diagnostics import Collector, HaltedError

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.contract.exchanges.exchange import Exchange

JSON_ANSWER = {
    "status": 200,
    "headers": [{"name": "Content-Type", "value": "application/json"}],
    "content": {"size": 2, "mimeType": "application/json", "text": "{}"},
}
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="user"\r\n\r\nme\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="t.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\r\n--b--\r\n"
)
GET = {"method": "GET", "url": "https://pets.example/v1/pets?tag=a%20b#top", "headers": []}


def har(*entries: dict[str, Any]) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": entries}}, indent=1)


def post(mime_type: str, **data: Any) -> dict[str, Any]:
    return {"method": "POST", "url": "http://h/p", "postData": {"mimeType": mime_type, **data}}


def read(path: Path, text: str, collector: Collector | None = None) -> list[Exchange]:
    path.write_text(text, encoding="utf-8")
    return read_recordings(path, "1", collector or Collector())


def sent(path: Path, request: dict[str, Any]) -> Exchange:
    (exchange,) = read(path, har({"request": request, "response": JSON_ANSWER}))
    return exchange


def answered(path: Path, **response: Any) -> list[Exchange]:
    return read(path, har({"request": GET, "response": {**JSON_ANSWER, **response}}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.har"


def test_what_a_program_writes_is_read(path: Path) -> None:
    with harfile.open(path) as file:
        file.add_entry(
            startedDateTime="2026-11-21T00:00:00Z",
            time=1250.0,
            request=harfile.Request(
                method="POST",
                url="https://pets.example/v1/pets",
                httpVersion="HTTP/1.1",
                headers=[harfile.Record("Content-Type", "application/json")],
                postData=harfile.PostData("application/json", text='{"name": "Rex"}'),
            ),
            response=harfile.Response(
                status=201,
                httpVersion="HTTP/1.1",
                statusText="Created",
                headers=[
                    harfile.Record("content-type", "image/png"),
                    harfile.Record("X-Version", "2.0"),
                ],
                content=harfile.Content(
                    size=3, mimeType="image/png", text="gP8A", encoding="base64"
                ),
            ),
            timings=harfile.Timings(send=0, wait=0, receive=0),
        )
    (exchange,) = read_recordings(path, None, Collector())
    assert (exchange.request.method, exchange.request.body) == ("POST", b'{"name": "Rex"}')
    assert (exchange.response.status, exchange.response.body) == (201, b"\x80\xff\x00")
    assert (exchange.response.media_type, exchange.version) == ("image/png", "2.0")
    assert (exchange.name, exchange.seconds) == ("entry 0", 1.25)


def test_the_url_is_kept_without_what_is_never_sent(path: Path) -> None:
    assert sent(path, GET).request.target == "https://pets.example/v1/pets?tag=a%20b"
    with_password = {**GET, "url": "https://me:secret@pets.example/"}
    assert sent(path, with_password).request.target == "https://pets.example/"


def test_a_header_that_came_twice_is_one(path: Path) -> None:
    headers = [
        {"name": ":authority", "value": "pets.example"},
        {"name": "Accept", "value": "a/b"},
        {"name": "accept", "value": "c/d"},
    ]
    assert sent(path, {**GET, "headers": headers}).request.headers == {"accept": "a/b, c/d"}


@pytest.mark.parametrize(
    ("request_", "body"),
    [
        (post("application/json", text="[1]"), b"[1]"),
        (
            post("application/x-www-form-urlencoded", params=[{"name": "a b", "value": "ä&"}]),
            b"a+b=%C3%A4%26",
        ),
        (post("text/plain", text="x=1", params=[{"name": "x", "value": "2"}]), b"x=1"),
        (
            post(
                "multipart/form-data; boundary=b",
                params=[
                    {"name": "user", "value": "me"},
                    {"name": "file", "fileName": "t.png", "contentType": "image/png"},
                ],
            ),
            MULTIPART,
        ),
        ({**GET, "postData": None}, b""),
    ],
    ids=["text", "a form", "text before parameters", "a form with a file", "none"],
)
def test_a_body_is_read_as_text_or_made_from_parameters(
    request_: dict[str, Any], body: bytes, path: Path
) -> None:
    assert sent(path, request_).request.body == body


def test_the_media_type_stands_in_for_headers_that_were_left_out(path: Path) -> None:
    (exchange,) = answered(path, headers=[])
    assert exchange.response.content_type == "application/json"
    (exchange,) = answered(path, headers=[{"name": "Date", "value": "now"}])
    assert exchange.response.content_type == ""


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ({"status": 0}, "no answer was recorded"),
        ({"content": {"size": 5, "mimeType": "a/b"}}, "the body of the answer was not recorded"),
        ({"content": {"size": 9, "text": "RIFF\ufffd\ufffd"}}, "recorded as text"),
    ],
)
def test_what_was_not_recorded_is_told_and_not_held_against_the_server(
    response: dict[str, Any], said: str, path: Path
) -> None:
    collector = Collector()
    text = har({"request": GET, "response": {**JSON_ANSWER, **response}})
    assert read(path, text, collector) == []
    (told,) = collector.diagnostics
    assert (told.rule.name, told.location.line > 1) == ("incomplete-recording", True)
    assert said in told.message


@pytest.mark.parametrize(
    "response",
    [
        {"status": 204, "content": {"size": 0, "mimeType": ""}},
        {"status": 304, "content": {"size": 7, "mimeType": "a/b"}},
        {"content": {"size": 5, "text": "a\ufffdb"}},
    ],
    ids=["empty", "not modified", "a replacement character that was sent"],
)
def test_an_answer_that_is_whole_is_read(response: dict[str, Any], path: Path) -> None:
    assert len(answered(path, **response)) == 1


ENTRY = {"request": GET, "response": JSON_ANSWER}
SECRET = base64.b64encode(b"secret").decode()


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("{", ""),
        ("[]", ""),
        ("{}", ""),
        ('{"log": {}}', "/log"),
        (har(ENTRY, {"request": GET}), "/log/entries/1"),
        (har(ENTRY, {**ENTRY, "request": {"url": "/"}}), "/log/entries/1/request"),
        (har({**ENTRY, "request": {**GET, "url": 5}}), "/log/entries/0/request/url"),
        (
            har({**ENTRY, "request": {**GET, "headers": [{"name": "a", "value": [SECRET]}]}}),
            "/log/entries/0/request/headers/0/value",
        ),
        (
            har(ENTRY, {**ENTRY, "response": {**JSON_ANSWER, "content": {"encoding": "gzip"}}}),
            "/log/entries/1/response/content/encoding",
        ),
        (
            har(
                {
                    **ENTRY,
                    "response": {
                        **JSON_ANSWER,
                        "content": {"encoding": "base64", "text": f"?{SECRET}"},
                    },
                }
            ),
            "/log/entries/0",
        ),
        (har({**ENTRY, "request": {**GET, "url": "http://[x"}}), "/log/entries/0"),
    ],
)
def test_what_is_no_har_is_refused_at_its_place(text: str, pointer: str, path: Path) -> None:
    collector = Collector()
    with pytest.raises(HaltedError):
        read(path, text, collector)
    (refused,) = collector.diagnostics
    assert (refused.rule.code, refused.location.pointer) == ("CON001", pointer)
    assert (refused.location.line > 1) == (pointer.startswith("/log/entries"))
    assert SECRET not in refused.message
