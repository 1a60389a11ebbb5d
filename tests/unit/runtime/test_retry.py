"""A request is sent again only where that can't hurt, and after a wait."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.client import API, SyncClient
from runtime.errors import APIConnectionError, APIStatusError, IncompleteStreamError
from runtime.operation import BINARY, Answer, Body, EventStream, Operation
from runtime.request import RequestOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Flavour

    from runtime.files import FileTypes


class ExampleClient(SyncClient):
    _api = API("n", "1", "https://x")


def operation(method: str, body: Body | None = None) -> Operation[Any]:
    return Operation("op", method, "/op", body=body, answers=(Answer("200"),))


def failing(times: int, failure: int | type[httpx2.RequestError], **response: Any) -> Any:
    left = times

    def handler(request: httpx2.Request) -> httpx2.Response:
        nonlocal left
        left -= 1
        if left < 0:
            return httpx2.Response(200)
        if isinstance(failure, int):
            return httpx2.Response(failure, **response)
        raise failure("failed", request=request)

    return handler


@pytest.mark.parametrize(
    ("method", "failure", "tries"),
    [
        *[("GET", status, 3) for status in (408, 429, 502, 503, 504)],
        *[("GET", status, 1) for status in (400, 401, 404, 409, 500)],
        *[("PUT", 502, 3), ("DELETE", 502, 3), ("PATCH", 502, 1)],
        *[("POST", status, 3) for status in (429, 503)],
        *[("POST", status, 1) for status in (408, 500, 502, 504)],
        *[(method, httpx2.ConnectError, 3) for method in ("GET", "POST")],
        *[(method, httpx2.ConnectTimeout, 3) for method in ("GET", "POST")],
        *[("GET", httpx2.ReadError, 3), ("POST", httpx2.ReadError, 1)],
        *[("GET", httpx2.ReadTimeout, 1), ("POST", httpx2.ReadTimeout, 1)],
        *[("POST", httpx2.RemoteProtocolError, 1)],
    ],
)
def test_what_is_tried_again(
    flavour: Flavour, waits: list[float], method: str, failure: Any, tries: int
) -> None:
    with pytest.raises((APIStatusError, APIConnectionError)) as raised:
        flavour.request(failing(9, failure), operation(method))
    assert tries == len(flavour.requests)
    assert tries - 1 == len(waits)
    assert tries == raised.value.tries  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("method", "said", "failure", "retries"),
    [
        ("POST", (True, None), 502, 2),
        ("POST", (True, None), httpx2.ReadError, 2),
        ("POST", (None, True), 504, 2),
        ("POST", (True, False), 502, 0),
        ("PUT", (False, None), 502, 0),
        ("PUT", (False, None), httpx2.ReadError, 0),
        ("GET", (None, False), 408, 0),
        ("PUT", (False, True), 502, 2),
        # The server can't have acted, whatever it does when it acts.
        *[("PUT", (False, None), failure, 2) for failure in (429, 503, httpx2.ConnectError)],
    ],
)
def test_the_document_or_the_caller_may_say_that_twice_is_as_once(
    waits: list[float], method: str, said: tuple[Any, Any], failure: Any, retries: int
) -> None:
    document, caller = said
    options = RequestOptions() if caller is None else RequestOptions(idempotent=caller)
    op = replace(operation(method), is_idempotent=document)
    transport = httpx2.MockTransport(failing(9, failure))
    with (
        ExampleClient(transport=transport) as client,
        pytest.raises((APIStatusError, APIConnectionError)) as raised,
    ):
        client._request(op, {}, options)
    assert (retries, retries + 1) == (len(waits), raised.value.tries)  # type: ignore[union-attr]


def redirecting(flavour: Flavour, handler: Any, **settings: Any) -> Any:
    """A client over an injected one that follows redirects."""
    kind: Any = httpx2.Client if flavour.name == "sync" else httpx2.AsyncClient
    transport = httpx2.MockTransport(flavour._keeping(handler))
    return flavour.make(http_client=kind(transport=transport, follow_redirects=True, **settings))


@pytest.mark.parametrize("failure", [503, 429, httpx2.ConnectError])
@pytest.mark.parametrize(("method", "tries"), [("POST", 1), ("PUT", 3)])
def test_what_was_redirected_may_have_been_acted_on(
    flavour: Flavour, waits: list[float], failure: Any, method: str, tries: int
) -> None:
    elsewhere = failing(9, failure)

    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/elsewhere":
            response: httpx2.Response = elsewhere(request)
            return response
        return httpx2.Response(303, headers={"location": "/elsewhere"})

    client = redirecting(flavour, handler)
    with pytest.raises((APIStatusError, APIConnectionError)) as raised:
        flavour.use(client, lambda c: c._request(operation(method), {}, RequestOptions()))
    assert raised.value.tries == tries  # type: ignore[union-attr]
    assert [request.method for request in flavour.requests] == [method, "GET"] * tries
    assert len(waits) == tries - 1


@pytest.mark.parametrize("failure", [503, 429, httpx2.ConnectError])
def test_what_an_auth_flow_sends_again_may_be_tried_again(
    flavour: Flavour, waits: list[float], failure: Any
) -> None:
    afterwards = failing(1, failure)

    def handler(request: httpx2.Request) -> httpx2.Response:
        if "authorization" in request.headers:
            response: httpx2.Response = afterwards(request)
            return response
        challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'
        return httpx2.Response(401, headers={"www-authenticate": challenge})

    client = redirecting(flavour, handler, auth=httpx2.DigestAuth("user", "password"))
    flavour.use(client, lambda c: c._request(operation("POST"), {}, RequestOptions()))
    assert len(waits) == 1


def test_a_stream_is_tried_again_only_before_its_first_byte(
    flavour: Flavour, waits: list[float]
) -> None:
    class Breaking(httpx2.SyncByteStream, httpx2.AsyncByteStream):
        def __iter__(self) -> Any:
            yield b'data: "one"\n\n'
            raise httpx2.ReadError("gone")

        async def __aiter__(self) -> Any:
            yield b'data: "one"\n\n'
            raise httpx2.ReadError("gone")

    statuses = iter([503])
    headers = {"content-type": "text/event-stream"}
    events: Operation[Any] = Operation(
        "op", "GET", "/op", answers=(Answer("200", {"text/event-stream": EventStream(str)}),)
    )
    found: list[str] = []
    with pytest.raises(IncompleteStreamError):
        flavour.events(
            lambda _: httpx2.Response(next(statuses, 200), headers=headers, stream=Breaking()),
            events,
            found,
        )
    assert found == ["one"]
    assert len(flavour.requests) == 2
    assert len(waits) == 1


def test_the_next_try_may_succeed(flavour: Flavour, waits: list[float]) -> None:
    assert flavour.request(failing(2, 503), operation("POST")) is None
    assert len(waits) == 2


def test_waits_grow_with_jitter(flavour: Flavour, waits: list[float]) -> None:
    flavour.request(failing(6, 503), operation("GET"), max_retries=6)
    longest = [0.5, 1, 2, 4, 8, 8]
    assert all(0.75 * most <= wait <= most for wait, most in zip(waits, longest, strict=True))


def test_a_thousand_tries_are_no_problem(flavour: Flavour, waits: list[float]) -> None:
    flavour.request(failing(1100, 503), operation("GET"), max_retries=1100)
    assert max(waits) <= 8


def in_half_a_minute() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        ("3", 3, 3),
        ("3600", 60, 60),
        (in_half_a_minute, 20, 30),
        ("soon", 0.3, 0.5),
        ("-1", 0.3, 0.5),
        ("9" * 400, 60, 60),
        ("Mon, 01 Jan 99999999999999999999 00:00:00 GMT", 0.3, 0.5),
        ("Mon, 01 Jan 2035 00:00:00 +999999999999", 0.3, 0.5),
        ("Mon, 01 Jan 0001 00:00:00 +2300", 0, 0.5),
        ("Mon, 01 Jan 2035 00:00:00", 60, 60),
        ("Mon, 01 Jan 0001 00:00:00", 0, 0.5),
        ("\u00b2".encode("latin-1"), 0.3, 0.5),
        ("", 0.3, 0.5),
    ],
)
def test_retry_after_is_obeyed_up_to_a_cap(
    flavour: Flavour,
    waits: list[float],
    retry_after: str | bytes | Callable[[], str],
    least: float,
    most: float,
) -> None:
    # A date is made when the test runs, which may be long after it was collected.
    value: Any = retry_after() if callable(retry_after) else retry_after
    headers = [(b"retry-after", value.encode() if isinstance(value, str) else value)]
    flavour.request(failing(1, 503, headers=headers), operation("GET"))
    assert least <= waits[0] <= most


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set")
def test_a_date_without_a_zone_is_in_gmt(
    synchronous: Flavour, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = {"retry-after": in_half_a_minute().removesuffix(" GMT")}
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        synchronous.request(failing(1, 503, headers=headers), operation("GET"))
    time.tzset()
    assert 20 <= waits[0] <= 30


def test_no_retries_may_be_asked_for(flavour: Flavour, waits: list[float]) -> None:
    with pytest.raises(APIStatusError):
        flavour.request(failing(1, 503), operation("GET"), max_retries=0)
    assert waits == []


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/octet-stream"])
def test_a_file_is_sent_again_from_its_start(
    flavour: Flavour, waits: list[float], media_type: str, tmp_path: Any
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")
    contents: list[FileTypes] = [path]
    with path.open("rb") as file:
        contents.append(file)
        for content in contents:
            value = {"f": content} if media_type.startswith("multipart") else content
            type_ = dict[str, bytes] if media_type.startswith("multipart") else BINARY
            body = Body(media_type, type_, files=frozenset({"f"}))
            flavour.request(failing(1, 503), operation("POST", body), {"body": value})
    assert len(flavour.requests) == 4
    assert all(b"content" in request.content for request in flavour.requests)
    assert len(waits) == 2


def test_what_can_be_read_only_once_is_sent_only_once(
    synchronous: Flavour, waits: list[float]
) -> None:
    class Once(io.BytesIO):
        def seekable(self) -> bool:
            return False

    body = Body("application/octet-stream", BINARY)
    with pytest.raises(APIStatusError):
        synchronous.request(failing(1, 503), operation("POST", body), {"body": Once(b"content")})
    assert waits == []
