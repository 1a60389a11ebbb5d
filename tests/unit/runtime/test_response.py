"""Answers become what the document promises, or an error of ours."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    InternalServerError,
    NotFoundError,
    ResponseValidationError,
    UnexpectedResponseError,
    status_error,
)
from runtime.model import Model
from runtime.operation import BINARY, TEXT, Answer, Operation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from conftest import Flavour


class Reply(Model):
    answer: str


def get(*answers: Answer) -> Operation[Any]:
    return Operation("op", "GET", "/op", answers=answers)


JSON = get(Answer("200", {"application/json": Reply}))


def test_json_is_typed_and_keeps_what_it_does_not_know(flavour: Flavour) -> None:
    reply = flavour.request(lambda _: httpx2.Response(200, json={"answer": "a", "x": 1}), JSON)
    assert isinstance(reply, Reply)
    assert reply.to_wire() == {"answer": "a", "x": 1}


@pytest.mark.parametrize(
    ("status", "content", "response", "expected"),
    [
        ("200", {}, httpx2.Response(200, text="x"), None),
        ("204", {}, httpx2.Response(204), None),
        ("200", {"text/*": TEXT}, httpx2.Response(200, text="é"), "é"),
        (
            "200",
            {"audio/*": BINARY},
            httpx2.Response(200, headers={"content-type": "audio/mpeg"}),
            b"",
        ),
        ("2XX", {"*/*": int | None}, httpx2.Response(202, text="null"), None),
        ("default", {"application/json": list[int]}, httpx2.Response(200, json=[1]), [1]),
        # A server that answers 201 where the document says 200.
        ("200", {"application/json": list[int]}, httpx2.Response(201, json=[1]), [1]),
        # A server that doesn't say what it answers.
        ("200", {"application/json": list[int]}, httpx2.Response(200, content=b"[1]"), [1]),
        ("200", {"Application/JSON; charset=utf-8": int}, httpx2.Response(200, json=1), 1),
    ],
)
def test_an_answer_is_chosen_by_status_and_media_type(
    flavour: Flavour, status: str, content: Any, response: httpx2.Response, expected: Any
) -> None:
    copy = httpx2.Response(response.status_code, headers=response.headers, content=response.content)
    assert expected == flavour.request(lambda _: copy, get(Answer(status, content)))


@pytest.mark.parametrize(
    ("body", "media_type", "error"),
    [
        (b'{"answer": 1}', "application/json", ResponseValidationError),
        (b'{"answer": "a', "application/json", ResponseValidationError),
        (b"null", "application/json", ResponseValidationError),
        (b"<html>", "text/html", UnexpectedResponseError),
    ],
)
def test_an_answer_that_does_not_fit_is_an_error_of_ours(
    flavour: Flavour, body: bytes, media_type: str, error: type[APIError]
) -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, headers={"content-type": media_type}, content=body)

    with pytest.raises(error) as raised:
        flavour.request(handler, JSON, strict=True)
    assert getattr(raised.value, "status_code", None) == 200


@pytest.mark.parametrize("status", [204, 205])
def test_no_content_where_json_was_due_is_none_unless_read_strictly(
    flavour: Flavour, status: int
) -> None:
    def handler(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status)

    assert flavour.request(handler, JSON) is None
    with pytest.raises(ResponseValidationError) as raised:
        flavour.request(handler, JSON, strict=True)
    assert raised.value.status_code == status


@pytest.mark.parametrize("status", [204, 205])
def test_no_content_is_of_any_media_type(flavour: Flavour, status: int) -> None:
    either = get(Answer("200", {"application/json": Reply, "text/csv": TEXT}))
    for headers in ({}, {"content-type": "text/html"}):
        empty = httpx2.Response(status, headers=headers)
        assert flavour.request(lambda _, empty=empty: empty, either) is None


PRIVATE = b'{"answer": {"key": 1234}}'


def test_the_text_of_an_error_shows_the_place_but_no_value(flavour: Flavour) -> None:
    with pytest.raises(ResponseValidationError, match="/answer") as raised:
        flavour.request(lambda _: httpx2.Response(200, content=PRIVATE), JSON, strict=True)
    assert "1234" not in "".join(traceback.format_exception(raised.value))


CODECS = ["hex", "base64", "rot13", "idna", "punycode", "utf-16", "undefined", "zlib"]


@pytest.mark.parametrize("charset", CODECS)
def test_no_charset_breaks_an_error_or_a_text(flavour: Flavour, charset: str) -> None:
    headers = {"content-type": f"text/plain; charset={charset}"}
    with pytest.raises(BadRequestError) as raised:
        flavour.request(lambda _: httpx2.Response(400, headers=headers, content=b"\xffa!"), JSON)
    assert isinstance(raised.value.body, str)
    text = get(Answer("200", {"text/plain": TEXT}))
    answer = flavour.request(
        lambda _: httpx2.Response(200, headers=headers, content=b"\xffa!"), text
    )
    assert isinstance(answer, str)


AUDIO: Operation[bytes] = get(Answer("200", {"audio/*": BINARY}))


class Chunks(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that can be read only once."""

    def __iter__(self) -> Iterator[bytes]:
        yield from (b"a", b"b")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


def audio(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, headers={"content-type": "audio/mpeg"}, stream=Chunks())


class TestDownload:
    def test_gives_the_bytes(self, flavour: Flavour) -> None:
        headers = {"content-type": "audio/mpeg"}
        response = httpx2.Response(200, headers=headers, content=iter([b"a", b"b"]))
        if flavour.name == "async":
            response = httpx2.Response(200, headers=headers, content=b"ab")
        assert flavour.download(lambda _: response, AUDIO) == b"ab"

    def test_null_where_audio_was_due_is_an_error_of_ours(self, flavour: Flavour) -> None:
        def handler(_: httpx2.Request) -> httpx2.Response:
            headers = {"content-type": "application/json"}
            return httpx2.Response(200, headers=headers, content=b"null")

        with pytest.raises(UnexpectedResponseError, match="application/json instead of audio"):
            flavour.download(handler, AUDIO)

    def test_a_file_keeps_what_was_written_once(self, flavour: Flavour, tmp_path: Path) -> None:
        path = tmp_path / "audio"

        def write_twice() -> None:
            binary = flavour.sync_client(audio)._download(AUDIO, {}, {})
            binary.write_to(path)
            binary.write_to(path)

        async def write_twice_awaited() -> None:
            binary = await flavour.async_client(audio)._download(AUDIO, {}, {})
            await binary.write_to(path)
            await binary.write_to(path)

        twice = {"sync": write_twice, "async": lambda: asyncio.run(write_twice_awaited())}
        with pytest.raises(APIError, match="only once"):
            twice[flavour.name]()
        assert path.read_bytes() == b"ab"

    def test_an_empty_answer_is_an_empty_file(self, synchronous: Flavour, tmp_path: Path) -> None:
        headers = {"content-type": "audio/mpeg"}
        client = synchronous.sync_client(lambda _: httpx2.Response(200, headers=headers))
        client._download(AUDIO, {}, {}).write_to(tmp_path / "audio")
        assert (tmp_path / "audio").read_bytes() == b""

    def test_bytes_that_were_iterated_can_not_be_read(self, synchronous: Flavour) -> None:
        binary = synchronous.sync_client(audio)._download(AUDIO, {}, {})
        assert b"".join(binary.iter_bytes()) == b"ab"
        with pytest.raises(APIError, match="only once"):
            binary.read()

    def test_an_error_has_its_body(self, flavour: Flavour) -> None:
        with pytest.raises(NotFoundError) as raised:
            flavour.download(lambda _: httpx2.Response(404, json={"code": "gone"}), AUDIO)
        assert raised.value.code == "gone"


@pytest.mark.parametrize(
    ("status", "body", "kind", "code", "message"),
    [
        (400, b'{"code": "c", "message": "m", "status": 1}', BadRequestError, "c", "m"),
        (404, b"<html>", NotFoundError, None, "Not Found"),
        (418, b'{"error": {"code": 7, "message": "m"}}', APIStatusError, 7, "m"),
        (500, b'{"error": "e"}', InternalServerError, None, "e"),
        (503, b"", InternalServerError, None, "Service Unavailable"),
        (409, b'{"title": "t", "detail": "d"}', APIStatusError, None, "d"),
        (302, b"null", APIStatusError, None, "Found"),
        (429, b"\xff", APIStatusError, None, "Too Many Requests"),
    ],
)
def test_a_refusal_has_the_status_of_http_and_what_its_body_says(
    status: int, body: bytes, kind: type, code: object, message: str
) -> None:
    response = httpx2.Response(
        status, content=body, request=httpx2.Request("GET", "https://x/?key=secret")
    )
    error = status_error(response)
    assert isinstance(error, kind)
    assert (status, code, message) == (error.status_code, error.code, error.message)
    assert response is error.response
    assert response.request is error.request
    assert str(status) in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("cause", "kind"),
    [(httpx2.ReadTimeout, APITimeoutError), (httpx2.ReadError, APIConnectionError)],
)
def test_a_broken_connection_is_an_error_of_ours(
    flavour: Flavour, cause: type[httpx2.RequestError], kind: type[APIError], waits: list[float]
) -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        raise cause("broken", request=request)

    with pytest.raises(kind) as raised:
        flavour.request(handler, JSON)
    assert isinstance(raised.value.__cause__, cause)
    assert len(waits) <= 2


def test_a_redirect_is_a_success_where_the_document_says_so(flavour: Flavour) -> None:
    def elsewhere(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(302, headers={"location": "https://else.example"})

    for status in ("302", "3XX"):
        assert flavour.request(elsewhere, get(Answer(status))) is None
    for status in ("301", "default"):
        with pytest.raises(APIStatusError):
            flavour.request(elsewhere, get(Answer(status)))


def test_no_content_is_no_bytes(flavour: Flavour) -> None:
    image = get(Answer("200", {"image/png": BINARY}), Answer("204"))
    assert flavour.download(lambda _: httpx2.Response(204), image) == b""


def test_json_is_asked_for_before_what_else_may_come() -> None:
    either = get(Answer("200", {"text/csv": TEXT, "application/json": Reply, "a/b+json": Reply}))
    assert either.accept == "text/csv;q=0.9, application/json, a/b+json"
    assert get(Answer("200", {"text/csv": TEXT, "a/b": BINARY})).accept == "text/csv, a/b"
