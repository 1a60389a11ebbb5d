"""Keys go where the document's schemes want them, and nowhere else."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import httpx2
import pytest

from runtime import transport
from runtime.client import API, AsyncClient, SyncClient
from runtime.errors import (
    APIError,
    APIStatusError,
    AuthenticationError,
    InvalidArgumentError,
    StreamError,
)
from runtime.operation import Answer, Operation
from runtime.request import RequestOptions
from runtime.security import APIKey, Basic, Bearer, credentials_for

if TYPE_CHECKING:
    from conftest import Flavour

SCHEMES = {
    "bearer": Bearer(),
    "basic": Basic(),
    "header": APIKey("header", "X-Key"),
    "query": APIKey("query", "key"),
    "cookie": APIKey("cookie", "session"),
}


def secured(*alternatives: tuple[str, ...]) -> Operation[Any]:
    return Operation("op", "GET", "/op", answers=(Answer("200"),), security=alternatives)


def ok(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200)


@pytest.mark.parametrize(
    ("scheme", "header", "value"),
    [
        ("bearer", "authorization", "Bearer a:b"),
        ("basic", "authorization", "Basic YTpi"),
        ("header", "x-key", "a:b"),
        ("cookie", "cookie", "session=a:b"),
    ],
)
def test_a_key_goes_to_its_place(scheme: str, header: str, value: str) -> None:
    class Client(SyncClient):
        _api: ClassVar = API("n", "1", "https://x", "NO", SCHEMES)

    seen: list[httpx2.Request] = []
    transport = httpx2.MockTransport(lambda request: seen.append(request) or httpx2.Response(200))
    with httpx2.Client(transport=transport) as http:
        client = Client("a:b", http_client=http)
        client._request(secured((scheme,)), {}, RequestOptions())
        client._request(secured(("query",)), {}, RequestOptions())
    assert value == seen[0].headers[header]
    assert seen[1].url.raw_path == b"/op?key=a%3Ab"


class Client(SyncClient):
    _api: ClassVar = API("n", "1", "https://x", "NO", SCHEMES)


class Async(AsyncClient):
    _api: ClassVar = API("n", "1", "https://x", "NO", SCHEMES)


def client_of(flavour: Flavour, key: str, handler: Any, **settings: Any) -> Any:
    """A client of all schemes over an injected one."""
    transport = httpx2.MockTransport(flavour._keeping(handler))
    if flavour.name == "sync":
        return Client(key, http_client=httpx2.Client(transport=transport, **settings))
    return Async(key, http_client=httpx2.AsyncClient(transport=transport, **settings))


def test_a_cookie_holds_a_key_as_it_is_or_not_at_all(flavour: Flavour) -> None:
    operation = secured(("cookie",))
    client = client_of(flavour, "a+b/c==%", ok)
    flavour.use(client, lambda c: c._request(operation, {}, RequestOptions()))
    assert flavour.requests[0].headers["cookie"] == "session=a+b/c==%"
    for key in ("a b", "a;b", "a,b", 'a"b', "a\\b", "é", "a\nb"):
        client = client_of(flavour, key, ok)
        with pytest.raises(InvalidArgumentError, match=r"^api_key: ") as raised:
            flavour.use(client, lambda c: c._request(operation, {}, RequestOptions()))
        assert key not in str(raised.value)
    assert len(flavour.requests) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_key_goes_where_a_redirect_leads(flavour: Flavour, scheme: str) -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "x":
            return httpx2.Response(
                307, headers={"location": f"https://evil{request.url.raw_path.decode()}"}
            )
        return httpx2.Response(200)

    client = client_of(flavour, "hidden", handler, follow_redirects=True)
    follows = scheme in ("bearer", "basic")
    with nullcontext() if follows else pytest.raises(APIStatusError, match="307"):
        flavour.use(client, lambda c: c._request(secured((scheme,)), {}, RequestOptions()))
    assert [request.url.host for request in flavour.requests] == ["x", "evil"][: 1 + follows]
    assert "authorization" not in flavour.requests[-1].headers or not follows


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_key_that_the_server_echoes_is_not_shown(flavour: Flavour, scheme: str) -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        said = f"wrong: {request.headers.get('authorization')} us:hidden"
        return httpx2.Response(401, json={"message": said, "code": "us:hidden"})

    client = client_of(flavour, "us:hidden", handler)
    with pytest.raises(AuthenticationError) as raised:
        flavour.use(client, lambda c: c._request(secured((scheme,)), {}, RequestOptions()))
    error = raised.value
    sent = error.request.headers.get("authorization", "Bearer us:hidden").partition(" ")[2]
    for text in (str(error), repr(error), error.message):
        assert sent not in text
        assert "…" in text
    assert error.body["code"] == "us:hidden"


def test_a_key_that_an_event_echoes_is_not_shown() -> None:
    request = httpx2.Request("POST", "https://x", extensions={"keys": ["hidden"]})
    event = {"code": "x", "message": "bad key hidden"}
    assert str(StreamError(event, httpx2.Response(200, request=request))) == "bad key …"


@pytest.mark.parametrize(
    ("security", "keys", "expected"),
    [
        ((), None, []),
        ((("bearer",),), None, None),
        ((("bearer",), ()), None, []),
        ((("bearer",), ("header",)), "k", ["authorization"]),
        ((("bearer", "header"), ("query",)), "k", ["key"]),
        (
            (("bearer", "header"),),
            {"bearer": "a", "header": lambda: "b"},
            ["authorization", "X-Key"],
        ),
        ((("bearer",), ("header",)), {"header": "b"}, ["X-Key"]),
    ],
)
def test_the_first_alternative_that_the_keys_meet_is_taken(
    security: Any, keys: Any, expected: list[str] | None
) -> None:
    credentials = credentials_for(security, SCHEMES, keys)
    names = None if credentials is None else [parameter.name for parameter, _ in credentials]
    assert expected == names


def test_a_callable_is_asked_at_each_request(flavour: Flavour) -> None:
    keys = iter(["one", "two"])
    operation = secured(("Token",))
    for key in ("one", "two"):
        flavour.request(ok, operation, api_key=lambda: next(keys))
        assert f"Bearer {key}" == flavour.requests[-1].headers["authorization"]


def test_a_callables_own_error_passes(flavour: Flavour) -> None:
    def key() -> str:
        raise ValueError("the vault is shut")

    with pytest.raises(ValueError, match=r"^the vault is shut$") as raised:
        flavour.request(ok, secured(("Token",)), api_key=key)
    assert not isinstance(raised.value, APIError)
    assert flavour.requests == []


@pytest.mark.parametrize("key", ["", 1, lambda: "", lambda: None, "a\nb", "\u2026", "a\r\nX: b"])
def test_what_is_no_key_is_refused(flavour: Flavour, key: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^api_key: ") as raised:
        flavour.request(ok, secured(("Token",)), api_key=key)
    assert "X: b" not in str(raised.value)
    assert flavour.requests == []


def test_a_callable_is_not_awaited(flavour: Flavour) -> None:
    async def key() -> str:
        return "key"

    coroutine = key()
    with pytest.raises(InvalidArgumentError, match=r"^api_key: .* not coroutine$"):
        flavour.request(ok, secured(("Token",)), api_key=lambda: coroutine)
    coroutine.close()


def test_key_and_base_url_come_from_the_environment(
    flavour: Flavour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_API_KEY", "from-env")
    monkeypatch.setenv("EXAMPLE_BASE_URL", "http://env/")
    flavour.request(ok, secured(("Token",)), api_key=None)
    assert flavour.requests[0].headers["authorization"] == "Bearer from-env"
    assert str(flavour.requests[0].url) == "http://env/op"


def test_a_missing_key_is_said_before_anything_is_sent(flavour: Flavour) -> None:
    with pytest.raises(InvalidArgumentError, match="set EXAMPLE_API_KEY"):
        flavour.request(ok, secured(("Token",)), api_key=None)
    assert flavour.requests == []


def test_no_key_is_ever_shown(flavour: Flavour, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="runtime"):
        flavour.request(ok, secured(("Token",)))
    assert "secret" not in caplog.text
    client = flavour.sync_client(ok)
    assert repr(client) == "ExampleClient(base_url='https://api.example/v1')"
    options = RequestOptions()
    assert "secret" not in repr(client._prepare(secured(("Token",)), {}, options))


def test_a_call_adds_headers_query_and_timeout(flavour: Flavour) -> None:
    options = RequestOptions(
        extra_headers={"X-A": "b", "User-Agent": "me"}, extra_query={"q": [1, 2]}, timeout=3.0
    )
    flavour.request(ok, secured(), {}, options)
    (request,) = flavour.requests
    assert (request.headers["x-a"], request.headers["user-agent"]) == ("b", "me")
    assert str(request.url) == "https://api.example/v1/op?q=1&q=2"
    assert request.extensions["timeout"]["read"] == 3.0


def test_none_in_the_extra_query_is_left_out(flavour: Flavour) -> None:
    flavour.request(ok, secured(), {}, RequestOptions(extra_query={"q": None, "r": 1}))
    assert str(flavour.requests[0].url) == "https://api.example/v1/op?r=1"


def test_a_request_says_who_sends_it_and_what_it_takes(flavour: Flavour) -> None:
    operation: Operation[Any] = Operation(
        "op", "GET", "/op", answers=(Answer("200", {"text/a": int, "text/b": int}),)
    )
    flavour.request(
        lambda _: httpx2.Response(200, headers={"content-type": "text/a"}, content=b"1"), operation
    )
    assert flavour.requests[0].headers["user-agent"] == "example-client/1.2.3"
    assert flavour.requests[0].headers["accept"] == "text/a, text/b"


@pytest.mark.parametrize(
    "base_url",
    [
        *[
            "",
            "api.example",
            "ftp://x",
            "http://",
            "http://h:port",
            "http://h:65536",
            "http://[::1",
        ],
        *["http://u:p@h/v1", "http://h/v1?x=1", "http://h/v1?", "http://h/v1#x"],
    ],
)
def test_a_base_url_that_is_none_is_refused(synchronous: Flavour, base_url: str) -> None:
    with pytest.raises(InvalidArgumentError, match="base_url"):
        synchronous.sync(base_url=base_url)


@pytest.mark.parametrize("base_url", ["http://h", "HTTPS://h:443/v1/", "http://[::1]:8000/@x"])
def test_a_base_url_may_have_a_port_and_a_path(flavour: Flavour, base_url: str) -> None:
    flavour.request(ok, secured(), base_url=base_url)
    assert str(httpx2.URL(base_url.rstrip("/") + "/op")) == str(flavour.requests[0].url)


def test_an_empty_variable_is_not_set(flavour: Flavour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_API_KEY", "")
    monkeypatch.setenv("EXAMPLE_BASE_URL", "")
    with pytest.raises(InvalidArgumentError, match="set EXAMPLE_API_KEY"):
        flavour.request(ok, secured(("Token",)), api_key=None)
    flavour.request(ok, secured())
    assert str(flavour.requests[0].url) == "https://api.example/v1/op"


def test_an_empty_base_url_is_not_left_out(
    flavour: Flavour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_BASE_URL", "http://env")
    with pytest.raises(InvalidArgumentError, match=r"^base_url: "):
        flavour.make(base_url="")
    client = flavour.make()
    with pytest.raises(InvalidArgumentError, match=r"^base_url: "):
        flavour.use(client, lambda c: c.with_options(base_url=""))


def test_many_streams_are_open_at_once_and_a_full_pool_is_said_soon(synchronous: Flavour) -> None:
    with synchronous.sync() as client:
        transport: Any = client._http._transport
        assert transport._pool._max_connections == 1000
        prepared = client._prepare(secured(), {}, RequestOptions())
    assert isinstance(prepared.timeout, httpx2.Timeout)
    assert prepared.timeout.pool == 10


def test_the_clients_own_connections_are_closed_with_it(synchronous: Flavour) -> None:
    with synchronous.sync() as client:
        http = client._http
    assert http.is_closed


def test_a_given_http_client_stays_open(flavour: Flavour) -> None:
    with flavour.sync_client(ok) as client:
        http = client._http
    assert not http.is_closed
    client_ = flavour.async_client(ok)
    asyncio.run(client_.close())
    assert not client_._http.is_closed


@pytest.mark.parametrize(
    ("base_url", "expected"), [(None, "https://other/op"), ("http://mine/v2/", "http://mine/v2/op")]
)
def test_an_operation_may_have_its_own_server_unless_the_caller_names_one(
    flavour: Flavour, base_url: str | None, expected: str
) -> None:
    answers = (Answer("200"),)
    operation: Operation[Any] = Operation(
        "op", "GET", "/op", answers=answers, base_url="https://other"
    )
    flavour.request(ok, operation, base_url=base_url)
    assert expected == str(flavour.requests[0].url)


def test_a_client_without_a_server_may_still_send_what_has_one_of_its_own(
    synchronous: Flavour, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = API(name="example-client", version="1", environment="EXAMPLE")
    client = synchronous.sync_client(ok)
    monkeypatch.setattr(type(client), "_api", document)
    client = synchronous.sync(http_client=client._http)
    own: Operation[Any] = Operation("op", "GET", "/op", answers=(Answer("200"),))
    with pytest.raises(InvalidArgumentError, match=r"^base_url: .*EXAMPLE_BASE_URL"):
        client._request(own, {}, RequestOptions())
    client._request(replace(own, base_url="https://other"), {}, RequestOptions())
    assert str(synchronous.requests[0].url) == "https://other/op"


def test_a_timeout_can_be_made_of_what_the_client_exports() -> None:
    assert transport.Timeout(5.0, connect=1.0).connect == 1.0


def test_an_injected_client_may_say_who_it_is(flavour: Flavour) -> None:
    kind: Any = httpx2.Client if flavour.name == "sync" else httpx2.AsyncClient
    http = kind(
        headers={"user-agent": "mine/1"}, transport=httpx2.MockTransport(flavour._keeping(ok))
    )
    client = flavour.make(http_client=http)
    flavour.use(client, lambda c: c._request(secured(), {}, RequestOptions()))
    assert flavour.requests[0].headers["user-agent"] == "mine/1"
