"""Requests that are accepted though they break a rule."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from completion_server.faults.changes.edits import Edit
from completion_server.faults.changes.requests import (
    change_body,
    change_bytes_of_body,
    change_request,
    json_of,
    with_header,
)
from completion_server.faults.fault import Fault, Wrap
from completion_server.faults.operation_ids import COMPLETION, JSON_BODIED, RATE, SPEAK, STOP

USER = "somebody"
MODES = ("blocking", "streaming", None)
RATINGS = ("like", "dislike", None)
ASSUMED = {"user": USER, "inputs": {"query": "Hello"}, "text": "Hello", "rating": "like"}


def _defaults(**members: Any) -> Edit:
    """Give members that are missing, null or empty."""

    def edit(body: dict[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in body.items() if value not in (None, "")}
        return {**body, **members, **given}

    return edit


def _instead(name: str, is_wrong: Callable[[Any], bool], value: Any) -> Edit:
    """Give a member another value where it is there and wrong."""

    def edit(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, name: value} if name in body and is_wrong(body[name]) else body

    return edit


def _query_given(body: dict[str, Any]) -> dict[str, Any]:
    inputs = body.get("inputs")
    if not isinstance(inputs, dict):
        return body
    query = inputs.get("query")
    return {**body, "inputs": {**inputs, "query": query if isinstance(query, str) else "Hello"}}


def _as_json(request: Request) -> Request:
    return with_header(request, "content-type", "application/json")


def _assumed_unless(is_good: Callable[[Any], bool]) -> Wrap:
    """Put a good body in the place of others."""

    def change(body: bytes) -> bytes:
        return body if is_good(json_of(body)) else json.dumps(ASSUMED).encode()

    return change_bytes_of_body(change)


def _is_no_user(value: Any) -> bool:
    return not isinstance(value, str | int | float) or isinstance(value, bool)


FAULTS = (
    Fault(
        "user-not-required",
        "A request needs no `user`.",
        COMPLETION | STOP | RATE,
        change_body(_defaults(user=USER)),
    ),
    Fault(
        "user-of-any-type",
        "`user` may be a list or an object.",
        COMPLETION | STOP | RATE,
        change_body(_instead("user", _is_no_user, USER)),
    ),
    Fault(
        "inputs-not-required",
        "A completion needs no `inputs`.",
        COMPLETION,
        change_body(_defaults(inputs={"query": "Hello"})),
    ),
    Fault(
        "inputs-of-any-type",
        "`inputs` may be text or a list.",
        COMPLETION,
        change_body(
            _instead("inputs", lambda value: not isinstance(value, dict), {"query": "Hello"})
        ),
    ),
    Fault(
        "input-not-required",
        "A required input may be left out, or be of any type.",
        COMPLETION,
        change_body(_query_given),
    ),
    Fault(
        "mode-unknown-accepted",
        "An unknown `response_mode` is taken for `blocking`.",
        COMPLETION,
        change_body(_instead("response_mode", lambda mode: mode not in MODES, "blocking")),
    ),
    Fault(
        "files-of-any-type",
        "`files` may be an object or text.",
        COMPLETION,
        change_body(_instead("files", lambda files: not isinstance(files, list | None), [])),
    ),
    Fault(
        "rating-unknown-accepted",
        "An unknown `rating` is taken for a like.",
        RATE,
        change_body(_instead("rating", lambda rating: rating not in RATINGS, "like")),
    ),
    Fault(
        "content-of-any-type",
        "`content` may be a number or a list.",
        RATE,
        change_body(_instead("content", lambda text: not isinstance(text, str | None), "text")),
    ),
    Fault(
        "text-of-any-type",
        "`text` may be a number or a list.",
        SPEAK,
        change_body(_instead("text", lambda text: not isinstance(text, str | None), "text")),
    ),
    Fault(
        "nothing-to-speak-accepted",
        "A request with nothing to speak is spoken.",
        SPEAK,
        change_body(lambda body: {"text": "Hello", **body}),
    ),
    Fault(
        "media-type-ignored",
        "JSON is read whatever the Content-Type.",
        JSON_BODIED,
        change_request(_as_json),
    ),
    Fault(
        "broken-json-accepted",
        "A body that is no JSON is taken for a good one.",
        COMPLETION | STOP | SPEAK,
        _assumed_unless(lambda value: value is not None),
    ),
    Fault(
        "array-accepted",
        "A JSON array is taken for a good body.",
        JSON_BODIED,
        _assumed_unless(lambda value: not isinstance(value, list)),
    ),
)
