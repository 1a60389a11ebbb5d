"""A response, turned into the value that its operation promises.

Chooses the answer by status and media type. Knows nothing of requests, streams or connections.
"""

from contextlib import suppress
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from .errors import ResponseValidationError, UnexpectedResponseError, first_problem, text_of
from .operation import BINARY, TEXT, Answer, Operation
from .transport import Response

T = TypeVar("T")


def read_answer(operation: Operation[T], response: Response) -> T:
    """Decode a successful response, which has been read, into the operation's type."""
    content = content_of(operation, response)
    if isinstance(content, TypeAdapter):
        try:
            return cast("T", content.validate_json(response.content))
        except ValidationError as error:
            raise misfit(error, response) from None
    text = text_of(response) if content is TEXT else None
    return cast("T", response.content if content is BINARY else text)


def content_of(operation: Operation[Any], response: Response, kind: type = object) -> Any:
    """Find what a response holds by its status and media type; None if nothing is promised.

    UnexpectedResponseError if that is not of the kind, or not in the document.
    """
    ranges = _find_answer(operation, response).ranges
    only = next(iter(ranges)) if len(ranges) == 1 else ""
    media_type = (response.headers.get("content-type") or only).partition(";")[0].strip().lower()
    for candidate in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if candidate in ranges and isinstance(ranges[candidate], kind):
            return ranges[candidate]
    if not ranges and kind is object:
        return None
    message = f"the server answered with {media_type or 'no content type'}"
    raise UnexpectedResponseError(f"{message} instead of {operation.accept}", response)


def comes_as(kind: type, operation: Operation[Any], response: Response) -> bool:
    """Whether a response is a success of a kind of content, to be read piece by piece."""
    with suppress(UnexpectedResponseError):
        return response.is_success and content_of(operation, response, kind) is not None
    return False


def misfit(error: ValidationError, response: Response) -> ResponseValidationError:
    """Say what does not fit and where, without the value."""
    place, message = first_problem(error)
    return ResponseValidationError(f"at /{'/'.join(place)}: {message}", response)


def _find_answer(operation: Operation[Any], response: Response) -> Answer:
    """Find the answer of a status: its own, its range, `default` or the first.

    The last is for servers that answer 201 where the document says 200.
    """
    status = response.status_code
    answers = {answer.status.upper(): answer for answer in operation.answers}
    names = (str(status), f"{status // 100}XX", "DEFAULT", *answers)
    return next((answers[name] for name in names if name in answers), Answer(str(status)))
