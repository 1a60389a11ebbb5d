"""Answers /text-to-audio: the speech of a message's answer, or of a text."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from completion_server.dialects import BadArgument, JsonObject
from completion_server.operations.service import Service
from completion_server.operations.user import optional_user
from completion_server.settings import App, Speech, SpeechFormat
from completion_server.web.errors import invalid_param, message_not_found
from completion_server.web.leaving import while_connected
from completion_server.web.request_body import read_json_object

PAYLOAD = "TextToAudioPayload"
PIECE = 16 * 1024
MEDIA_TYPES: dict[SpeechFormat, str] = {"mp3": "audio/mpeg", "wav": "audio/wav"}


async def text_to_audio(request: Request, app: App, service: Service) -> Response:
    """Say a message's answer, or the text if no message is named (rows 50 to 52)."""
    body = await read_json_object(request)
    user = optional_user(body.get("user"))
    if app.speech is None:
        raise invalid_param("TTS is not enabled")
    end_user_id = None if user is None else app.end_user_id(user)
    message_id, text = _text(body, "message_id"), _text(body, "text")
    if message_id:
        text = await _answer(message_id, app, end_user_id, service)
    if text is None:
        raise invalid_param("Text is required")
    speech_format = _format(request, app.speech)
    speaking = service.speaker.speak(text, speech_format, app.speech.language)
    audio = await while_connected(request, speaking)
    return StreamingResponse(_pieces(audio), media_type=MEDIA_TYPES[speech_format])


def _text(body: JsonObject, field: str) -> str | None:
    value: Any = body.get(field)
    if not isinstance(value, str | None):
        raise BadArgument(PAYLOAD, field, value, "string")
    return value


async def _answer(message_id: str, app: App, end_user_id: str | None, service: Service) -> str:
    try:
        wanted = str(uuid.UUID(message_id))
    except ValueError:
        raise message_not_found() from None
    message = await service.store.message(wanted, app.id, end_user_id)
    if message is None:
        raise message_not_found()
    return message.answer


def _format(request: Request, speech: Speech) -> SpeechFormat:
    """Give the one format that the request names, or else the app's."""
    accepted = request.headers.get("accept", "").lower()
    named = [each for each, media_type in MEDIA_TYPES.items() if media_type in accepted]
    return named[0] if len(named) == 1 else speech.format


async def _pieces(audio: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(audio), PIECE):
        yield audio[start : start + PIECE]
