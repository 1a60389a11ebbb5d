"""Answers /completion-messages, in one body or as a stream, and its stop request."""

import json
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.apps import App
from completion_server.errors import ApiError, invalid_field
from completion_server.event_stream import event_stream
from completion_server.events import Event
from completion_server.form import prompt_of
from completion_server.generation import Generation
from completion_server.input_files import check_files
from completion_server.json_response import CompactJSONResponse
from completion_server.request_body import JsonObject, read_json_object
from completion_server.service import Service
from completion_server.user import required_user

PAYLOAD = "CompletionRequestPayload"
MODES = (None, "blocking", "streaming")


async def create_completion_message(request: Request, app: App, service: Service) -> Response:
    """Answer a prompt; `response_mode` says how, blocking if omitted (row 10)."""
    body = await read_json_object(request)
    end_user_id = app.end_user_id(required_user(body.get("user")))
    _check_payload(body)
    prompt = prompt_of(app, body["inputs"])
    if app.vision:
        check_files(body.get("files") or [], app, end_user_id, service.store)
    generation = Generation(app, end_user_id, prompt)
    run = partial(generation.run, service.model, service.store, service.running)
    if body.get("response_mode") == "streaming":
        stream = event_stream(run, service.ping_interval)
        return StreamingResponse(stream, media_type="text/event-stream")
    events: list[Event] = []
    await run(events.append)
    return _blocking_response(generation, events)


def _check_payload(body: JsonObject) -> None:
    if "inputs" not in body:
        raise invalid_field(PAYLOAD, "inputs", body, "missing", "Field required")
    _check_dict("inputs", body["inputs"])
    mode = body.get("response_mode")
    if mode not in MODES:
        rule = "Input should be 'blocking' or 'streaming'"
        raise invalid_field(PAYLOAD, "response_mode", mode, "literal_error", rule)
    files = body.get("files")
    if not isinstance(files, list | None):
        rule = "Input should be a valid list"
        raise invalid_field(PAYLOAD, "files", files, "list_type", rule)
    for index, file in enumerate(files or []):
        _check_dict(f"files.{index}", file)


def _check_dict(field: str, value: Any) -> None:
    if not isinstance(value, dict):
        rule = "Input should be a valid dictionary"
        raise invalid_field(PAYLOAD, field, value, "dict_type", rule)


def _blocking_response(generation: Generation, events: list[Event]) -> Response:
    """Make one body of the events (row 11)."""
    closing = {event["event"]: event for event in events}
    if failure := closing.get("error"):
        raise ApiError(failure["status"], failure["code"], failure["message"])
    origin = generation.origin
    body = {
        "event": "message",
        "task_id": origin.task_id,
        "id": origin.message_id,
        "message_id": origin.message_id,
        "mode": "completion",
        "answer": generation.answer,
        "metadata": closing["message_end"]["metadata"],
        "created_at": origin.created_at,
    }
    return Response(json.dumps(body), media_type="application/json; charset=utf-8")


async def stop_generate(request: Request, app: App, service: Service) -> Response:
    """End a generation of this user; the answer is the same if there was none (row 44)."""
    user = required_user((await read_json_object(request)).get("user"))
    service.running.stop(request.path_params["task_id"], app.end_user_id(user))
    return CompactJSONResponse({"result": "success"})
