"""Operations related to Text-to-Speech."""

from __future__ import annotations

from typing import Unpack

from .. import models
from .._runtime.binary import AsyncBinaryResponse, BinaryResponse
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import BINARY, UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions

_TEXT_TO_AUDIO: Operation[bytes] = Operation(
    id="textToAudio",
    method="POST",
    path="/text-to-audio",
    body=Body(
        "application/json",
        models.TextToAudioRequest,
        arguments={
            "message_id": "message_id",
            "text": "text",
            "user": "user",
            "voice": "voice",
            "streaming": "streaming",
        },
        not_null=frozenset({"message_id", "text", "user", "voice", "streaming"}),
    ),
    answers=(Answer("200", {"audio/mpeg": BINARY}),),
)


class TTS(Resource):
    """Operations related to Text-to-Speech."""

    def text_to_audio(
        self,
        *,
        message_id: str | Unset = UNSET,
        text: str | Unset = UNSET,
        user: str | Unset = UNSET,
        voice: str | Unset = UNSET,
        streaming: bool | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> BinaryResponse:
        """Text to Audio.

        Gives bytes that are left to be read, in a `with` block.

        Convert text to speech.

        Args:
            message_id: A message of this app. It wins over `text`.
            text: What to speak. Not looked at when `message_id` is given.
            user: The user identifier, defined by the developer, must ensure uniqueness within the
                app.
            voice: Name of a voice; left out or unknown, the app's.
            streaming: Accepted; the answer is streamed in any case.
        """
        return self._download(
            _TEXT_TO_AUDIO,
            {
                "message_id": message_id,
                "text": text,
                "user": user,
                "voice": voice,
                "streaming": streaming,
            },
            options,
        )


class AsyncTTS(AsyncResource):
    """Operations related to Text-to-Speech."""

    async def text_to_audio(
        self,
        *,
        message_id: str | Unset = UNSET,
        text: str | Unset = UNSET,
        user: str | Unset = UNSET,
        voice: str | Unset = UNSET,
        streaming: bool | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncBinaryResponse:
        """Text to Audio.

        Gives bytes that are left to be read, in an `async with` block.

        Convert text to speech.

        Args:
            message_id: A message of this app. It wins over `text`.
            text: What to speak. Not looked at when `message_id` is given.
            user: The user identifier, defined by the developer, must ensure uniqueness within the
                app.
            voice: Name of a voice; left out or unknown, the app's.
            streaming: Accepted; the answer is streamed in any case.
        """
        return await self._download(
            _TEXT_TO_AUDIO,
            {
                "message_id": message_id,
                "text": text,
                "user": user,
                "voice": voice,
                "streaming": streaming,
            },
            options,
        )
