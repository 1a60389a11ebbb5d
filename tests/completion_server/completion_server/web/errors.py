"""Turns failures into the API's JSON error bodies."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from completion_server.dialects import NOT_UNDERSTOOD, BadArgument, Dialect, Failure, JsonObject
from completion_server.storage import StoreFullError, StoreTimeoutError
from completion_server.web.logs import note

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}
MESSAGES = {
    400: NOT_UNDERSTOOD,
    404: "The requested URL was not found on the server. If you entered the URL manually please"
    " check your spelling and try again.",
    405: "The method is not allowed for the requested URL.",
}

# As nginx calls it in its log; nobody receives it.
CLIENT_LEFT = 499
STORE_LATE = "The database of this server does not answer in time."
STORE_FULL = "The storage of this server is full."


class ApiError(Exception):
    """An error that the API answers: an HTTP status, one of its codes, and a message."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers

    @property
    def body(self) -> JsonObject:
        """What is answered."""
        return {"code": self.code, "message": self.message, "status": self.status}


def invalid_param(message: str) -> ApiError:
    """Make the error for an argument that breaks a rule of the app's."""
    return ApiError(400, "invalid_param", message)


def app_unavailable() -> ApiError:
    """Make the error for an app that answers no prompts (row 17)."""
    message = "App unavailable, please check your app configurations."
    return ApiError(400, "app_unavailable", message)


def too_busy() -> ApiError:
    """Make the error for a request that must wait for others."""
    message = "This server is too busy; try again."
    return ApiError(503, "service_unavailable", message, {"Retry-After": "1"})


def message_not_found() -> ApiError:
    """Make the error for a message that this user of this app doesn't have."""
    return ApiError(404, "not_found", "Message Not Exists.")


def failed(failure: Failure) -> ApiError:
    """Make the error for a failure that is told as a 400."""
    return ApiError(400, failure.code, failure.message)


def not_understood() -> ApiError:
    """Make the error for a body that can't be read."""
    return ApiError(400, CODES[400], MESSAGES[400])


Handler = Callable[[Request, Exception], Awaitable[Response]]


def error_handlers(dialect: Dialect) -> Mapping[type[Exception], Handler]:
    """Give the answer to each kind of exception that an endpoint, or the router, may raise."""
    answers = _ErrorAnswers(dialect)
    return {
        ApiError: answers.api_error,
        BadArgument: answers.bad_argument,
        HTTPException: answers.http_exception,
        StoreFullError: answers.store_full,
        StoreTimeoutError: answers.store_late,
        ClientDisconnect: answers.left,
        Exception: answers.bug,
    }


def busy(dialect: Dialect) -> ASGIApp:
    """Make the application that answers when as many requests as may be are under way."""
    answers = _ErrorAnswers(dialect)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = await answers.api_error(Request(scope), too_busy())
        await response(scope, receive, send)

    return answer


class _ErrorAnswers:
    """Answers exceptions as a version of Dify writes them; the log tells their codes."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    async def api_error(self, request: Request, error: Exception) -> Response:
        """Answer what an operation refused."""
        assert isinstance(error, ApiError)
        return self._answer(request, error)

    async def bad_argument(self, request: Request, error: Exception) -> Response:
        """Answer an argument that breaks a rule."""
        assert isinstance(error, BadArgument)
        return self._written(request, 400, self._dialect.bad_argument(error))

    async def http_exception(self, request: Request, error: Exception) -> Response:
        """Answer an unknown path, or a method that the path doesn't have."""
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if "Allow" in headers:
            headers["Allow"] += ", OPTIONS"
        if request.method == "OPTIONS" and error.status_code == 405:
            return Response(headers={**headers, **_preflight(headers["Allow"])})
        code = CODES.get(error.status_code, "unknown")
        message = MESSAGES.get(error.status_code, error.detail)
        return self._answer(request, ApiError(error.status_code, code, message, headers))

    async def store_full(self, request: Request, _error: Exception) -> Response:
        """Answer that nothing more can be kept."""
        return self._answer(request, ApiError(503, "service_unavailable", STORE_FULL))

    async def store_late(self, request: Request, _error: Exception) -> Response:
        """Answer that the database does not answer."""
        return self._answer(request, ApiError(503, "service_unavailable", STORE_LATE))

    async def left(self, _request: Request, _error: Exception) -> Response:
        """Answer nobody: the client has left."""
        return Response(status_code=CLIENT_LEFT)

    async def bug(self, request: Request, _error: Exception) -> Response:
        """Answer what nobody foresaw."""
        error = ApiError(500, "internal_server_error", "Internal Server Error")
        return self._answer(request, error)

    def _answer(self, request: Request, error: ApiError) -> Response:
        return self._written(request, error.status, error.body, error.headers)

    def _written(
        self, request: Request, status: int, body: JsonObject, headers: dict[str, str] | None = None
    ) -> Response:
        note(request, code=body["code"])
        return Response(self._dialect.write(body), status, headers, "application/json")


def _preflight(allow: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": allow,
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
    }
