"""Faults are switched on for a server or for one request, each known by a name and documented."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from completion_server.dialects import DIALECTS
from completion_server.faults import FAULTS, fault_table, find, switched
from completion_server.faults.catalogue import MUTANTS, ON_DEMAND, SUBJECTS, by_name
from completion_server.faults.changes.edits import at, put, renamed, without
from completion_server.faults.changes.waits import wait_before
from completion_server.faults.table import spoiled_operations
from completion_server.web.errors import ApiError
from completion_server.web.logs import FACTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from completion_server.faults import Endpoint
    from completion_server.operations.service import Service
    from completion_server.settings import Compatibility

PAGE = Path(__file__).parents[2] / "completion_server" / "docs" / "faults.md"
# A line as far as its summary.
COLUMN = re.compile(r"^  \S+ {2,}")
SERVICE = cast("Service", None)


def request(faults: str = "") -> Request:
    headers = [(b"x-fault", faults.encode())] if faults else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


async def info(_request: Request, _service: Service) -> Response:
    return JSONResponse({"name": "App", "tags": ["a"]})


def answer(endpoint: Endpoint, asked: Request) -> Response:
    async def ask() -> Response:
        return await endpoint(asked, SERVICE)

    return asyncio.run(ask())


def body(endpoint: Endpoint, faults: str = "") -> bytes:
    return bytes(answer(endpoint, request(faults)).body)


def rows(page: str) -> list[str]:
    """Give the rows of tables, their heads and rules aside."""
    lines = page.splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith("| fault |")]


def test_the_page_has_every_fault_on_demand_and_every_subject_of_mutants() -> None:
    on_demand = [
        f"| `{fault.name}` | {fault.summary} | {spoiled_operations(fault)} |"
        for faults in ON_DEMAND.values()
        for fault in faults
    ]
    subjects = [f"| {subject} | {len(faults)} |" for subject, faults in MUTANTS.items()]
    assert [*on_demand, "| subject | mutants |", *subjects] == rows(PAGE.read_text())


def test_the_list_has_every_fault_under_its_subject() -> None:
    listed = fault_table().split("\n\n")
    assert [subject.capitalize() for subject in SUBJECTS] == [
        part.partition("\n")[0] for part in listed
    ]
    for part, faults in zip(listed, SUBJECTS.values(), strict=True):
        _, *lines = part.rstrip("\n").split("\n")
        assert [fault.name for fault in faults] == [line.split()[0] for line in lines]
        [width] = {len("".join(COLUMN.findall(line))) for line in lines}
        assert width
    assert "`" not in fault_table()


def test_a_name_is_of_one_fault() -> None:
    fault = find("hang")
    with pytest.raises(ValueError, match="two faults are called hang"):
        by_name([fault, find("late-list"), fault])
    assert sum(map(len, SUBJECTS.values())) == len(FAULTS)


def test_no_two_faults_say_that_they_do_the_same() -> None:
    said = Counter(fault.summary for fault in FAULTS.values())
    assert [summary for summary, times in said.items() if times > 1] == []


def test_there_are_enough_mutants() -> None:
    assert sum(map(len, MUTANTS.values())) >= 100


def test_a_server_has_the_faults_of_its_operation_only() -> None:
    faults = [find("info-tags-text"), find("site-icon-url-relative")]
    assert body(switched("getAppInfo", info, faults)) == b'{"name":"App","tags":"a"}'
    assert body(switched("getAppParameters", info, faults)) == b'{"name":"App","tags":["a"]}'


def test_a_request_may_name_several_faults() -> None:
    endpoint = switched("getAppInfo", info, by_header=True)
    assert body(endpoint) == b'{"name":"App","tags":["a"]}'
    assert body(endpoint, "info-tags-text, info-name-missing") == b'{"tags":"a"}'


def test_the_header_is_nothing_where_it_is_not_enabled() -> None:
    assert body(switched("getAppInfo", info), "info-tags-text") == b'{"name":"App","tags":["a"]}'


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("info-tag-text", "no fault 'info-tag-text'; the nearest are info-tags-text"),
        ("qqqqqq", "no fault 'qqqqqq'; --list-faults lists them"),
        ("site-icon-url-relative", "the fault site-icon-url-relative is of getWebAppSettings"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(name: str, message: str) -> None:
    with pytest.raises(ApiError, match=message) as raised:
        body(switched("getAppInfo", info, by_header=True), name)
    assert (raised.value.status, raised.value.code) == (400, "unknown_fault")


@pytest.mark.parametrize("version", DIALECTS)
def test_an_answer_is_written_as_it_was(version: Compatibility) -> None:
    write = DIALECTS[version].write

    async def links(_request: Request, _service: Service) -> Response:
        return Response(write({"name": "é", "tags": ["a/b"]}), media_type="application/json")

    spoiled = switched("getAppInfo", links, [find("info-tags-text")])
    assert write({"name": "é", "tags": "a/b"}) == body(spoiled)


def test_the_log_of_a_request_names_its_faults() -> None:
    def noted(named: str) -> Any:
        asked = request(named)
        asked.scope[FACTS] = {}
        endpoint = switched("getAppInfo", info, [find("info-keys-leaked")], by_header=True)
        answer(endpoint, asked)
        return asked.scope[FACTS]

    assert noted("") == {"faults": "info-keys-leaked"}
    assert noted("info-name-missing") == {"faults": "info-keys-leaked,info-name-missing"}


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
