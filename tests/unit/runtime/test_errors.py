"""Errors make one tree, keep what they are about through pickles and copies, and show no key."""

from __future__ import annotations

import copy
import pickle
import re
import traceback
from typing import TYPE_CHECKING, Any, Literal

import httpx2
import pytest

from runtime import errors
from runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    EventTooLargeError,
    IncompleteStreamError,
    InvalidArgumentError,
    ResponseValidationError,
    StreamError,
    UnexpectedResponseError,
    connection_error,
    status_error,
)
from runtime.fitting import Misfit
from runtime.model import Model
from runtime.operation import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "app-SECRET"
REQUEST = httpx2.Request(
    "POST", "https://api.example/v1", headers={"authorization": f"Bearer {KEY}"}, content=b"{}"
)


class Failure(Model):
    event: Literal["error"]
    code: str
    message: str


def answered(status: int, content: bytes = b"", content_type: str = "") -> httpx2.Response:
    headers = {"content-type": content_type} if content_type else {}
    return httpx2.Response(status, headers=headers, content=content, request=REQUEST)


def of_status(status: int) -> APIStatusError:
    return status_error(answered(status, b'{"code": "c", "message": "m"}'), tries=3)


def unread() -> httpx2.Response:
    """The answer of a stream, which holds a connection."""
    return httpx2.Response(200, content=iter([b"data: 1"]), request=REQUEST)


MISFIT = Misfit("/id", "a required property", UNSET)
FAILURE = Failure(event="error", code="c", message="m")
ERRORS: list[APIError] = [
    APIError("m"),
    InvalidArgumentError("user", "m"),
    APIConnectionError("m", REQUEST, 2),
    APITimeoutError("m", REQUEST, 3),
    IncompleteStreamError("m", REQUEST),
    ResponseValidationError("m", unread(), MISFIT),
    ResponseValidationError("m", answered(200, b"{}")),
    UnexpectedResponseError("m", answered(200, b"<html>")),
    StreamError(FAILURE, unread()),
    StreamError({"message": "m"}),
    EventTooLargeError("m"),
    connection_error(httpx2.ReadTimeout("m", request=REQUEST)),
    *map(of_status, [400, 401, 403, 404, 409, 413, 415, 418, 422, 429, 500, 503]),
]


def heirs(kind: type[APIError]) -> Iterator[type[APIError]]:
    for heir in kind.__subclasses__():
        yield heir
        yield from heirs(heir)


def drawn() -> dict[str, str]:
    """The parent of each class, as the tree in the module's docstring has it."""
    above: dict[int, str] = {}
    parents = {}
    for bars, name in re.findall(
        r"(?m)^((?:[│ ]   )*(?:[├└]── )?)(\w+Error)\b", errors.__doc__ or ""
    ):
        depth = len(bars) // 4
        above[depth] = name
        parents[name] = above.get(depth - 1, "Exception")
    return parents


def test_the_tree_that_is_drawn_is_the_tree() -> None:
    classes: list[type[APIError]] = [APIError, *heirs(APIError)]
    assert {kind.__name__: kind.__bases__[0].__name__ for kind in classes} == drawn()


def test_every_class_is_tried_here() -> None:
    assert {APIError, *heirs(APIError)} == {type(error) for error in ERRORS}


def pickled(error: APIError) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)


@pytest.mark.parametrize("copied", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_can_be_pickled_and_copied(
    error: APIError, copied: Callable[[APIError], Any]
) -> None:
    twin = copied(error)
    assert type(error) is type(twin)
    assert (str(error), repr(error), error.args) == (str(twin), repr(twin), twin.args)
    assert vars(error).keys() == vars(twin).keys()
    for name, value in vars(error).items():
        kept = getattr(twin, name)
        if isinstance(value, httpx2.Request):
            assert (value.url, value.headers, value.content) == (
                kept.url,
                kept.headers,
                kept.content,
            )
        elif isinstance(value, httpx2.Response):
            assert (value.status_code, value.headers) == (kept.status_code, kept.headers)
            assert kept.request.url == REQUEST.url
        else:
            assert value == kept


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_no_text_shows_a_key(error: APIError) -> None:
    for shown in (error, pickled(error)):
        texts = [str(shown), repr(shown), *map(repr, vars(shown).values())]
        assert KEY not in "".join([*texts, *traceback.format_exception(shown)])


def test_what_is_missing_is_not_found() -> None:
    error = ResponseValidationError("m", answered(200), MISFIT)
    assert (error.pointer, error.expected, error.found) == ("/id", "a required property", UNSET)
    assert str(MISFIT) == "at /id: expected a required property, found nothing"


@pytest.mark.parametrize(
    ("found", "kind"),
    [({}, "an object"), ([], "an array"), ("s", "a string"), (True, "a boolean"), (None, "null"),
     (1, "a number"), (1.5, "a number")],
)  # fmt: skip
def test_a_misfit_says_the_kind_of_what_was_found(found: object, kind: str) -> None:
    assert str(Misfit("", "e", found)) == f"at the root: expected e, found {kind}"


@pytest.mark.parametrize(
    ("content", "content_type", "body"),
    [
        (b"", "application/json", ""),
        (b"<html>\xc3\xa9</html>", "text/html; charset=utf-8", "<html>é</html>"),
        (b'["a"]', "application/json", ["a"]),
        (b'"a"', "application/json", "a"),
        (b"null", "application/json", None),
        (b'{"a": "\xc3\xa9"}', "application/json; charset=ascii", {"a": "é"}),
        (b'{"a": "\xe9"}', "application/json; charset=iso-8859-1", {"a": "é"}),
        (b'\xef\xbb\xbf{"a": 1}', "application/json", {"a": 1}),
        ('{"a": "é"}'.encode("utf-16"), "application/json", {"a": "é"}),
        (b'{"a": ', "application/json", '{"a": '),
        (b"[" * 100_000, "application/json", "[" * 100_000),
        (b"\xff\xfe\xff", "text/plain; charset=nonsense", ...),
        (b'{"code": {}, "message": 5, "error": []}', "", {"code": {}, "message": 5, "error": []}),
    ],
    ids=range(13),
)
def test_a_refusal_has_its_body_whatever_that_is(
    content: bytes, content_type: str, body: object
) -> None:
    error = status_error(answered(400, content, content_type))
    assert error.body == body if body is not ... else isinstance(error.body, str)
    assert (error.code, error.message, str(error)) == (None, "Bad Request", "400 Bad Request")


@pytest.mark.parametrize(
    ("event", "code", "message"),
    [
        (FAILURE, "c", "m"),
        ({"code": 5, "message": "m"}, 5, "m"),
        ({"error": {"code": "c", "message": "m"}}, "c", "m"),
        ("broken", None, "the stream reported an error"),
        (None, None, "the stream reported an error"),
        (Failure.model_construct(message=["m"]), None, "the stream reported an error"),
    ],
    ids=range(6),
)
def test_the_error_of_a_stream_says_what_its_event_says(
    event: object, code: object, message: str
) -> None:
    error = StreamError(event, unread())
    assert (error.event, error.code, error.message) == (event, code, message)
    assert error.request is REQUEST


@pytest.mark.parametrize("flavour", [httpx2.ReadTimeout, httpx2.ConnectTimeout])
def test_a_timeout_is_pythons_too(flavour: type[httpx2.TimeoutException]) -> None:
    error = connection_error(flavour("", request=REQUEST), IncompleteStreamError, tries=2)
    assert type(error) is APITimeoutError
    assert isinstance(error, TimeoutError)
    assert (str(error), error.tries) == (f"{flavour.__name__} (2 tries)", 2)


def test_the_answer_to_a_body_that_was_streamed_can_be_pickled() -> None:
    async def chunks() -> Any:
        yield b"a"

    request = httpx2.Request("POST", "https://api.example/v1", content=chunks())
    response = httpx2.Response(500, content=b'{"message": "m"}', request=request)
    twin = pickled(status_error(response))
    assert (twin.body, twin.response.content) == ({"message": "m"}, b'{"message": "m"}')
