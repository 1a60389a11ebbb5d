"""Answers /text-to-audio: the MP3 of a message's answer, or of a text."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.apps import App
from completion_server.errors import invalid_field, invalid_param
from completion_server.feedback import message_not_found
from completion_server.mp3 import speak
from completion_server.request_body import JsonObject, read_json_object
from completion_server.service import Service
from completion_server.user import optional_user

PAYLOAD = "TextToAudioPayload"
PIECE = 16 * 1024


async def text_to_audio(request: Request, app: App, service: Service) -> Response:
    """Say a message's answer, or the text if no message is named (rows 50 to 52)."""
    body = await read_json_object(request)
    user = optional_user(body.get("user"))
    if not app.speech:
        raise invalid_param("TTS is not enabled")
    end_user_id = None if user is None else app.end_user_id(user)
    message_id, text = _text(body, "message_id"), _text(body, "text")
    if message_id:
        text = _answer(message_id, app, end_user_id, service)
    if text is None:
        raise invalid_param("Text is required")
    return StreamingResponse(_pieces(speak(text)), media_type="audio/mpeg")


def _text(body: JsonObject, field: str) -> str | None:
    value: Any = body.get(field)
    if not isinstance(value, str | None):
        rule = "Input should be a valid string"
        raise invalid_field(PAYLOAD, field, value, "string_type", rule)
    return value


def _answer(message_id: str, app: App, end_user_id: str | None, service: Service) -> str:
    try:
        wanted = str(uuid.UUID(message_id))
    except ValueError:
        raise message_not_found() from None
    message = service.store.message(wanted, app.id, end_user_id)
    if message is None:
        raise message_not_found()
    return message.answer


async def _pieces(audio: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(audio), PIECE):
        yield audio[start : start + PIECE]
