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
from runtime.operation import BINARY, UNSET, Answer, Body, Encoding, Operation
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


class Readable(Model):
    read: bool


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


class TestNumbersThatJSONHasNot:
    @pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
    @pytest.mark.parametrize(
        "media_type",
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"],
    )
    def test_are_refused_by_the_argument(
        self, flavour: Flavour, media_type: str, number: float
    ) -> None:
        class Sizes(Model):
            size: float
            sizes: list[float] | None = None

        body = Body(media_type, Sizes, arguments={"size_": "size", "sizes": "sizes"})
        with pytest.raises(InvalidArgumentError, match=r"^size_: ") as raised:
            sent(flavour, body, {"size_": number})
        assert raised.value.argument == "size_"
        with pytest.raises(InvalidArgumentError, match=r"^sizes: "):
            sent(flavour, body, {"size_": 1.0, "sizes": [number]})
        with pytest.raises(InvalidArgumentError, match=r"^extra_body: "):
            sent(flavour, body, {"size_": 1.0}, extra={"more": [number]})
        assert flavour.requests == []

    def test_are_refused_in_a_query(self, flavour: Flavour) -> None:
        options = RequestOptions(extra_query={"size": float("inf")})
        with pytest.raises(InvalidArgumentError, match=r"^extra_query: "):
            flavour.request(ok, operation(json_body()), {"query_": "a"}, options)


class TestNull:
    def test_is_refused_where_an_argument_may_only_be_left_out(self, flavour: Flavour) -> None:
        body = json_body(not_null=frozenset({"inner"}))
        with pytest.raises(InvalidArgumentError, match=r"^inner: .*leave it out") as raised:
            sent(flavour, body, {"query_": "a", "inner": None})
        assert raised.value.argument == "inner"
        assert flavour.requests == []

    def test_elsewhere_is_sent(self, flavour: Flavour) -> None:
        body = json_body(not_null=frozenset({"mode"}))
        request = sent(flavour, body, {"query_": "a", "inner": None, "mode": UNSET})
        assert json.loads(request.content) == {"query": "a", "inner": None}


class TestExtraProperties:
    def test_stand_in_the_place_of_the_methods_own(self, flavour: Flavour) -> None:
        extra = {"mode": "other"}
        request = sent(flavour, json_body(), {"query_": "a", "mode": "mine"}, extra)
        assert json.loads(request.content) == {"query": "a", "mode": "other"}

    @pytest.mark.parametrize("extra", ["text", 1, ["a"], b"abc", {1: 2}, {"\ud800": 2}])
    def test_are_an_objects(self, flavour: Flavour, extra: object) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^extra_body: "):
            sent(flavour, json_body(), {"query_": "a"}, extra)

    def test_are_added_to_an_object_only(self, flavour: Flavour) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^extra_body: "):
            sent(flavour, Body("application/json", list[int]), {"body": [1]}, {"a": 1})


class TestWhatACallAdds:
    @pytest.mark.parametrize(
        ("options", "argument"),
        [
            ({"extra_headers": {"X-A": "a\r\nX-B: b"}}, "extra_headers"),
            ({"extra_headers": {"X-A": "a\nb"}}, "extra_headers"),
            ({"extra_headers": {"X-A\r\nX-B": "b"}}, "extra_headers"),
            ({"extra_headers": {"X A": "b"}}, "extra_headers"),
            ({"extra_headers": {"": "b"}}, "extra_headers"),
            ({"extra_headers": {"X-A": "é"}}, "extra_headers"),
            ({"extra_headers": {"X-A": 1}}, "extra_headers"),
            ({"extra_headers": {"X-A": None}}, "extra_headers"),
            ({"extra_headers": "X-A: b"}, "extra_headers"),
            ({"extra_headers": [("X-A", "b")]}, "extra_headers"),
            ({"extra_query": "a=b"}, "extra_query"),
            ({"extra_query": {1: "b"}}, "extra_query"),
            ({"extra_query": {"a": object()}}, "extra_query"),
            ({"extra_headers": {"X-A": "b "}}, "extra_headers"),
            ({"extra_query": {"a": "b" * 70_000}}, "extra_query"),
            ({"extra_query": {str(n): "b" * 1000 for n in range(70)}}, "extra_query"),
            *[({"timeout": timeout}, "timeout") for timeout in ("5", 0, -1, float("nan"), [5])],
            *[({"timeout": timeout}, "timeout") for timeout in (float("inf"), 1e10, 10**400)],
            ({"timeout": httpx2.Timeout(5, read=float("inf"))}, "timeout"),
        ],
    )
    def test_is_refused_if_it_does_not_fit(
        self, flavour: Flavour, options: Any, argument: str
    ) -> None:
        with pytest.raises(InvalidArgumentError, match=f"^{argument}: ") as raised:
            flavour.request(ok, operation(json_body()), {"query_": "a"}, options)
        assert argument == raised.value.argument
        assert flavour.requests == []

    def test_is_refused_by_an_unknown_name(self, flavour: Flavour) -> None:
        options: Any = {"extra_header": {}}
        with pytest.raises(TypeError, match="op takes no argument 'extra_header'"):
            flavour.request(ok, operation(json_body()), {"query_": "a"}, options)

    def test_may_be_the_bodys_content_type(self, flavour: Flavour) -> None:
        options = RequestOptions(extra_headers={"Content-Type": "application/x"})
        flavour.request(ok, operation(json_body()), {"query_": "a"}, options)
        assert flavour.requests[0].headers.get_list("content-type") == ["application/x"]

    def test_may_be_a_long_timeout(self, flavour: Flavour) -> None:
        for timeout in (2_000_000, httpx2.Timeout(None, connect=0.1)):
            options = RequestOptions(timeout=timeout)
            flavour.request(ok, operation(json_body()), {"query_": "a"}, options)
        reads = [request.extensions["timeout"]["read"] for request in flavour.requests]
        assert reads == [2_000_000, None]

    def test_may_be_no_timeout(self, flavour: Flavour) -> None:
        options = RequestOptions(timeout=None)
        flavour.request(ok, operation(json_body()), {"query_": "a"}, options)
        assert flavour.requests[0].extensions["timeout"]["read"] is None


def test_a_form_repeats_arrays_and_writes_objects_as_json(flavour: Flavour) -> None:
    body = Body("application/x-www-form-urlencoded", dict[str, Any])
    request = sent(flavour, body, {"body": {"a": ["1", "2"], "b": True, "c": {"d": 1}}})
    assert request.content == b"a=1&a=2&b=true&c=%7B%22d%22%3A1%7D"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("encoding", "value", "expected"),
    [
        (Encoding(), [1, 2], b"p=1&p=2"),
        (Encoding("application/json"), ["a", {"b": 1}], b"p=%22a%22&p=%7B%22b%22%3A1%7D"),
        (Encoding(style="form", explode=False), ["a,b", "c"], b"p=a%2Cb,c"),
        (Encoding(style="form"), {"a": 1, "b": None}, b"a=1"),
        (Encoding(style="pipeDelimited", explode=False), ["a", "b"], b"p=a%7Cb"),
        (
            Encoding(style="deepObject"),
            {"a": {"b": [1, 2]}},
            b"p%5Ba%5D%5Bb%5D=1&p%5Ba%5D%5Bb%5D=2",
        ),
        (Encoding(style="form", allow_reserved=True), "a/b?c", b"p=a/b?c"),
        (Encoding(style="form"), None, b""),
    ],
)
def test_a_form_is_written_as_its_encoding_says(
    synchronous: Flavour, encoding: Encoding, value: Any, expected: bytes
) -> None:
    media_type = "application/x-www-form-urlencoded"
    body = Body(media_type, dict[str, Any], encoding={"p": encoding})
    assert sent(synchronous, body, {"body": {"p": value}}).content == expected


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
    with pytest.raises(InvalidArgumentError, match=r"^extra_query: "):
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


def told(head: str) -> tuple[str, ...]:
    """A part's name and content type."""
    found = [re.search(pattern, head) for pattern in ('name="(.*?)"', "Content-Type: (.*)")]
    return tuple(match[1] for match in found if match)


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
        ("encoding", "value", "expected"),
        [
            (Encoding("text/csv, text/plain"), "a,b", [("p", "text/csv", b"a,b")]),
            (Encoding("application/x+json"), "a", [("p", "application/x+json", b'"a"')]),
            (
                Encoding(style="deepObject"),
                {"a": "é&", "b": [1]},
                [
                    ("p[a]", "text/plain; charset=utf-8", "é&".encode()),
                    ("p[b]", "text/plain; charset=utf-8", b"1"),
                ],
            ),
            (
                Encoding(style="form", allow_reserved=True),
                "%41b c&=",
                [("p", "text/plain; charset=utf-8", b"%41b c&=")],
            ),
        ],
    )
    def test_a_part_is_written_as_its_encoding_says(
        self, synchronous: Flavour, encoding: Encoding, value: Any, expected: Any
    ) -> None:
        body = Body("multipart/form-data", dict[str, Any], encoding={"p": encoding})
        found = parts(sent(synchronous, body, {"body": {"p": value}}))
        assert expected == [(*told(head), content) for head, content in found]

    @pytest.mark.parametrize(
        ("file", "expected"),
        [
            (b"a", "image/png"),
            (("a.jpg", b"a"), "image/jpeg"),
            (("a.txt", b"a"), "image/png"),
            (("a", b"a", "text/x"), "text/x"),
        ],
    )
    def test_a_file_has_a_media_type_of_its_encoding_unless_it_has_one(
        self, synchronous: Flavour, file: Any, expected: str
    ) -> None:
        encoding = {"file": Encoding("image/png, image/jpeg", headers={"X-A": "b"})}
        (head, _) = parts(sent(synchronous, upload(encoding=encoding), {"file": file}))[0]
        assert f"Content-Type: {expected}" in head
        assert "X-A: b" in head

    def test_files_of_a_body_that_is_given_whole_are_known_by_their_values(
        self, synchronous: Flavour
    ) -> None:
        body = Body("multipart/form-data", dict[str, Any])
        files = {"a": b"1", "b": [("n", b"2"), b"3"], "c": "4"}
        found = parts(sent(synchronous, body, {"body": files}))
        assert ["filename" in head for head, _ in found] == [True, True, True, False]
        assert [content for _, content in found] == [b"1", b"2", b"3", b"4"]

    def test_a_model_is_no_file_whatever_its_properties(self, synchronous: Flavour) -> None:
        body = Body("multipart/form-data", dict[str, Any])
        ((head, content),) = parts(sent(synchronous, body, {"body": {"a": Readable(read=True)}}))
        assert "filename" not in head
        assert content == b'{"read":true}'

    @pytest.mark.parametrize("name", ['a"b', "a\r\nX: y", "é", "a\\b"])
    def test_a_name_stays_within_its_quotes(self, synchronous: Flavour, name: str) -> None:
        body = Body("multipart/form-data", dict[str, Any])
        ((head, content),) = parts(sent(synchronous, body, {"body": {name: "x"}}))
        assert len(re.findall('"', head)) == 2
        assert content == b"x"
        assert "X: y" not in head.splitlines()

    def test_another_multipart_has_parts_and_a_boundary_too(self, synchronous: Flavour) -> None:
        request = sent(synchronous, Body("multipart/mixed", dict[str, Any]), {"body": {"a": "b"}})
        assert request.headers["content-type"].startswith("multipart/mixed; boundary=")
        assert [content for _, content in parts(request)] == [b"b"]

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


@pytest.mark.parametrize("body", [b"abc", "abc", io.BytesIO(b"abc")])
def test_any_other_media_type_is_sent_as_it_is(flavour: Flavour, body: Any) -> None:
    request = sent(flavour, Body("application/octet-stream", BINARY), {"body": body})
    assert request.content == b"abc"
    assert request.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("media_type", "file", "expected"),
    [
        ("*/*", b"a", "application/octet-stream"),
        ("image/*", ("a.png", b"a"), "image/png"),
        ("image/*", ("a", b"a", "image/x; q=1"), "image/x; q=1"),
        ("image/*", b"a", None),
        ("image/*", "a", None),
        ("multipart/related", ("a", b"a", "multipart/related; boundary=x"), "multipart/related; "),
        ("multipart/related", b"a", None),
    ],
)
def test_of_a_range_the_caller_says_the_media_type(
    synchronous: Flavour, media_type: str, file: Any, expected: str | None
) -> None:
    body = Body(media_type, BINARY)
    if expected is None:
        with pytest.raises(InvalidArgumentError, match=r"^body: "):
            sent(synchronous, body, {"body": file})
        return
    request = sent(synchronous, body, {"body": file})
    assert request.headers["content-type"].startswith(expected)
    assert request.content == b"a"


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/jsonl", b'{"size":1}\n{"size":2}\n'),
        ("application/stream+json", b'{"size":1}\n{"size":2}\n'),
        ("application/json-seq", b'\x1e{"size":1}\n\x1e{"size":2}\n'),
    ],
)
def test_items_are_written_line_by_line(flavour: Flavour, media_type: str, expected: bytes) -> None:
    items = ({"size": number} for number in (1, 2))
    assert sent(flavour, Body(media_type, list[Inner]), {"body": items}).content == expected
    with pytest.raises(InvalidArgumentError, match=r"^body: at /0/size"):
        sent(flavour, Body(media_type, list[Inner]), {"body": [{"size": "x"}]})


def test_a_body_of_bytes_is_not_an_object(flavour: Flavour) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^body: "):
        sent(flavour, Body("application/octet-stream", BINARY), {"body": 3})


def test_a_multipart_body_without_parts_is_a_body(synchronous: Flavour) -> None:
    request = sent(synchronous, Body("multipart/form-data", dict[str, Any]), {"body": {}})
    assert request.headers["content-type"] == "multipart/form-data; boundary=empty"
    assert request.content == b"--empty--\r\n"


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/vnd+json", b'{"a":1}'),
        ("application/x-www-form-urlencoded", b"a=1"),
        ("application/octet-stream", b'{"a":1}'),
    ],
)
def test_an_optional_body_may_be_what_is_added_alone(
    synchronous: Flavour, media_type: str, expected: bytes
) -> None:
    type_ = BINARY if media_type.endswith("stream") else Message
    body = Body(media_type, type_, ARGUMENTS if type_ is Message else None, required=False)
    request = sent(synchronous, body, {}, extra={"a": 1})
    assert request.content == expected
    wanted = "application/json" if type_ is BINARY else media_type
    assert request.headers["content-type"] == wanted


def test_a_body_where_none_is_due_is_json(flavour: Flavour) -> None:
    post: Operation[None] = Operation("op", "POST", "/", answers=(Answer("200"),))
    flavour.request(ok, post, {}, RequestOptions(extra_body=[1]))
    assert flavour.requests[0].content == b"[1]"
