"""Joins paths, operations, authentication, faults and errors into one ASGI application."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from completion_server.faults import Endpoint, find, switched
from completion_server.operations.application import (
    get_app_info,
    get_app_parameters,
    get_web_app_settings,
)
from completion_server.operations.audio import text_to_audio
from completion_server.operations.completions import create_completion_message, stop_generate
from completion_server.operations.feedback import get_app_feedbacks, post_message_feedback
from completion_server.operations.files import upload_file
from completion_server.operations.service import Operation, Service
from completion_server.operations.stops import watching_stops
from completion_server.web.auth import authenticate
from completion_server.web.crowd import with_limit
from completion_server.web.errors import busy, error_handlers
from completion_server.web.headers import with_headers
from completion_server.web.health import health_route
from completion_server.web.logs import note, with_request_log

PREFIX = "/v1"


@dataclass(frozen=True)
class ServedOperation:
    """An operation, its id in the document, and where it is reached."""

    operation_id: str
    method: str
    path: str
    operation: Operation


OPERATIONS = (
    ServedOperation(
        "createCompletionMessage", "POST", "/completion-messages", create_completion_message
    ),
    ServedOperation("stopGenerate", "POST", "/completion-messages/{task_id}/stop", stop_generate),
    ServedOperation("uploadFile", "POST", "/files/upload", upload_file),
    ServedOperation(
        "postMessageFeedback",
        "POST",
        "/messages/{message_id:uuid}/feedbacks",
        post_message_feedback,
    ),
    ServedOperation("getAppFeedbacks", "GET", "/app/feedbacks", get_app_feedbacks),
    ServedOperation("textToAudio", "POST", "/text-to-audio", text_to_audio),
    ServedOperation("getAppInfo", "GET", "/info", get_app_info),
    ServedOperation("getAppParameters", "GET", "/parameters", get_app_parameters),
    ServedOperation("getWebAppSettings", "GET", "/site", get_web_app_settings),
)


def create_asgi_app(service: Service) -> ASGIApp:
    """Make the application that serves the nine operations under /v1, and /healthz.

    Raises UnknownFaultError if the settings name a fault that is none.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with watching_stops(service):
            yield
        await service.close()

    starlette = Starlette(
        routes=[
            *(_route(each, service) for each in OPERATIONS),
            *_index(service),
            _health(service),
        ],
        exception_handlers=dict(error_handlers(service.dialect)),
        lifespan=lifespan,
    )
    # A path with a slash too many is unknown, not moved.
    starlette.router.redirect_slashes = False
    bounded = with_limit(starlette, service.settings.limits.requests, busy(service.dialect))
    return with_request_log(with_headers(bounded, service.dialect.headers))


def _route(each: ServedOperation, service: Service) -> Route:
    settings = service.settings
    faults = [find(name) for name in settings.faults]
    answer = switched(
        each.operation_id,
        _authenticated(each.operation),
        faults,
        by_header=settings.faults_by_header,
    )

    async def endpoint(request: Request) -> Response:
        note(request, operation=each.operation_id)
        return await answer(request, service)

    return Route(PREFIX + each.path, endpoint, methods=[each.method])


def _authenticated(operation: Operation) -> Endpoint:
    async def endpoint(request: Request, service: Service) -> Response:
        app = authenticate(request.headers.get("authorization"), service.settings.apps)
        note(request, app=app.name)
        return await operation(request, app, service)

    return endpoint


def _index(service: Service) -> list[Route]:
    welcome = service.dialect.index
    if welcome is None:
        return []

    async def index(_request: Request) -> Response:
        return service.answer(dict(welcome))

    return [Route(f"{PREFIX}/", index)]


def _health(service: Service) -> Route:
    return health_route(service.store, service.running, service.settings.compatibility)
