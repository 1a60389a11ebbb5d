"""Speaks an answer while it is written, in a task beside its words."""

import asyncio
import base64
from collections.abc import Callable

from completion_server.operations.sentences import Sentences
from completion_server.settings import Speech
from completion_server.speech import Speaker

LARGEST_PIECE = 12 * 1024


class AutoPlay:
    """The speech of one answer; `tell` is given each piece of MP3, in base64, as it is made."""

    def __init__(self, speaker: Speaker, speech: Speech, tell: Callable[[str], None]) -> None:
        self._speaker = speaker
        self._speech = speech
        self._tell = tell
        self._sentences = Sentences()
        self._texts: asyncio.Queue[str | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._speak())

    def add(self, words: str) -> None:
        """Add words of the answer; they are spoken when there are sentences enough."""
        self._texts.put_nowait(self._sentences.add(words))

    async def finish(self) -> None:
        """Speak what is left, and wait until all is spoken."""
        self._texts.put_nowait(self._sentences.rest())
        self._texts.put_nowait(None)
        await self._task

    def stop(self) -> None:
        """Speak no more."""
        self._task.cancel()

    async def _speak(self) -> None:
        while (text := await self._texts.get()) is not None:
            if not text.strip():
                continue
            audio = await self._speaker.speak(text, "mp3", self._speech.language)
            for start in range(0, len(audio), LARGEST_PIECE):
                self._tell(base64.b64encode(audio[start : start + LARGEST_PIECE]).decode())
