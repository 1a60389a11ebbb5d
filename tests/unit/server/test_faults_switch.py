"""Faults are switched on for a server or for one request, each known by a name and documented."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from completion_server.faults import FAULTS, MUTANTS, fault_table, find, subject_of, switched
from completion_server.faults.changes.edits import at, put, renamed, without
from completion_server.faults.changes.waits import wait_before
from completion_server.web.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from completion_server.faults import Endpoint
    from completion_server.operations.service import Service

PAGE = Path(__file__).parents[2] / "completion_server" / "docs" / "faults.md"
SERVICE = cast("Service", None)


def request(faults: str = "") -> Request:
    headers = [(b"x-fault", faults.encode())] if faults else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


async def info(_request: Request, _service: Service) -> Response:
    return JSONResponse({"name": "App", "tags": ["a"]})


def body(endpoint: Endpoint, faults: str = "") -> Any:
    async def asked() -> Response:
        return await endpoint(request(faults), SERVICE)

    return bytes(asyncio.run(asked()).body)


def test_every_fault_is_documented() -> None:
    assert PAGE.read_text().endswith(fault_table())


def test_names_are_unique_and_there_are_enough_of_them() -> None:
    assert len(FAULTS) == len({fault.summary + fault.name for fault in FAULTS.values()})
    assert sum(map(len, MUTANTS.values())) >= 100


def test_a_fault_has_a_subject() -> None:
    assert subject_of(find("no-message-end")) == "stream order"


def test_a_server_has_the_faults_of_its_operation_only() -> None:
    faults = [find("info-tags-null"), find("site-title-missing")]
    assert body(switched("getAppInfo", info, faults)) == b'{"name":"App","tags":null}'
    assert body(switched("getAppParameters", info, faults)) == b'{"name":"App","tags":["a"]}'


def test_a_request_may_name_several_faults() -> None:
    endpoint = switched("getAppInfo", info, by_header=True)
    assert body(endpoint) == b'{"name":"App","tags":["a"]}'
    assert body(endpoint, "info-tags-null, info-name-missing") == b'{"tags":null}'


def test_the_header_is_nothing_where_it_is_not_enabled() -> None:
    assert body(switched("getAppInfo", info), "info-tags-null") == b'{"name":"App","tags":["a"]}'


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("info-tag-null", "no fault 'info-tag-null'; the nearest are info-tags-null"),
        ("site-title-missing", "the fault site-title-missing is of getWebAppSettings"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(name: str, message: str) -> None:
    with pytest.raises(ApiError, match=message) as raised:
        body(switched("getAppInfo", info, by_header=True), name)
    assert (raised.value.status, raised.value.code) == (400, "unknown_fault")


def test_a_cut_stream_lets_go_of_what_makes_it() -> None:
    closed = []

    async def frames() -> AsyncIterator[bytes]:
        try:
            for number in range(9):
                yield b'data: {"event":"message","answer":"%d"}\n\n' % number
        finally:
            closed.append(True)

    async def stream(_request: Request, _service: Service) -> Response:
        return StreamingResponse(frames(), media_type="text/event-stream")

    sent = []

    async def run() -> None:
        endpoint = switched("createCompletionMessage", stream, [find("cut-stream")])
        response = await endpoint(request(), SERVICE)
        await response({}, cast("Any", None), cast("Any", collect))

    async def collect(message: Any) -> None:
        sent.append(message)

    asyncio.run(run())
    assert closed == [True]
    assert sent[-1]["more_body"]
    assert len([each for each in sent if each.get("body")]) == 2


def test_a_wait_waits() -> None:
    async def timed() -> float:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await wait_before(0.05)(info)(request(), SERVICE)
        return loop.time() - started

    assert asyncio.run(timed()) >= 0.05


def test_edits_change_what_is_there() -> None:
    def tree() -> dict[str, Any]:
        return {"a": {"b": 1}, "list": [{"c": 1}, {"c": 2}]}

    assert at("a.b", str)(tree()) == {"a": {"b": "1"}, "list": [{"c": 1}, {"c": 2}]}
    assert put("list.*.c", 0)(tree()) == {"a": {"b": 1}, "list": [{"c": 0}, {"c": 0}]}
    assert without("a.b")(tree()) == {"a": {}, "list": [{"c": 1}, {"c": 2}]}
    assert renamed("a", "z")(tree()) == {"z": {"b": 1}, "list": [{"c": 1}, {"c": 2}]}
    for edit in (at("x.y", str), without("a.b.c"), without("list.d"), renamed("x", "y")):
        assert edit(tree()) == tree()
