"""Operations related to Text-to-Speech."""

from __future__ import annotations

from functools import cache
from typing import Unpack

from .. import models
from .._runtime.binary import AsyncBinaryResponse, BinaryResponse
from .._runtime.client import AsyncResource, Resource
from .._runtime.operation import BINARY, UNSET, Answer, Body, Operation, Unset
from .._runtime.request import RequestOptions


@cache
def _text_to_audio_operation() -> Operation[bytes]:
    return Operation(
        id="textToAudio",
        method="POST",
        path="/text-to-audio",
        body=Body(
            "application/json",
            models.TextToAudioRequest,
            arguments={
                "message_id": "message_id",
                "streaming": "streaming",
                "text": "text",
                "user": "user",
                "voice": "voice",
            },
            not_null=frozenset({"message_id", "streaming", "text", "user", "voice"}),
        ),
        answers=(Answer("200", {"audio/mpeg": BINARY}),),
    )


class TTS(Resource):
    """Operations related to Text-to-Speech."""

    def text_to_audio(
        self,
        *,
        message_id: str | Unset = UNSET,
        streaming: bool | Unset = UNSET,
        text: str | Unset = UNSET,
        user: str | Unset = UNSET,
        voice: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> BinaryResponse:
        """Text to Audio.

        Gives bytes that are left to be read, in a `with` block.

        Convert text to speech.

        Args:
            message_id: A message of this app. It wins over `text`.
            streaming: Accepted; the answer is streamed in any case.
            text: What to speak. Not looked at when `message_id` is given.
            user: The user identifier, defined by the developer, must ensure uniqueness within the
                app.
            voice: Name of a voice; left out or unknown, the app's.
        """
        return self._download(
            _text_to_audio_operation(),
            {
                "message_id": message_id,
                "streaming": streaming,
                "text": text,
                "user": user,
                "voice": voice,
            },
            options,
        )


class AsyncTTS(AsyncResource):
    """Operations related to Text-to-Speech."""

    async def text_to_audio(
        self,
        *,
        message_id: str | Unset = UNSET,
        streaming: bool | Unset = UNSET,
        text: str | Unset = UNSET,
        user: str | Unset = UNSET,
        voice: str | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> AsyncBinaryResponse:
        """Text to Audio.

        Gives bytes that are left to be read, in an `async with` block.

        Convert text to speech.

        Args:
            message_id: A message of this app. It wins over `text`.
            streaming: Accepted; the answer is streamed in any case.
            text: What to speak. Not looked at when `message_id` is given.
            user: The user identifier, defined by the developer, must ensure uniqueness within the
                app.
            voice: Name of a voice; left out or unknown, the app's.
        """
        return await self._download(
            _text_to_audio_operation(),
            {
                "message_id": message_id,
                "streaming": streaming,
                "text": text,
                "user": user,
                "voice": voice,
            },
            options,
        )
