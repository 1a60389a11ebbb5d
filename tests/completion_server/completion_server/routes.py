"""Joins paths, operations, authentication and errors into one ASGI application."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from completion_server.application import get_app_info, get_app_parameters, get_web_app_settings
from completion_server.apps import App
from completion_server.audio import text_to_audio
from completion_server.auth import authenticate
from completion_server.completions import create_completion_message, stop_generate
from completion_server.errors import (
    ApiError,
    answer_api_error,
    answer_bug,
    answer_http_exception,
)
from completion_server.feedback import get_app_feedbacks, post_message_feedback
from completion_server.files import upload_file
from completion_server.headers import with_headers
from completion_server.service import Service

PREFIX = "/v1"

Operation = Callable[[Request, App, Service], Awaitable[Response]]

OPERATIONS: tuple[tuple[str, str, Operation], ...] = (
    ("POST", "/completion-messages", create_completion_message),
    ("POST", "/completion-messages/{task_id}/stop", stop_generate),
    ("POST", "/files/upload", upload_file),
    ("POST", "/messages/{message_id:uuid}/feedbacks", post_message_feedback),
    ("GET", "/app/feedbacks", get_app_feedbacks),
    ("POST", "/text-to-audio", text_to_audio),
    ("GET", "/info", get_app_info),
    ("GET", "/parameters", get_app_parameters),
    ("GET", "/site", get_web_app_settings),
)


def create_asgi_app(service: Service) -> ASGIApp:
    """Make the application that serves the nine operations under /v1."""
    routes = [
        Route(PREFIX + path, _authenticated(operation, service), methods=[method])
        for method, path, operation in OPERATIONS
    ]
    starlette = Starlette(
        routes=routes,
        exception_handlers={
            ApiError: answer_api_error,
            HTTPException: answer_http_exception,
            Exception: answer_bug,
        },
    )
    # A path with a slash too many is unknown, not moved.
    starlette.router.redirect_slashes = False
    return with_headers(starlette)


def _authenticated(
    operation: Operation, service: Service
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        app = authenticate(request.headers.get("authorization"), service.apps)
        return await operation(request, app, service)

    return endpoint
