"""A line of a file of recordings into an exchange.

It is `{name, request: {method, path, headers, json_text}, response: {status, headers, body}}`,
where `body` is `{"text": …}` or `{"base64": …}`. Knows nothing of files.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.contract.exchanges.exchange import Exchange, Request, Response
from specloom.document.pointer import join
from specloom.document.source import JsonSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Location

_PAIR: Final = {
    "type": "array",
    "prefixItems": [{"type": "string"}, {"type": "string"}],
    "minItems": 2,
    "maxItems": 2,
}
_HEADERS: Final = {
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "array", "items": _PAIR},
    ]
}
_BODY: Final = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {"text": {"type": "string"}, "base64": {"type": "string"}},
    "additionalProperties": False,
}
_LINE: Final = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "required": ["name", "request", "response"],
        "properties": {
            "name": {"type": "string"},
            "request": {
                "type": "object",
                "required": ["method", "path"],
                "properties": {
                    "method": {"type": "string"},
                    "path": {"type": "string"},
                    "headers": _HEADERS,
                    "json_text": {"type": ["string", "null"]},
                },
            },
            "response": {
                "type": "object",
                "required": ["status", "headers", "body"],
                "properties": {
                    "status": {"type": "integer"},
                    "headers": _HEADERS,
                    "body": _BODY,
                },
            },
        },
    },
    # An error must not quote what was recorded: there are keys in it.
    mask="it",
)


class BadLineError(ValueError):
    """A line holds something other than an exchange."""


def read_line(line: str, place: Location) -> Exchange:
    """The exchange, which is written at a place. Raises BadLineError, or ParseError if no JSON."""
    recorded = JsonSource(place.file, line).parse()
    for error in _LINE.iter_errors(recorded):
        raise BadLineError(f"{error.message} at {join('', *error.instance_path) or 'the top'}")
    try:
        return _exchange(recorded, place)
    except ValueError:
        raise BadLineError("the body is no Base64") from None


def _exchange(recorded: dict[str, Any], place: Location) -> Exchange:
    request, response = recorded["request"], recorded["response"]
    return Exchange(
        recorded["name"],
        "",
        Request(
            request["method"],
            request["path"],
            headers=_headers(request.get("headers", {})),
            body=(request.get("json_text") or "").encode(),
        ),
        Response(
            response["status"], headers=_headers(response["headers"]), body=_body(response["body"])
        ),
        place,
    )


def _headers(recorded: dict[str, str] | list[list[str]]) -> dict[str, str]:
    """The headers, those that came more than once as one (RFC 9110 §5.3)."""
    pairs: Iterable[Any] = recorded.items() if isinstance(recorded, dict) else recorded
    headers: dict[str, str] = {}
    for name, value in pairs:
        before = headers.get(name.lower())
        headers[name.lower()] = value if before is None else f"{before}, {value}"
    return headers


def _body(body: dict[str, str]) -> bytes:
    if "text" in body:
        return body["text"].encode()
    return base64.b64decode(body["base64"], validate=True)
