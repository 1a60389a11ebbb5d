"""Changes to requests before an operation reads them: their headers, query and body."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from completion_server.faults.changes.edits import Edit
from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.service import Service

LARGEST_BODY = 16 * 1024 * 1024


def change_request(change: Callable[[Request], Request]) -> Wrap:
    """Let the operation see another request."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def changed(request: Request, service: Service) -> Response:
            return await endpoint(change(request), service)

        return changed

    return wrap


def change_query(edit: Callable[[dict[str, str]], dict[str, str]]) -> Wrap:
    """Let the operation see another query."""

    def change(request: Request) -> Request:
        query = urlencode(edit(dict(QueryParams(request.scope["query_string"]))))
        return Request({**request.scope, "query_string": query.encode()}, request.receive)

    return change_request(change)


def change_body(edit: Edit) -> Wrap:
    """Let the operation see other JSON; a body that is no JSON object stays as it is."""
    return change_bytes_of_body(lambda body: _edited(body, edit))


def change_bytes_of_body(change: Callable[[bytes], bytes]) -> Wrap:
    """Let the operation see another body."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def changed(request: Request, service: Service) -> Response:
            body = await read(request)
            return await endpoint(with_body(request, change(body)), service)

        return changed

    return wrap


def with_header(request: Request, name: str, value: str | None) -> Request:
    """Make the same request with a header set, or left out."""
    wire = name.lower().encode()
    headers = [pair for pair in request.scope["headers"] if pair[0] != wire]
    if value is not None:
        headers.append((wire, value.encode("latin-1", "replace")))
    return Request({**request.scope, "headers": headers}, request.receive)


def with_body(request: Request, body: bytes) -> Request:
    """Make the same request with another body."""
    unread = [body]

    async def receive() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await request.receive()

    sized = with_header(request, "content-length", str(len(body)))
    return Request(sized.scope, receive)


async def read(request: Request) -> bytes:
    """Read a body to its end; raises HTTPException (413) past 16 MiB."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return body


def json_of(body: bytes) -> Any:
    """Read a body as JSON; None if it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _edited(body: bytes, edit: Edit) -> bytes:
    value = json_of(body)
    return json.dumps(edit(value)).encode() if isinstance(value, dict) else body
