"""What a client logs says how a call went, and shows no key."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, ClassVar

import httpx2
import pytest

from runtime.client import API, AsyncClient, SyncClient
from runtime.errors import APIError
from runtime.operation import Answer, Body, Operation
from runtime.request import RequestOptions
from runtime.security import APIKey, Basic, Bearer

if TYPE_CHECKING:
    from conftest import Flavour

SCHEMES = {
    "bearer": Bearer(),
    "basic": Basic(),
    "header": APIKey("header", "X-Key"),
    "query": APIKey("query", "key"),
    "cookie": APIKey("cookie", "session"),
}
KEY = "se:cret+key"
SHOWN_AS = ("se:cret+key", "se%3Acret", "c2U6Y3JldCtrZXk=", "cret")


class Client(SyncClient):
    _api: ClassVar = API("n", "1", "https://x", "NO", SCHEMES)


class Async(AsyncClient):
    _api: ClassVar = API("n", "1", "https://x", "NO", SCHEMES)


def op(scheme: str) -> Operation[Any]:
    body = Body("application/json", dict[str, str])
    return Operation("op", "PUT", "/op", (), body, (Answer("200"),), security=((scheme,),))


def unreachable(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectError("no route", request=request)


def call(flavour: Flavour, scheme: str, handler: Any) -> None:
    transport = httpx2.MockTransport(flavour._keeping(handler))
    client: Any = (Client if flavour.name == "sync" else Async)(KEY, transport=transport)
    options = RequestOptions(extra_query={"page": 2}, extra_headers={"X-Own": "private header"})
    arguments = {"body": {"text": "private body"}}
    flavour.use(client, lambda c: c._request(op(scheme), arguments, options))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("handler", [200, 401, 503, unreachable])
def test_no_logger_shows_a_key_a_header_or_a_body(
    flavour: Flavour,
    waits: list[float],
    caplog: pytest.LogCaptureFixture,
    scheme: str,
    handler: Any,
) -> None:
    status = handler
    answers = handler if callable(handler) else lambda _: httpx2.Response(status)
    error: APIError | None = None
    with caplog.at_level(logging.DEBUG):
        try:
            call(flavour, scheme, answers)
        except APIError as raised:
            error = raised
    records = [record.getMessage() for record in caplog.records]
    # Of httpx2 and of ours; what is said of the request counts as well.
    assert records
    request = flavour.requests[0]
    texts = [*records, str(error), repr(error), repr(request), str(request.url), repr(request.url)]
    for text in texts:
        assert not any(secret in text for secret in (*SHOWN_AS, "private"))
    assert len(waits) == (0 if status in (200, 401) else 2)
    if scheme == "query":
        assert request.url.params["key"] == KEY
        assert request.url.raw_path == b"/op?key=se%3Acret%2Bkey&page=2"


def test_each_try_is_told_before_and_after(
    flavour: Flavour, waits: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    statuses = iter([503])
    with caplog.at_level(logging.DEBUG, logger="runtime"):
        call(flavour, "query", lambda _: httpx2.Response(next(statuses, 200)))
    ours = [record for record in caplog.records if record.name == "runtime.retry"]
    lines = [record.getMessage().rpartition(" after ")[0] or record.getMessage() for record in ours]
    subject = "PUT https://x/op?key=redacted&page=2"
    assert lines == [
        f"op, try 1: {subject}",
        f"op, try 1: {subject}: 503",
        f"op, try 2: {subject}",
        f"op, try 2: {subject}: 200",
    ]
    assert {record.levelno for record in ours} == {logging.DEBUG}
    assert ours[1].getMessage().endswith(" ms")
    assert len(waits) == 1
