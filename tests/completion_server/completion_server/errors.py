"""Turns failures into the API's JSON error bodies: code, message, status."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from completion_server.json_response import CompactJSONResponse

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}
MESSAGES = {
    400: "The browser (or proxy) sent a request that this server could not understand.",
    404: "The requested URL was not found on the server. If you entered the URL manually please"
    " check your spelling and try again.",
    405: "The method is not allowed for the requested URL.",
}
LONGEST_VALUE = 50


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


def invalid_param(message: str) -> ApiError:
    """Make the error for an argument that breaks a rule."""
    return ApiError(400, "invalid_param", message)


def invalid_field(payload: str, field: str, value: object, kind: str, rule: str) -> ApiError:
    """Make the error for a field of the wrong shape, worded as Dify 1.14.2's validation dump."""
    return invalid_param(
        f"1 validation error for {payload}\n{field}\n"
        f"  {rule} [type={kind}, input_value={_shortened(value)},"
        f" input_type={type(value).__name__}]\n"
        f"    For further information visit https://errors.pydantic.dev/2.12/v/{kind}"
    )


def _shortened(value: object) -> str:
    shown = repr(value)
    half = LONGEST_VALUE // 2
    return shown if len(shown) <= LONGEST_VALUE else f"{shown[:half]}...{shown[1 - half :]}"


def not_understood() -> ApiError:
    """Make the error for a body that can't be read."""
    return ApiError(400, CODES[400], MESSAGES[400])


def error_response(error: ApiError) -> Response:
    """Turn an error into its JSON answer."""
    body = {"code": error.code, "message": error.message, "status": error.status}
    return CompactJSONResponse(body, error.status, error.headers)


async def answer_api_error(_request: Request, error: Exception) -> Response:
    """Answer an ApiError that an endpoint raised."""
    assert isinstance(error, ApiError)
    return error_response(error)


async def answer_http_exception(request: Request, error: Exception) -> Response:
    """Answer what the router refuses: unknown routes (404) and methods (405); OPTIONS is told."""
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if "Allow" in headers:
        headers["Allow"] += ", OPTIONS"
    if request.method == "OPTIONS" and error.status_code == 405:
        return Response(headers={**headers, **_preflight(headers["Allow"])})
    status = error.status_code
    code, message = CODES.get(status, "unknown"), MESSAGES.get(status, error.detail)
    return error_response(ApiError(status, code, message, headers))


def _preflight(allow: str) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": allow,
        "Access-Control-Allow-Headers": "Authorization, Content-Type",
    }


async def answer_bug(_request: Request, _error: Any) -> Response:
    """Answer an exception that nobody foresaw."""
    return error_response(ApiError(500, "internal_server_error", "Internal Server Error"))
