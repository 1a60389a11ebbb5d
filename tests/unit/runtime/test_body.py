"""Bodies are checked, then sent as their media type wants; files are read while they are sent."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.errors import InvalidArgumentError
from runtime.model import Model
from runtime.operation import UNSET, Answer, Body, Operation
from runtime.request import RequestOptions

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Flavour


class Inner(Model):
    size: int


class Message(Model):
    query: str
    inner: Inner | None = None
    mode: str = "blocking"


class Upload(Model):
    file: bytes
    user: str | None = None
    tags: list[str] | None = None
    more: Inner | None = None


ARGUMENTS = {"query_": "query", "inner": "inner", "mode": "mode"}


def operation(body: Body) -> Operation[None]:
    return Operation("op", "POST", "/op", body=body, answers=(Answer("200"),))


def ok(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200)


def sent(
    flavour: Flavour, body: Body, arguments: dict[str, Any], extra: object = None
) -> httpx2.Request:
    flavour.request(ok, operation(body), arguments, RequestOptions(extra_body=extra))
    return flavour.requests[-1]


def json_body(**changes: Any) -> Body:
    return Body("application/json", Message, **{"arguments": ARGUMENTS, **changes})


class TestJSON:
    def test_has_what_was_given_and_nothing_else(self, flavour: Flavour) -> None:
        request = sent(flavour, json_body(), {"query_": "é", "inner": None, "mode": UNSET})
        assert json.loads(request.content) == {"query": "é", "inner": None}
        assert request.headers["content-type"] == "application/json"

    def test_takes_models_and_dicts_alike(self, flavour: Flavour) -> None:
        by_model = sent(flavour, json_body(), {"query_": "a", "inner": Inner(size=1)})
        by_dict = sent(flavour, json_body(), {"query_": "a", "inner": {"size": 1}})
        assert by_model.content == by_dict.content

    def test_has_the_constants_of_the_method(self, flavour: Flavour) -> None:
        body = json_body(constants={"mode": "streaming"})
        assert b'"mode":"streaming"' in sent(flavour, body, {"query_": "a"}).content

    def test_may_be_one_argument(self, flavour: Flavour) -> None:
        body = Body("application/vnd.x+json", list[int])
        assert sent(flavour, body, {"body": [1, 2]}).content == b"[1,2]"

    def test_is_left_out_when_optional_and_not_given(self, flavour: Flavour) -> None:
        request = sent(flavour, json_body(required=False), {})
        assert request.content == b""
        assert "content-type" not in request.headers

    def test_takes_extra_properties(self, flavour: Flavour) -> None:
        request = sent(flavour, json_body(), {"query_": "a"}, extra={"x": [1]})
        assert json.loads(request.content) == {"query": "a", "x": [1]}

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"query_": 1}, "query_: Input should be a valid string"),
            ({"inner": {"size": 1}}, "query_: Field required"),
            ({"query_": "a", "inner": {"size": "key"}}, "inner: at /size: .* valid integer.*"),
        ],
    )
    def test_an_error_names_the_argument_and_sends_nothing(
        self, flavour: Flavour, arguments: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(InvalidArgumentError, match=f"^{message}") as raised:
            sent(flavour, json_body(), arguments)
        assert flavour.requests == []
        assert "key" not in str(raised.value)
        assert raised.value.argument in arguments or raised.value.argument == "query_"


def test_a_form_repeats_arrays_and_writes_objects_as_json(flavour: Flavour) -> None:
    body = Body("application/x-www-form-urlencoded", dict[str, Any])
    request = sent(flavour, body, {"body": {"a": ["1", "2"], "b": True, "c": {"d": 1}}})
    assert request.content == b"a=1&a=2&b=true&c=%7B%22d%22%3A1%7D"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_form_leaves_null_out(flavour: Flavour) -> None:
    body = Body("application/x-www-form-urlencoded", dict[str, Any])
    assert sent(flavour, body, {"body": {"a": None, "b": 1}}).content == b"b=1"


@pytest.mark.parametrize(
    "media_type", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
)
@pytest.mark.parametrize("value", [object(), "\ud800"])
@pytest.mark.parametrize("extra", [None, {}])
def test_what_has_no_text_is_refused(
    flavour: Flavour, media_type: str, value: object, extra: object
) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^body: "):
        sent(flavour, Body(media_type, dict[str, Any]), {"body": {"x": value}}, extra)
    assert flavour.requests == []


@pytest.mark.parametrize("value", [datetime.now(UTC), float("inf"), object()])
def test_extras_that_have_no_text_are_refused(flavour: Flavour, value: object) -> None:
    with pytest.raises(InvalidArgumentError):
        sent(flavour, json_body(), {"query_": "a"}, extra={"x": value})
    options = RequestOptions(extra_query={"x": {object(): value}})
    with pytest.raises(InvalidArgumentError, match=r"^x: "):
        flavour.request(ok, operation(json_body()), {"query_": "a"}, options)
    assert flavour.requests == []


def parts(request: httpx2.Request) -> list[tuple[str, bytes]]:
    """Each part's header lines, sorted and joined, and its content."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    found = []
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        found.append((head.decode().strip(), content.removesuffix(b"\r\n")))
    return found


def upload(**changes: Any) -> Body:
    arguments = {"file": "file", "user": "user", "tags": "tags", "more": "more"}
    return Body(
        "multipart/form-data",
        Upload,
        arguments,
        required=True,
        files=frozenset({"file"}),
        **changes,
    )


class TestMultipart:
    @pytest.mark.parametrize(
        ("file", "filename", "content_type"),
        [
            (b"abc", "upload", "application/octet-stream"),
            (("a.png", b"abc"), "a.png", "image/png"),
            (("a.png", b"abc", "image/x"), "a.png", "image/x"),
            (("a.png", b"abc", None), "a.png", "image/png"),
            (io.BytesIO(b"abc"), "upload", "application/octet-stream"),
        ],
    )
    def test_a_file_always_has_a_name_and_a_content_type(
        self, flavour: Flavour, file: Any, filename: str, content_type: str
    ) -> None:
        (head, content), *_ = parts(sent(flavour, upload(), {"file": file}))
        assert f'form-data; name="file"; filename="{filename}"' in head
        assert f"Content-Type: {content_type}" in head
        assert content == b"abc"

    def test_a_path_and_an_open_file_are_named_after_themselves(
        self, flavour: Flavour, tmp_path: Path
    ) -> None:
        path = tmp_path / "é b.png"
        path.write_bytes(b"abc")
        by_path = parts(sent(flavour, upload(), {"file": path}))
        with path.open("rb") as file:
            by_file = parts(sent(flavour, upload(), {"file": file}))
        assert by_path == by_file
        assert 'filename="é b.png"' in by_path[0][0]
        assert "Content-Type: image/png" in by_path[0][0]

    def test_fields_beside_the_file_have_their_content_types(self, flavour: Flavour) -> None:
        arguments = {"file": b"", "user": "é", "tags": ["a", "b"], "more": {"size": 1}}
        found = parts(sent(flavour, upload(), arguments))
        assert ["é".encode(), b"a", b"b", b'{"size":1}'] == [content for _, content in found[1:]]
        types = [re.findall("Content-Type: (.*)", head) for head, _ in found[1:]]
        assert types == [["text/plain; charset=utf-8"]] * 3 + [["application/json"]]
        assert all("filename" not in head for head, _ in found[1:])

    def test_an_optional_part_that_is_null_is_left_out(self, flavour: Flavour) -> None:
        arguments = {"file": b"", "user": None, "tags": None, "more": None}
        assert len(parts(sent(flavour, upload(), arguments))) == 1

    @pytest.mark.parametrize(
        "file",
        ["path.png", 1, io.StringIO("a"), ("a", "b"), (b"",), SimpleNamespace(read=bytes)],
    )
    def test_what_is_no_file_is_refused(self, flavour: Flavour, file: Any) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^file: "):
            sent(flavour, upload(), {"file": file})

    def test_the_other_fields_are_checked(self, flavour: Flavour) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^user: "):
            sent(flavour, upload(), {"file": b"", "user": 1})

    def test_a_missing_file_is_named(self, flavour: Flavour) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^file: Field required"):
            sent(flavour, upload(), {"user": "a"})

    def test_a_large_file_is_not_read_into_memory(self, synchronous: Flavour) -> None:
        class Endless(io.RawIOBase):
            largest = 0

            def readable(self) -> bool:
                return True

            def seekable(self) -> bool:
                return False

            def read(self, size: int = -1) -> bytes:
                Endless.largest = max(Endless.largest, size)
                self.count = getattr(self, "count", 0) + 1
                return b"x" * size if self.count <= 20 else b""

        class Counting(httpx2.BaseTransport):
            def handle_request(self, request: httpx2.Request) -> httpx2.Response:
                assert isinstance(request.stream, httpx2.SyncByteStream)
                sizes = [len(chunk) for chunk in request.stream]
                return httpx2.Response(200, json=[max(sizes), sum(sizes)])

        http = httpx2.Client(transport=Counting())
        with http, synchronous.sync(http_client=http) as client:
            answers = (Answer("200", {"application/json": list[int]}),)
            posted: Operation[list[int]] = Operation("op", "POST", "/", (), upload(), answers)
            largest, whole = client.request(posted, {"file": Endless()}, RequestOptions())
        assert largest <= 65_536
        assert whole > 20 * 65_536
        assert Endless.largest <= 65_536


@pytest.mark.parametrize("body", [b"abc", "abc", io.BytesIO(b"abc")])
def test_any_other_media_type_is_sent_as_it_is(flavour: Flavour, body: Any) -> None:
    request = sent(flavour, Body("application/octet-stream", bytes), {"body": body})
    assert request.content == b"abc"
    assert request.headers["content-type"] == "application/octet-stream"


def test_a_body_of_bytes_is_not_an_object(flavour: Flavour) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^body: "):
        sent(flavour, Body("application/octet-stream", bytes), {"body": 3})


def test_a_body_where_none_is_due_is_json(flavour: Flavour) -> None:
    post: Operation[None] = Operation("op", "POST", "/", answers=(Answer("200"),))
    flavour.request(ok, post, {}, RequestOptions(extra_body=[1]))
    assert flavour.requests[0].content == b"[1]"
