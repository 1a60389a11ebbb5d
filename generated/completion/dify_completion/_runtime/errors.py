"""Everything that a client raises; no text of it shows a key.

APIError
├── InvalidArgumentError (ValueError)   an argument that does not fit; nothing was sent
├── APIConnectionError                  no answer, or not all of it
│   ├── APITimeoutError (TimeoutError)
│   └── IncompleteStreamError           an event stream without its ending event
├── APIStatusError                      a refusal, by its status
│   ├── BadRequestError                 400
│   ├── AuthenticationError             401
│   ├── PermissionDeniedError           403
│   ├── NotFoundError                   404
│   ├── ConflictError                   409
│   ├── PayloadTooLargeError            413
│   ├── UnsupportedMediaTypeError       415
│   ├── UnprocessableEntityError        422
│   ├── RateLimitError                  429
│   └── InternalServerError             5xx
├── ResponseValidationError             an answer or event that its schema does not fit
│   └── UnexpectedResponseError         a media type that the document does not know
├── StreamError                         an event that reports an error
└── EventTooLargeError                  an event past the bound on its size
"""

import copyreg
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from .operation import UNSET, Unset
from .properties import property_of
from .transport import READ_BEFORE, HTTPError, Request, Response, TimeoutException

_KINDS: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bytes: "other bytes",
    bool: "a boolean",
    type(None): "null",
    type(UNSET): "nothing",
}


@dataclass(frozen=True)
class Misfit:
    """A place where a value does not fit its schema: JSON pointer, what is expected, what is there.

    `found` is the value as it came, `UNSET` where a required one is missing; no text shows it.
    """

    pointer: str
    expected: str
    found: Any

    def __str__(self) -> str:
        # A name that a server invents must not break a line of a log, or fill it.
        pointer = repr(self.pointer[:200])[1:-1]
        kind = _KINDS.get(type(self.found), "a number")
        return f"at {pointer or 'the root'}: expected {self.expected}, found {kind}"


class APIError(Exception):
    """The root of all errors of the client."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        # Rebuilt without what it was made of, which need not be there any more.
        return copyreg.__newobj__, (type(self),), {"args": self.args, **vars(self)}  # type: ignore[attr-defined]


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
    """An answer, or one event of a stream, does not fit its schema.

    `pointer` is the JSON pointer of the place, `expected` what should be there and `found` the
    value that is; all are None where it is no JSON.
    """

    def __init__(self, message: str, response: Response, misfit: Misfit | None = None) -> None:
        super().__init__(message)
        self.pointer = misfit.pointer if misfit else None
        self.expected = misfit.expected if misfit else None
        self.found: Any = misfit.found if misfit else None
        self.response, self.request = response, response.request
        self.status_code: int = response.status_code


class UnexpectedResponseError(ResponseValidationError):
    """A successful answer has a media type that is not in the document."""


class StreamError(APIError):
    """An event of a stream reported an error; `event` is that event, `code` what it says."""

    def __init__(self, event: Any, response: Response | None = None) -> None:
        self.code, message = _reported(event)
        self.event: Any = event
        self.response = response
        self.request = response.request if response else None
        message = message or "the stream reported an error"
        super().__init__(_without_keys(message, self.request))


class EventTooLargeError(APIError):
    """One event of a stream is larger than the bound."""


class APIStatusError(APIError):
    """The server refused, with `status_code`; `code` and `message` are as its body has them.

    `body` is the parsed JSON, or the text where it is none.
    """

    def __init__(self, response: Response, tries: int = 1) -> None:
        self.response, self.request, self.tries = response, response.request, tries
        self.status_code: int = response.status_code
        self.body = _parsed(response)
        self.code, message = _reported(self.body)
        message = _without_keys(message or response.reason_phrase, self.request)
        code = _without_keys(str(self.code or ""), self.request)
        super().__init__(f"{self.status_code} {code} {message}".replace("  ", " "))
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
    server_error = response.status_code >= 500  # RFC 9110 §15.6
    fallback = InternalServerError if server_error else APIStatusError
    return _BY_STATUS.get(response.status_code, fallback)(response, tries)


def text_of(response: Response) -> str:
    """Decode a body by its charset, or by UTF-8 where that fails; no byte makes it raise."""
    try:
        return str(response.text)
    except Exception:  # noqa: BLE001 (a charset may be any codec of Python, such as hex)
        return response.content.decode(errors="replace")


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


def _parsed(response: Response) -> Any:
    """Parse the JSON of a body, if need be by its charset; its text where it is none."""
    text = text_of(response)
    for body in (response.content, text):
        with suppress(ValueError, RecursionError):
            return json.loads(body)
    return text


def _without_keys(text: str, request: Request | None) -> str:
    """Leave out the keys of a request, which a server may have echoed."""
    for key in request.extensions.get("keys", ()) if request else ():
        text = text.replace(key, "…")
    return text


def _reported(body: Any) -> tuple[str | int | None, str | None]:
    """Find the code and the message of an error in its JSON."""
    inner = property_of(body, "error")
    details = body if isinstance(inner, str | Unset | None) else inner
    code = property_of(details, "code")
    names = ("message", "detail", "title", "error")  # usual, RFC 9457, RFC 9457, RFC 6749
    texts = (property_of(details, name) for name in names)
    message = next((text for text in texts if isinstance(text, str) and text), None)
    return code if isinstance(code, str | int) else None, message
