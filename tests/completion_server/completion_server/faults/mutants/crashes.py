"""Requests that make the server fail with 500, though others like them don't."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from completion_server.faults.changes.answers import (
    answer_with,
    change_answer,
    content,
    error,
    json_success,
)
from completion_server.faults.changes.requests import json_of, read, with_body
from completion_server.faults.fault import Endpoint, Fault, Wrap
from completion_server.faults.operation_ids import (
    COMPLETION,
    FEEDBACKS,
    JSON_BODIED,
    RATE,
    SPEAK,
    STOP,
    UPLOAD,
)
from completion_server.operations.service import Service

LONG = 4000
DEEP = 12
NUMERIC_USER = re.compile(rb'name="?user"?\r\n(?:[^\r\n]+\r\n)*\r\n[0-9]+\r\n')


def crash() -> Response:
    """Answer as to a bug that nobody foresaw."""
    return error(500, "internal_server_error", "Internal Server Error")


def _crash_on(is_too_much: Callable[[Request, bytes], bool]) -> Wrap:
    def wrap(endpoint: Endpoint) -> Endpoint:
        async def crashing(request: Request, service: Service) -> Response:
            body = await read(request)
            if is_too_much(request, body):
                return crash()
            return await endpoint(with_body(request, body), service)

        return crashing

    return wrap


def _crash_on_json(is_too_much: Callable[[Any], bool]) -> Wrap:
    return _crash_on(lambda _, body: is_too_much(json_of(body)))


def _crash_on_success(is_too_much: Callable[[Any], bool]) -> Wrap:
    """Crash after all, by what would have been answered."""

    async def change(response: Response) -> Response:
        told = json_of(await content(response))
        return crash() if told is not None and is_too_much(told) else response

    return change_answer(json_success, change)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _is_unusual(character: str) -> bool:
    return ord(character) > 0xFFFF or unicodedata.category(character) in {"Mn", "Cf", "Co", "Cc"}


def _members(value: Any) -> int:
    return len(value) if isinstance(value, dict) else 0


FAULTS = (
    Fault(
        "crash-on-long-text",
        "Text above 4,000 characters is 500.",
        COMPLETION | RATE | SPEAK,
        _crash_on_json(lambda body: any(len(text) > LONG for text in _texts(body))),
    ),
    Fault(
        "crash-on-unusual-unicode",
        "Control, combining, invisible and rare characters are 500.",
        COMPLETION | RATE | SPEAK,
        _crash_on_json(lambda body: any(map(_is_unusual, "".join(_texts(body))))),
    ),
    Fault(
        "crash-on-null-character",
        "The character U+0000 is 500.",
        COMPLETION | STOP | RATE | SPEAK,
        _crash_on_json(lambda body: "\0" in "".join(_texts(body))),
    ),
    Fault(
        "crash-on-deep-json",
        "JSON of a dozen levels is 500.",
        JSON_BODIED,
        _crash_on_json(lambda body: _depth(body) >= DEEP),
    ),
    Fault(
        "crash-on-array",
        "A JSON array as the body is 500.",
        JSON_BODIED,
        _crash_on_json(lambda body: isinstance(body, list)),
    ),
    Fault(
        "crash-on-broken-json",
        "A body that is no JSON is 500.",
        JSON_BODIED,
        _crash_on_json(lambda body: body is None),
    ),
    Fault(
        "crash-on-numeric-text",
        "A `user` of digits is 500.",
        JSON_BODIED,
        _crash_on_json(lambda body: isinstance(body, dict) and str(body.get("user", "")).isdigit()),
    ),
    Fault(
        "crash-on-numeric-form-field",
        "A `user` of digits in a form is 500.",
        UPLOAD,
        _crash_on(lambda _, body: NUMERIC_USER.search(body) is not None),
    ),
    Fault(
        "crash-on-null-content",
        "`content: null` is 500.",
        RATE,
        _crash_on_json(lambda body: isinstance(body, dict) and body.get("content", "") is None),
    ),
    Fault(
        "crash-on-empty-text",
        "An empty text is 500.",
        COMPLETION | SPEAK,
        _crash_on_json(lambda body: "" in _texts(body)),
    ),
    Fault(
        "crash-on-unknown-input",
        "An input that the form doesn't know is 500.",
        COMPLETION,
        _crash_on_json(lambda body: isinstance(body, dict) and _members(body.get("inputs")) > 1),
    ),
    Fault(
        "crash-on-empty-file",
        "An empty file is 500.",
        UPLOAD,
        _crash_on_success(lambda file: file["size"] == 0),
    ),
    Fault(
        "crash-on-file-name",
        "A file's name beyond ASCII is 500.",
        UPLOAD,
        _crash_on_success(lambda file: not file["name"].isascii()),
    ),
    Fault(
        "crash-on-page-0",
        "`page=0` is 500, as on Dify 1.4.1.",
        FEEDBACKS,
        _crash_on(lambda request, _: "page=0" in request.url.query),
    ),
    Fault(
        "crash-on-empty-page",
        "A page without feedback is 500.",
        FEEDBACKS,
        _crash_on_success(lambda page: not page["data"]),
    ),
    Fault("crash-always", "Everything is 500.", STOP | UPLOAD, answer_with(crash)),
)
