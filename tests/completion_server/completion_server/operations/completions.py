"""Answers /completion-messages, in one body or as a stream, and its stop request."""

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from completion_server.dialects import BadArgument, JsonObject
from completion_server.models import ModelError, Prompt
from completion_server.operations.events import Event
from completion_server.operations.form import prompt_of
from completion_server.operations.generation import Generation
from completion_server.operations.input_files import read_images
from completion_server.operations.service import Service
from completion_server.operations.user import required_user
from completion_server.settings import App
from completion_server.web.errors import ApiError, app_unavailable, failed, invalid_param
from completion_server.web.event_stream import event_stream
from completion_server.web.leaving import while_connected
from completion_server.web.logs import note
from completion_server.web.request_body import read_json_object

PAYLOAD = "CompletionRequestPayload"
MODES = ("blocking", "streaming")


async def create_completion_message(request: Request, app: App, service: Service) -> Response:
    """Answer a prompt; `response_mode` says how, blocking if omitted (row 10)."""
    body = await read_json_object(request)
    end_user_id = app.end_user_id(required_user(body.get("user")))
    _check_payload(body)
    _check_app(app, service)
    text = prompt_of(app, body["inputs"])
    images = await read_images(body.get("files") or [], app, end_user_id, service)
    streaming = body.get("response_mode") == "streaming"
    generation = Generation(app, end_user_id, Prompt(text, end_user_id, images), service, streaming)
    if not await generation.begin():
        raise _too_many_requests(app)
    origin = generation.origin
    note(request, end_user=end_user_id, message=origin.message_id, task=origin.task_id)
    if streaming:
        return StreamingResponse(_stream(generation, request), media_type="text/event-stream")
    try:
        return _blocking_response(generation, await while_connected(request, _last(generation)))
    except ClientDisconnect:
        generation.abandon()
        raise


def _check_payload(body: JsonObject) -> None:
    if "inputs" not in body:
        raise BadArgument(PAYLOAD, "inputs", body, "missing")
    _check_object("inputs", body["inputs"])
    mode = body.get("response_mode")
    if mode is not None and mode not in MODES:
        raise BadArgument(PAYLOAD, "response_mode", mode, "choice", MODES)
    files = body.get("files")
    if not isinstance(files, list | None):
        raise BadArgument(PAYLOAD, "files", files, "list")
    for index, file in enumerate(files or []):
        _check_object(f"files.{index}", file)


def _check_object(field: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise BadArgument(PAYLOAD, field, value, "object")


def _check_app(app: App, service: Service) -> None:
    """Raise if the app can answer no prompt at all (rows 17 and 18)."""
    if app.mode != "completion" or not app.configured:
        raise app_unavailable()
    try:
        service.model(app).check()
    except ModelError as error:
        raise failed(service.dialect.model_failure(error, streaming=False)) from None


def _too_many_requests(app: App) -> ApiError:
    return invalid_param(
        "Too many requests. Please try again later. The current maximum concurrent requests"
        f" allowed for {app.id} is {app.concurrent_requests}."
    )


async def _stream(generation: Generation, request: Request) -> AsyncGenerator[bytes]:
    service = generation.service
    stream = event_stream(generation.events, service.dialect.frame, service.settings.ping_interval)
    try:
        async with aclosing(stream) as chunks:
            async for chunk in chunks:
                yield chunk
    finally:
        note(request, ended=generation.ended, **_code(generation))
        generation.abandon()


def _code(generation: Generation) -> dict[str, str]:
    return {"code": generation.code} if generation.code else {}


async def _last(generation: Generation) -> dict[str, Event]:
    """Wait for the end; gives the last event of each name."""
    last: dict[str, Event] = {}
    while event := await generation.events.get():
        last[event["event"]] = event
    return last


def _blocking_response(generation: Generation, last: dict[str, Event]) -> Response:
    """Make one body of the events (row 11)."""
    if failure := last.get("error"):
        raise ApiError(failure["status"], failure["code"], failure["message"])
    origin = generation.origin
    body = {
        "event": "message",
        "task_id": origin.task_id,
        "id": origin.message_id,
        "message_id": origin.message_id,
        "mode": "completion",
        "answer": generation.answer,
        "metadata": last["message_end"]["metadata"],
        "created_at": origin.created_at,
    }
    # Written by other means than the other bodies, in both versions.
    media_type = generation.service.dialect.completion_media_type
    return Response(json.dumps(body), headers={"Content-Type": media_type})


async def stop_generate(request: Request, app: App, service: Service) -> Response:
    """End a generation of this user; the answer is the same if there was none (row 44)."""
    user = required_user((await read_json_object(request)).get("user"))
    if app.mode != "completion":
        raise app_unavailable()
    task_id = str(request.path_params["task_id"])
    await service.store.request_stop(task_id, app.id, app.end_user_id(user))
    return service.answer({"result": "success"})
