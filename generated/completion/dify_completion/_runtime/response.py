"""A response, turned into the value that its operation promises.

Chooses the answer by status and media type. Knows nothing of requests, streams or connections.
"""

from typing import Any, TypeVar, cast

from pydantic import ValidationError

from .check import first_problem
from .errors import ResponseValidationError, UnexpectedResponseError
from .operation import Answer, Operation, Raw
from .transport import Response

T = TypeVar("T")


def read_answer(operation: Operation[T], response: Response) -> T:
    """Decode a successful response, which has been read, into the operation's type."""
    answer = _find_answer(operation, response)
    if not answer.content:
        return cast("T", None)
    media_range, content = _find_content(answer, response)
    if isinstance(content, Raw):
        return cast("T", response.content if content is Raw.BINARY else response.text)
    try:
        return cast("T", answer.adapters[media_range].validate_json(response.content))
    except ValidationError as error:
        raise misfit(error, response) from error


def content_of(operation: Operation[Any], response: Response) -> Any:
    """Find what the document says of a successful response's content."""
    return _find_content(_find_answer(operation, response), response)[1]


def comes_as(kind: type | None, operation: Operation[Any], response: Response) -> bool:
    """Whether a response is a success with a kind of content, to be read piece by piece."""
    try:
        of_kind = kind is not None and isinstance(content_of(operation, response), kind)
    except UnexpectedResponseError:
        return False
    return of_kind and response.is_success


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


def _find_content(answer: Answer, response: Response) -> tuple[str, Any]:
    """Find the media type or range that the response has, and what it is of."""
    ranges = {name.partition(";")[0].strip().lower(): name for name in answer.content}
    header = response.headers.get("content-type") or (
        next(iter(ranges)) if len(ranges) == 1 else ""
    )
    media_type = header.partition(";")[0].strip().lower()
    for candidate in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if candidate in ranges:
            return ranges[candidate], answer.content[ranges[candidate]]
    expected = ", ".join(ranges)
    raise UnexpectedResponseError(
        f"the server answered with {media_type or 'no content type'} instead of {expected}",
        response,
    )
