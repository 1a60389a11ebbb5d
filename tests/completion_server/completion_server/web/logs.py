"""Logs each request when its answer has ended, and sends all logs to stderr, a line each.

No line holds a key, a header, a query or a body.
"""

import logging
import sys
import time
from typing import Literal

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from completion_server.web.log_lines import Facts, JSONFormatter, TextFormatter

LogFormat = Literal["json", "text"]
LogLevel = Literal["debug", "info", "warning", "error"]

FACTS = "completion_server.facts"
LONGEST_PATH = 200
ASGI_EXCEPTION = "Exception in ASGI application"

logger = logging.getLogger("completion_server.requests")
# Where logs are not configured, as in a test, requests are not logged.
logger.addHandler(logging.NullHandler())


def note(request: Request, **facts: str) -> None:
    """Add to the line of a request what is known of it.

    That is app, operation, end_user, message, task, code (of an error), faults and ended, which is
    "stopped" or "error" where only the maker of a stream knows.
    """
    request.scope.get(FACTS, {}).update(facts)


def with_request_log(app: ASGIApp) -> ASGIApp:
    """Wrap an application so that each request is logged when its answer has ended."""

    async def logged(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send)
        try:
            await app(scope, exchange.receive, exchange.send)
        except Exception as error:
            exchange.log(error)
            raise
        except BaseException:
            exchange.log()
            raise
        exchange.log()

    return logged


class _Exchange:
    """A request under way, and what has been seen of its answer."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._started = time.perf_counter()
        self._status: int | None = None
        self._size = 0
        self._complete = False
        self._left = False
        self._facts: Facts = scope.setdefault(FACTS, {})

    async def receive(self) -> Message:
        """Pass on what comes; a disconnection counts while the answer is incomplete."""
        message = await self._receive()
        if message["type"] == "http.disconnect" and not self._complete:
            self._left = True
        return message

    async def send(self, message: Message) -> None:
        """Pass on what is sent, and measure it."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
        elif message["type"] == "http.response.body":
            self._size += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
        await self._send(message)

    def log(self, error: Exception | None = None) -> None:
        """Write the line."""
        status = 500 if error and self._status is None else self._status
        failed = error is not None or (status or 0) >= 500
        level = logging.ERROR if failed else logging.INFO
        if logger.isEnabledFor(level):
            fields = self._fields(status, error)
            logger.log(level, "request", exc_info=error, extra={"fields": fields})

    def _fields(self, status: int | None, error: Exception | None) -> Facts:
        client = self._scope.get("client")
        return {
            "method": self._scope["method"],
            "path": self._scope["path"][:LONGEST_PATH],
            "status": status,
            "ms": round((time.perf_counter() - self._started) * 1000, 1),
            "bytes": self._size,
            **self._facts,
            "ended": self._ended(error),
            **({"client": client[0]} if client else {}),
        }

    def _ended(self, error: Exception | None) -> str:
        if error is not None:
            return "error"
        if not self._complete:
            return "cut by the client" if self._left else "broken off"
        return str(self._facts.get("ended", "complete"))


def configure_logs(log_format: LogFormat, level: LogLevel) -> None:
    """Send all logs of the process to stderr.

    uvicorn's go the same way if it is started with `log_config=None, access_log=False`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONFormatter() if log_format == "json" else TextFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # It tells the URLs that it asks for, in which a user may have put a token.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    # The line of the request has told it already.
    logging.getLogger("uvicorn.error").addFilter(_is_no_repetition)


def _is_no_repetition(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith(ASGI_EXCEPTION)
