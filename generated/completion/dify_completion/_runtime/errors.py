"""Everything that a client raises; no text of it shows a key.

APIError
├── InvalidArgumentError (ValueError)   an argument that does not fit; nothing was sent
├── APIConnectionError                  no answer, or not all of it
│   ├── APITimeoutError (TimeoutError)
│   └── IncompleteStreamError           an event stream without its ending event
├── APIStatusError                      a refusal; the usual statuses have classes of their own
├── ResponseValidationError             an answer or event that its schema does not fit
│   └── UnexpectedResponseError         a media type that the document does not know
├── StreamError                         an event that reports an error
└── EventTooLargeError                  an event past the bound on its size
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from .transport import READ_BEFORE, HTTPError, Request, Response, TimeoutException


class APIError(Exception):
    """The root of all errors of the client."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidArgumentError(APIError, ValueError):
    """The argument named `argument` does not fit the document; nothing was sent."""

    def __init__(self, argument: str, message: str) -> None:
        super().__init__(f"{argument}: {message}")
        self.argument = argument


class APIConnectionError(APIError):
    """The server could not be reached, or the connection broke before the answer was whole."""

    def __init__(self, message: str, request: Request, tries: int = 1) -> None:
        super().__init__(message if tries == 1 else f"{message} ({tries} tries)")
        self.request = request
        self.tries = tries


class APITimeoutError(APIConnectionError, TimeoutError):
    """The server took longer than the timeout."""


class IncompleteStreamError(APIConnectionError):
    """An event stream ended without an event that ends it."""


class ResponseValidationError(APIError):
    """An answer, or one event of a stream, does not fit its schema."""

    def __init__(self, message: str, response: Response) -> None:
        super().__init__(message)
        self.response, self.request = response, response.request
        self.status_code: int = response.status_code


class UnexpectedResponseError(ResponseValidationError):
    """A successful answer has a media type that is not in the document."""


class StreamError(APIError):
    """An event of a stream reported an error; `event` is that event."""

    def __init__(self, event: Any) -> None:
        details = event if isinstance(event, dict) else vars(event)
        super().__init__(_message(details) or "the stream reported an error")
        self.event = event


class EventTooLargeError(APIError):
    """One event of a stream is larger than the bound."""


class APIStatusError(APIError):
    """The server refused, with `status_code`; `code` and `message` are as its body has them.

    `body` is the parsed JSON, or the text where it is none.
    """

    def __init__(self, response: Response, tries: int = 1) -> None:
        self.response, self.request, self.tries = response, response.request, tries
        self.status_code: int = response.status_code
        try:
            self.body: Any = json.loads(response.content)
        except (ValueError, RecursionError):
            self.body = text_of(response)
        details = self.body if isinstance(self.body, dict) else {}
        details = details["error"] if isinstance(details.get("error"), dict) else details
        code = details.get("code")
        self.code = code if isinstance(code, str | int) else None
        message = _message(details) or response.reason_phrase
        super().__init__(f"{self.status_code} {self.code or ''} {message}".replace("  ", " "))
        self.message = message


class BadRequestError(APIStatusError):
    """400 Bad Request."""


class AuthenticationError(APIStatusError):
    """401 Unauthorized."""


class PermissionDeniedError(APIStatusError):
    """403 Forbidden."""


class NotFoundError(APIStatusError):
    """404 Not Found."""


class ConflictError(APIStatusError):
    """409 Conflict."""


class PayloadTooLargeError(APIStatusError):
    """413 Content Too Large."""


class UnsupportedMediaTypeError(APIStatusError):
    """415 Unsupported Media Type."""


class UnprocessableEntityError(APIStatusError):
    """422 Unprocessable Content."""


class RateLimitError(APIStatusError):
    """429 Too Many Requests."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: PayloadTooLargeError,
    415: UnsupportedMediaTypeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error(response: Response, tries: int = 1) -> APIStatusError:
    """Choose the error of a status; the body has been read."""
    server_error = response.status_code >= 500  # noqa: PLR2004 (RFC 9110 §15.6)
    fallback = InternalServerError if server_error else APIStatusError
    return _BY_STATUS.get(response.status_code, fallback)(response, tries)


def text_of(response: Response) -> str:
    """Decode a body by its charset, or by UTF-8 where that fails; no byte makes it raise."""
    try:
        return str(response.text)
    except Exception:  # noqa: BLE001 (a charset may be any codec of Python, such as hex)
        return response.content.decode(errors="replace")


def first_problem(error: ValidationError) -> tuple[list[str], str]:
    """Give where the first problem is and what it is, without the value."""
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return [str(step) for step in problem["loc"]], problem["msg"]


def connection_error(
    error: HTTPError, kind: type[APIConnectionError] = APIConnectionError, tries: int = 1
) -> APIConnectionError:
    """Translate an error of httpx2; a timeout is one, whatever the kind."""
    chosen = APITimeoutError if isinstance(error, TimeoutException) else kind
    return chosen(str(error) or type(error).__name__, error.request, tries)


@contextmanager
def translated(kind: type[APIConnectionError] = APIConnectionError) -> Iterator[None]:
    """Raise what goes wrong while a body is read as an error of ours."""
    try:
        yield
    except HTTPError as error:
        raise connection_error(error, kind) from error
    except READ_BEFORE:
        raise APIError("an answer can be read only once") from None


def _message(details: dict[str, Any]) -> str | None:
    names = ("message", "detail", "title", "error")  # usual, RFC 9457, RFC 9457, RFC 6749
    texts = (details.get(name) for name in names)
    return next((text for text in texts if isinstance(text, str) and text), None)
