"""A response, turned into the value that its operation promises.

Chooses the answer by status and media type. Knows nothing of requests, streams or connections.
"""

from contextlib import suppress
from typing import Any, TypeVar, cast

from .errors import UnexpectedResponseError, text_of
from .operation import BINARY, TEXT, Answer, EventStream, Operation
from .reading import Reading, read_json
from .transport import Response

T = TypeVar("T")
_NO_CONTENT = {204, 205}


def read_answer(operation: Operation[T], response: Response, reading: Reading) -> T:
    """Decode a successful response, which has been read, into the operation's type."""
    content = content_of(operation, response)
    if content is BINARY:
        return cast("T", response.content)
    if content is TEXT or content is None:
        return cast("T", text_of(response) if content else None)
    body = response.content or (b"null" if response.status_code in _NO_CONTENT else b"")
    return cast("T", read_json(content, body, response, operation.id, reading))


def content_of(operation: Operation[Any], response: Response, kind: type = object) -> Any:
    """Find what a response holds by its status and media type; None if nothing is promised.

    UnexpectedResponseError if that is not of the kind, or not in the document.
    """
    ranges = _find_answer(operation, response.status_code).ranges
    only = next(iter(ranges)) if len(ranges) == 1 else ""
    media_type = (response.headers.get("content-type") or only).partition(";")[0].strip().lower()
    candidates = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    # What holds nothing is of any media type.
    for candidate in ranges if response.status_code in _NO_CONTENT else candidates:
        if candidate in ranges and isinstance(ranges[candidate], kind):
            return ranges[candidate]
    if not ranges and kind is not EventStream:
        return None
    message = f"the server answered with {media_type or 'no content type'}"
    raise UnexpectedResponseError(f"{message} instead of {operation.accept}", response)


def comes_as(kind: type, operation: Operation[Any], response: Response) -> bool:
    """Whether a response is a success of a kind of content, to be read piece by piece."""
    with suppress(UnexpectedResponseError):
        return succeeds(operation, response) and content_of(operation, response, kind) is not None
    return False


def succeeds(operation: Operation[Any], response: Response) -> bool:
    """Whether a response is a success, by HTTP or by the document, as a redirect may be."""
    status = response.status_code
    names = {str(status), f"{status // 100}XX"}
    return response.is_success or any(each.status.upper() in names for each in operation.answers)


def _find_answer(operation: Operation[Any], status: int) -> Answer:
    """Find the answer of a status: its own, its range, `default` or the first.

    The last is for servers that answer 201 where the document says 200.
    """
    for name in (str(status), f"{status // 100}XX", "DEFAULT"):
        for answer in operation.answers:
            if answer.status.upper() == name:
                return answer
    return operation.answers[0] if operation.answers else Answer(str(status))
