"""A client is made, changed, shared and closed as its users expect, in both flavours."""

from __future__ import annotations

import asyncio
import copy
import pickle
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from runtime.client import API, Resource, SyncClient
from runtime.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    InvalidArgumentError,
    ResponseValidationError,
)
from runtime.operation import BINARY, Answer, EventStream, Operation, Paging
from runtime.request import RequestOptions

if TYPE_CHECKING:
    from conftest import Flavour

NUMBER: Operation[int] = Operation(
    "number",
    "GET",
    "/number",
    answers=(Answer("200", {"application/json": int}),),
    security=(("Token",),),
)
BYTES: Operation[bytes] = Operation(
    "bytes", "GET", "/bytes", answers=(Answer("200", {"audio/*": BINARY}),)
)
EVENTS: Operation[Any] = Operation(
    "events", "GET", "/events", answers=(Answer("200", {"text/event-stream": EventStream(Any)}),)
)
NONE = RequestOptions()


def answer(request: httpx2.Request) -> httpx2.Response:
    if request.url.path.endswith("/bytes"):
        return httpx2.Response(200, content=b"abc", headers={"content-type": "audio/mp3"})
    return httpx2.Response(200, json=len(request.headers.get("authorization")))


def failing_once() -> Any:
    statuses = iter([503])
    return lambda _: httpx2.Response(next(statuses, 200), json=1)


class TestOptions:
    def test_are_changed_for_the_copy_only(self, flavour: Flavour) -> None:
        def work(client: Any) -> Any:
            other = client.with_options(
                api_key="other", base_url="http://other/v2", timeout=3.0, max_retries=0, strict=True
            )
            assert (client.timeout.connect, client.max_retries, client.strict) == (5.0, 2, False)
            assert (other.timeout, other.max_retries, other.strict) == (3.0, 0, True)
            return other._request(NUMBER, {}, NONE)

        assert flavour.run(answer, work) == len("Bearer other")
        (request,) = flavour.requests
        assert str(request.url) == "http://other/v2/number"
        assert request.extensions["timeout"]["read"] == 3.0

    def test_that_are_not_named_stay(self, flavour: Flavour, monkeypatch: Any) -> None:
        settings: dict[str, Any] = {"base_url": "http://mine", "timeout": 2.0, "max_retries": 7}
        settings |= {"strict": True, "on_error_event": "yield"}
        monkeypatch.setenv("EXAMPLE_API_KEY", "not asked again")

        def work(client: Any) -> Any:
            other = client.with_options()
            assert settings == {name: getattr(other, name) for name in settings}
            return other._request(NUMBER, {}, NONE)

        flavour.run(answer, work, api_key="mine", **settings)
        assert flavour.requests[0].headers["authorization"] == "Bearer mine"

    def test_leave_an_operations_own_server_as_it_is(self, flavour: Flavour) -> None:
        elsewhere = replace(NUMBER, base_url="http://elsewhere")
        flavour.run(answer, lambda c: c.with_options(strict=True)._request(elsewhere, {}, NONE))
        assert flavour.requests[0].url.host == "elsewhere"

    def test_that_nobody_knows_are_refused(self, synchronous: Flavour) -> None:
        with pytest.raises(TypeError, match="retries"):
            synchronous.sync_client(answer).with_options(retries=3)  # type: ignore[call-arg]

    def test_share_the_connections_and_leave_them_open(self, synchronous: Flavour) -> None:
        with synchronous.sync(transport=httpx2.MockTransport(answer)) as client:
            with client.with_options(strict=True) as other:
                assert other._http is client._http
            assert client._request(NUMBER, {}, NONE)

    def test_make_the_resources_anew(self) -> None:
        class Client(SyncClient):
            _api = API("n", "1", "https://x")

            @cached_property
            def things(self) -> Resource:
                return Resource(self)

        with Client("key") as client:
            assert client.things._request.__self__ is client
            other = client.with_options(strict=True)
            assert other.things._request.__self__ is other

    def test_strict_reads_strictly(self, flavour: Flavour) -> None:
        def unfit(_: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, json="one")

        with pytest.raises(ResponseValidationError):
            flavour.run(unfit, lambda c: c.with_options(strict=True)._request(NUMBER, {}, NONE))

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            *[("max_retries", retries) for retries in (None, "2", -1, 1.5)],
            *[("on_error_event", answer) for answer in ("ignore", None, [])],
        ],
    )
    def test_that_do_not_fit_are_refused_at_once(
        self, synchronous: Flavour, name: str, value: Any
    ) -> None:
        with pytest.raises(InvalidArgumentError, match=f"^{name}: ") as raised:
            synchronous.sync(**{name: value})
        assert raised.value.argument == name
        with synchronous.sync() as client, pytest.raises(InvalidArgumentError, match=name):
            client.with_options(**{name: value})  # type: ignore[misc]


class TestTimeout:
    def test_is_long_for_connections_of_our_own(self, flavour: Flavour) -> None:
        client = flavour.make(transport=httpx2.MockTransport(flavour._keeping(answer)))
        flavour.use(client, lambda c: c._request(NUMBER, {}, NONE))
        found = flavour.requests[0].extensions["timeout"]
        assert (found["read"], found["connect"], found["pool"]) == (600, 5, 10)

    @pytest.mark.parametrize(
        ("settings", "read"), [({}, 42), ({"timeout": 3.0}, 3), ({"timeout": None}, None)]
    )
    def test_is_an_injected_clients_own_if_left_out(
        self, flavour: Flavour, settings: Any, read: float | None
    ) -> None:
        def work(client: Any) -> Any:
            return client.with_options(strict=True)._request(NUMBER, {}, NONE)

        flavour.run(answer, work, http_client=injected(flavour, timeout=42.0), **settings)
        assert flavour.requests[0].extensions["timeout"]["read"] == read


def injected(flavour: Flavour, handler: Any = answer, **settings: Any) -> Any:
    kind: Any = httpx2.Client if flavour.name == "sync" else httpx2.AsyncClient
    return kind(transport=httpx2.MockTransport(flavour._keeping(handler)), **settings)


class TestResponses:
    def test_come_beside_the_value(self, flavour: Flavour, waits: list[float]) -> None:
        got = flavour.run(
            failing_once(), lambda c: c.with_response(c._request, NUMBER, {}, options=NONE)
        )
        assert (got.value, got.status_code, got.tries) == (1, 200, 2)
        assert got.headers is got.response.headers
        assert got.headers["content-type"] == "application/json"
        assert len(waits) == 1

    def test_come_beside_bytes_that_are_still_to_be_read(self, flavour: Flavour) -> None:
        got = flavour.run(answer, lambda c: c.with_response(c._download, BYTES, {}, NONE))
        assert got.response is got.value.response
        assert got.tries == 1

    def test_of_what_has_not_been_sent_are_not_there(self, flavour: Flavour) -> None:
        paging = Paging("page", "/data")
        for method, *arguments in (("_stream", EVENTS), ("_paginate", NUMBER, paging)):

            def work(client: Any, method: str = method, arguments: Any = arguments) -> Any:
                return client.with_response(getattr(client, method), *arguments, {}, NONE)

            with pytest.raises(APIError, match="no response was seen"):
                flavour.run(answer, work)

    def test_of_a_call_within_count_for_the_one_around_it(self, flavour: Flavour) -> None:
        def within(client: Any) -> Any:
            return client.with_response(client._request, NUMBER, {}, asking(3))

        def work(client: Any) -> Any:
            return client.with_response(within, client)

        got = flavour.run(echo, work)
        assert got.response is got.value.response
        assert got.value.value == 3

    @pytest.mark.parametrize("copied", [lambda got: pickle.loads(pickle.dumps(got)), copy.deepcopy])  # noqa: S301
    def test_keep_the_tries_in_a_copy(
        self, flavour: Flavour, waits: list[float], copied: Any
    ) -> None:
        got = flavour.run(
            failing_once(), lambda c: c.with_response(c._request, NUMBER, {}, options=NONE)
        )
        assert (copied(got).tries, copied(got).status_code) == (2, 200)
        assert len(waits) == 1

    def test_of_an_error_are_with_the_error(self, flavour: Flavour) -> None:
        with pytest.raises(APIStatusError) as raised:
            flavour.run(
                lambda _: httpx2.Response(404),
                lambda c: c.with_response(c._request, NUMBER, {}, NONE),
            )
        assert raised.value.response.status_code == 404

    def test_do_not_mix_among_threads(self, synchronous: Flavour) -> None:
        with synchronous.sync_client(echo) as client, ThreadPoolExecutor(8) as threads:

            def call(number: int) -> tuple[int, str]:
                got = client.with_response(client._request, NUMBER, {}, asking(number))
                return got.value, got.headers["x-number"]

            found = list(threads.map(call, range(200)))
        assert [(number, str(number)) for number in range(200)] == found

    def test_do_not_mix_among_tasks(self, asynchronous: Flavour) -> None:
        async def calls(client: Any) -> list[tuple[int, str]]:
            got = await asyncio.gather(
                *(client.with_response(client._request, NUMBER, {}, asking(n)) for n in range(50)),
                *(client._request(NUMBER, {}, asking(1000)) for _ in range(50)),
            )
            return [(one.value, one.headers["x-number"]) for one in got[:50]]

        found = asynchronous.run(echo, calls)
        assert [(number, str(number)) for number in range(50)] == found

    def test_are_of_the_call_itself_rather_than_of_one_within(self, synchronous: Flavour) -> None:
        with synchronous.sync_client(echo) as inner:

            def key() -> str:
                return str(inner._request(NUMBER, {}, asking(7)))

            with synchronous.sync_client(echo, api_key=key) as client:
                got = client.with_response(client._request, NUMBER, {}, asking(8))
        assert (got.value, got.headers["x-number"]) == (8, "8")


def asking(number: int) -> RequestOptions:
    return RequestOptions(extra_query={"n": number})


def echo(request: httpx2.Request) -> httpx2.Response:
    number = request.url.params["n"]
    return httpx2.Response(200, json=int(number), headers={"x-number": number})


class TestConnections:
    def test_go_through_a_transport_that_is_given(self, flavour: Flavour) -> None:
        client = flavour.make(transport=httpx2.MockTransport(answer))
        assert flavour.use(client, lambda c: c._request(NUMBER, {}, NONE)) == len("Bearer secret")
        assert client._http.is_closed

    def test_are_either_a_clients_or_a_transports(self, flavour: Flavour) -> None:
        transport = httpx2.MockTransport(answer)
        with pytest.raises(InvalidArgumentError, match=r"^transport: "):
            flavour.make(http_client=httpx2.Client(), transport=transport)

    def test_that_are_closed_send_nothing(self, flavour: Flavour) -> None:
        client = flavour.make()
        flavour.use(client, lambda _: None)
        with pytest.raises(APIError, match=r"^the client is closed$"):
            flavour.use(client, lambda c: c._request(NUMBER, {}, NONE))

    def test_are_shared_by_threads(self, synchronous: Flavour) -> None:
        with synchronous.sync_client(echo) as client, ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda n: client._request(NUMBER, {}, asking(n)), range(400)))
        assert list(range(400)) == found

    def test_of_a_client_that_is_given_keep_its_own_settings(self, flavour: Flavour) -> None:
        seen: list[str] = []
        hooks: Any = {"request": [lambda request: seen.append(request.headers["x-mine"])]}
        if flavour.name == "async":

            async def hook(request: httpx2.Request) -> None:
                seen.append(request.headers["x-mine"])

            hooks = {"request": [hook]}
        kind: Any = httpx2.Client if flavour.name == "sync" else httpx2.AsyncClient
        http = kind(
            transport=httpx2.MockTransport(flavour._keeping(answer)),
            headers={"x-mine": "header"},
            cookies={"mine": "cookie"},
            params={"mine": "param"},
            event_hooks=hooks,
        )
        flavour.run(answer, lambda c: c._request(NUMBER, {}, asking(1)), http_client=http)
        (request,) = flavour.requests
        assert request.headers["x-mine"] == "header"
        assert request.headers["cookie"] == "mine=cookie"
        assert dict(request.url.params) == {"mine": "param", "n": "1"}
        assert seen == ["header"]


class TestSecrecy:
    def test_of_a_header_that_can_not_be_sent(self, flavour: Flavour) -> None:
        def refuse(request: httpx2.Request) -> httpx2.Response:
            raise httpx2.LocalProtocolError("Illegal header value b'secret '", request=request)

        with pytest.raises(APIConnectionError, match="can't send") as raised:
            flavour.run(refuse, lambda c: c._request(NUMBER, {}, NONE))
        assert "secret" not in "".join(traceback.format_exception(raised.value))

    def test_of_a_key_with_a_space_after_it(self, flavour: Flavour) -> None:
        with pytest.raises(InvalidArgumentError, match=r"^api_key: ") as raised:
            flavour.run(answer, lambda c: c._request(NUMBER, {}, NONE), api_key="app-hidden ")
        assert flavour.requests == []
        assert "hidden" not in f"{raised.value!r} {raised.value}"

    def test_of_what_users_print(self, synchronous: Flavour) -> None:
        with synchronous.sync_client(answer, api_key="secret") as client:
            assert repr(client) == "ExampleClient(base_url='https://api.example/v1')"
            assert "secret" not in f"{client} {vars(client)} {client.with_options()!r}"

    def test_of_a_pickle(self, synchronous: Flavour) -> None:
        with (
            synchronous.sync_client(answer) as client,
            pytest.raises((AttributeError, TypeError), match="pickle"),
        ):
            pickle.dumps(client)

    def test_a_copy_is_a_client(self, synchronous: Flavour) -> None:
        with synchronous.sync_client(answer) as client:
            assert copy.copy(client)._request(NUMBER, {}, NONE) == len("Bearer secret")
