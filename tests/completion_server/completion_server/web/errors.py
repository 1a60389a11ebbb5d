"""Turns failures into the API's JSON error bodies."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from completion_server.dialects import BadArgument, Dialect, Failure, JsonObject
from completion_server.storage import StoreFullError

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}
MESSAGES = {
    400: "The browser (or proxy) sent a request that this server could not understand.",
    404: "The requested URL was not found on the server. If you entered the URL manually please"
    " check your spelling and try again.",
    405: "The method is not allowed for the requested URL.",
}


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


def failed(failure: Failure) -> ApiError:
    """Make the error for a failure that is told as a 400."""
    return ApiError(400, failure.code, failure.message)


def not_understood() -> ApiError:
    """Make the error for a body that can't be read."""
    return ApiError(400, CODES[400], MESSAGES[400])


Handler = Callable[[Request, Exception], Awaitable[Response]]


def error_handlers(dialect: Dialect) -> Mapping[type[Exception], Handler]:
    """Give the answer to each kind of exception that an endpoint, or the router, may raise."""

    def answer(status: int, body: JsonObject, headers: dict[str, str] | None = None) -> Response:
        return Response(dialect.write(body), status, headers, "application/json")

    async def api_error(_request: Request, error: Exception) -> Response:
        assert isinstance(error, ApiError)
        return answer(error.status, error.body, error.headers)

    async def bad_argument(_request: Request, error: Exception) -> Response:
        assert isinstance(error, BadArgument)
        return answer(400, dialect.bad_argument(error))

    async def http_exception(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if "Allow" in headers:
            headers["Allow"] += ", OPTIONS"
        if request.method == "OPTIONS" and error.status_code == 405:
            return Response(headers={**headers, **_preflight(headers["Allow"])})
        known = ApiError(
            error.status_code,
            CODES.get(error.status_code, "unknown"),
            MESSAGES.get(error.status_code, error.detail),
        )
        return answer(known.status, known.body, headers)

    async def store_full(_request: Request, _error: Exception) -> Response:
        full = ApiError(503, "service_unavailable", "The storage of this server is full.")
        return answer(full.status, full.body)

    async def bug(_request: Request, _error: Exception) -> Response:
        return answer(500, ApiError(500, "internal_server_error", "Internal Server Error").body)

    return {
        ApiError: api_error,
        BadArgument: bad_argument,
        HTTPException: http_exception,
        StoreFullError: store_full,
        Exception: bug,
    }


def _preflight(allow: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": allow,
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
    }
