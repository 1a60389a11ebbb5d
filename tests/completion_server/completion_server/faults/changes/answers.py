"""Changes to whole answers: their status, headers, bytes and JSON."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.dialects import DIALECTS
from completion_server.faults.changes.edits import Edit
from completion_server.faults.fault import Endpoint, Wrap
from completion_server.operations.service import Service
from completion_server.web.errors import ApiError

Holds = Callable[[Response], bool]


def succeeded(response: Response) -> bool:
    """Tell whether the status is a success."""
    return response.status_code < 300


def refused(response: Response) -> bool:
    """Tell whether the status is an error."""
    return response.status_code >= 400


def has_status(status: int) -> Holds:
    """Make the question whether an answer has this status."""
    return lambda response: response.status_code == status


def is_json(response: Response) -> bool:
    """Tell whether it is said to be JSON."""
    return response.headers.get("content-type", "").startswith("application/json")


def is_stream(response: Response) -> bool:
    """Tell whether it is an event stream, and said to be one."""
    said = response.headers.get("content-type", "")
    return isinstance(response, StreamingResponse) and said.startswith("text/event-stream")


def is_whole(response: Response) -> bool:
    """Tell whether it is no event stream."""
    return not is_stream(response)


def json_success(response: Response) -> bool:
    """Tell whether it is a success in JSON."""
    return succeeded(response) and is_json(response)


def change_answer(holds: Holds, change: Callable[[Response], Awaitable[Response]]) -> Wrap:
    """Change the answers for which something holds."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def changed(request: Request, service: Service) -> Response:
            response = await endpoint(request, service)
            return await change(response) if holds(response) else response

        return changed

    return wrap


def answer_with(make: Callable[[], Response]) -> Wrap:
    """Answer without asking the operation."""

    def wrap(_endpoint: Endpoint) -> Endpoint:
        async def answering(_request: Request, _service: Service) -> Response:
            return make()

        return answering

    return wrap


def replace_answer(holds: Holds, make: Callable[[], Response]) -> Wrap:
    """Answer otherwise where something holds."""

    async def change(_response: Response) -> Response:
        return make()

    return change_answer(holds, change)


def change_bytes(holds: Holds, change: Callable[[bytes], bytes]) -> Wrap:
    """Change the body of the answers for which something holds, read to its end."""

    async def changed(response: Response) -> Response:
        return with_body(response, change(await content(response)))

    return change_answer(holds, changed)


def change_json(edit: Edit, holds: Holds = json_success) -> Wrap:
    """Edit the JSON of successes; it is written as it was before."""
    return change_bytes(holds, lambda body: _edited(body, edit))


def _edited(body: bytes, edit: Edit) -> bytes:
    value = json.loads(body)
    ways = (_spaced, *(dialect.write for dialect in DIALECTS.values()))
    write = next((way for way in ways if way(value) == body), written)
    return write(edit(value))


def _spaced(value: Any) -> bytes:
    return json.dumps(value).encode()


def change_error(edit: Edit) -> Wrap:
    """Edit the JSON of errors."""
    return change_json(edit, lambda response: refused(response) and is_json(response))


def change_status(holds: Holds, status: int) -> Wrap:
    """Give another status."""

    async def change(response: Response) -> Response:
        response.status_code = status
        return response

    return change_answer(holds, change)


def change_header(holds: Holds, name: str, value: str | None) -> Wrap:
    """Set a header, or leave it out."""

    async def change(response: Response) -> Response:
        if value is None:
            del response.headers[name]
        else:
            response.headers[name] = value
        return response

    return change_answer(holds, change)


async def content(response: Response) -> bytes:
    """Read a body to its end."""
    if not isinstance(response, StreamingResponse):
        return bytes(response.body)
    pieces = [piece async for piece in response.body_iterator]
    return b"".join(each.encode() if isinstance(each, str) else bytes(each) for each in pieces)


def with_body(response: Response, body: bytes) -> Response:
    """Give the same answer with another body, of a length that is told."""
    changed = Response(body, response.status_code, background=response.background)
    length = (b"content-length", str(len(body)).encode())
    changed.raw_headers = [*headers_without_length(response), length]
    return changed


def headers_without_length(response: Response) -> list[tuple[bytes, bytes]]:
    """Give the headers of an answer, for a body of another length."""
    return [pair for pair in response.raw_headers if pair[0] != b"content-length"]


def error(status: int, code: str, message: str) -> Response:
    """Answer an error as the document has it."""
    body = written(ApiError(status, code, message).body) + b"\n"
    return Response(body, status, media_type="application/json")


def written(value: Any) -> bytes:
    """Write JSON compactly."""
    return json.dumps(value, separators=(",", ":")).encode()
