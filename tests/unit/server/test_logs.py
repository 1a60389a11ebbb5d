"""A request is one line, which tells how it ended and nothing secret."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from completion_server.web.health import health_route
from completion_server.web.logs import configure_logs, note, with_request_log
from tests.unit.server.asgi_client import Asked, exchange

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

    from completion_server.web.logs import LogFormat

SECRET = "app-secret"


async def hello(request: Request) -> Response:
    note(request, operation="getAppInfo", app="My App", end_user="u-1")
    return JSONResponse({"name": "x"})


async def stopped(request: Request) -> Response:
    note(request, ended="stopped")
    return Response("y")


async def broken(_request: Request) -> Response:
    try:
        return Response(str(int(SECRET)))
    except ValueError as error:
        raise RuntimeError(f"no {SECRET}") from error


async def endless(_request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            yield b"piece"
            await asyncio.sleep(0.001)

    return StreamingResponse(pieces())


ROUTES = [Route(f"/{each.__name__}", each) for each in (hello, stopped, broken, endless)]


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    root, uvicorn = logging.getLogger(), logging.getLogger("uvicorn.error")
    kept = (root.handlers[:], root.level, uvicorn.filters[:])
    yield
    root.handlers[:], uvicorn.filters[:] = kept[0], kept[2]
    root.setLevel(kept[1])


def get(path: str, query: str = "", *, leave: bool = False) -> None:
    """Ask an application that logs."""
    asked = Asked("GET", path, query, {"authorization": f"Bearer {SECRET}"}, leaves=leave)
    asyncio.run(exchange(with_request_log(Starlette(routes=ROUTES)), asked))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    written = capsys.readouterr().err
    assert SECRET not in written
    return [json.loads(line) for line in written.splitlines()]


def test_a_request_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    get("/hello", f"key={SECRET}")
    [line] = lines(capsys)
    assert isinstance(line.pop("ms"), float)
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "path": "/hello",
        "status": 200,
        "bytes": 12,
        "operation": "getAppInfo",
        "app": "My App",
        "end_user": "u-1",
        "ended": "complete",
        "client": "127.0.0.1",
    }


@pytest.mark.parametrize(
    ("path", "leave", "ended"),
    [("/stopped", False, "stopped"), ("/endless", True, "cut by the client")],
)
def test_a_line_tells_how_an_answer_ended(
    capsys: pytest.CaptureFixture[str], path: str, ended: str, *, leave: bool
) -> None:
    configure_logs("json", "info")
    get(path, leave=leave)
    [line] = lines(capsys)
    assert ended == line["ended"]


def test_an_error_tells_where_it_came_from_but_not_what_it_quotes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("json", "warning")
    with pytest.raises(RuntimeError):
        get("/broken")
    [line] = lines(capsys)
    assert (line["level"], line["status"], line["ended"]) == ("error", 500, "error")
    assert "builtins.ValueError" in line["traceback"]
    assert line["traceback"].endswith("builtins.RuntimeError")
    assert ", in broken" in line["traceback"]


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_other_loggers_write_the_same_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, log_format: LogFormat
) -> None:
    configure_logs(log_format, "info")
    # A server of another test may have set them otherwise.
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "handlers", [])
    logging.getLogger("uvicorn.error").info("with Bearer %s at %s", SECRET, f"db://u:{SECRET}@h/")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n")
    logging.getLogger("asyncio").error("never retrieved\nfuture: %s", SECRET)
    first, second = capsys.readouterr().err.splitlines()
    assert "with Bearer … at db://…@h/" in first.encode().decode("unicode_escape")
    assert SECRET not in first + second


def test_text_is_one_line_whatever_the_path(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("text", "info")
    get("/\nlevel=error path=/é")
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert ' request method=GET path="/\\nlevel=error path=/\\u00e9" status=404' in written


def test_logs_below_the_level_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "warning")
    get("/hello")
    assert lines(capsys) == []


class Database:
    """A store that answers, fails or hangs."""

    def __init__(self, seconds: float = 0, failure: Exception | None = None) -> None:
        self._seconds = seconds
        self._failure = failure

    async def check(self) -> None:
        await asyncio.sleep(self._seconds)
        if self._failure:
            raise self._failure


def health(store: Any) -> Response:
    route = health_route(store, [1, 2], "1.14.2")

    async def ask() -> Response:
        answer: Response = await route.endpoint(None)
        return answer

    return asyncio.run(ask())


def test_health_tells_that_the_server_works() -> None:
    answer = health(Database())
    body = json.loads(bytes(answer.body))
    assert body.pop("version")
    assert answer.status_code == 200
    assert body == {
        "status": "ok",
        "compatibility": "1.14.2",
        "checks": {"database": "ok"},
        "running": 2,
    }


@pytest.mark.parametrize(
    "store", [Database(failure=OSError(f"db://u:{SECRET}@h")), Database(seconds=60)]
)
def test_health_tells_that_it_does_not_and_no_more(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("completion_server.web.health.CHECK_SECONDS", 0.05)
    answer = health(store)
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body))["checks"] == {"database": "unavailable"}
    assert SECRET not in bytes(answer.body).decode()
