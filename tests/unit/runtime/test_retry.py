"""A request is sent again only where that can't hurt, and after a wait."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.errors import APIConnectionError, APIStatusError
from runtime.operation import Answer, Body, Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Flavour

    from runtime.files import FileTypes


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


def test_the_next_try_may_succeed(flavour: Flavour, waits: list[float]) -> None:
    assert flavour.request(failing(2, 503), operation("POST")) is None
    assert len(waits) == 2


def test_waits_grow_with_jitter(flavour: Flavour, waits: list[float]) -> None:
    flavour.request(failing(6, 503), operation("GET"), max_retries=6)
    longest = [0.5, 1, 2, 4, 8, 8]
    assert all(0.75 * most <= wait <= most for wait, most in zip(waits, longest, strict=True))


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
    ],
)
def test_retry_after_is_obeyed_up_to_a_cap(
    flavour: Flavour,
    waits: list[float],
    retry_after: str | Callable[[], str],
    least: float,
    most: float,
) -> None:
    # A date is made when the test runs, which may be long after it was collected.
    headers = {"retry-after": retry_after if isinstance(retry_after, str) else retry_after()}
    flavour.request(failing(1, 503, headers=headers), operation("GET"))
    assert least <= waits[0] <= most


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
            body = Body(media_type, dict[str, bytes], files=frozenset({"f"}))
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

    body = Body("application/octet-stream", bytes)
    with pytest.raises(APIStatusError):
        synchronous.request(failing(1, 503), operation("POST", body), {"body": Once(b"content")})
    assert waits == []
