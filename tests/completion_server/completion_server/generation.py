"""Turns a prompt into the events of its answer: words, speech, moderation, usage, failure.

Knows nothing of HTTP: it emits events in order, for a stream or for one body alike.
"""

import asyncio
import base64
import logging
import time
import uuid
from dataclasses import dataclass, field

from completion_server.apps import App
from completion_server.event_stream import Emit
from completion_server.events import Event, Origin
from completion_server.model import Model, ModelError
from completion_server.mp3 import speak
from completion_server.running import Running, RunningTask
from completion_server.store import Message, Store
from completion_server.usage import Usage, no_usage, prompt_tokens, usage

logger = logging.getLogger(__name__)

LONGEST_GENERATION = 1200.0
SENTENCE_ENDS = (".", "!", "?", "\n")


def new_origin() -> Origin:
    """Make the ids of a new generation."""
    return Origin(str(uuid.uuid4()), str(uuid.uuid4()), int(time.time()))


@dataclass
class Generation:
    """One answer in the making."""

    app: App
    end_user_id: str
    prompt: str
    origin: Origin = field(default_factory=new_origin)
    started: float = field(default_factory=time.monotonic)
    answer: str = ""
    tokens: int = 0
    unspoken: str = ""

    async def run(self, model: Model, store: Store, running: Running, emit: Emit) -> None:
        """Emit the events to the end; a stop or twenty minutes end it as if it were complete."""
        store.add_message(self._message())
        speaking = asyncio.create_task(self._speak(model, emit))
        task = RunningTask(self.end_user_id, speaking.cancel)
        try:
            with running.entered(self.origin.task_id, task):
                await asyncio.wait({speaking}, timeout=LONGEST_GENERATION)
            self._close(speaking, emit)
        finally:
            speaking.cancel()
            store.set_answer(self.origin.message_id, self.answer)

    def _message(self) -> Message:
        conversation_id = str(uuid.uuid4())
        return Message(self.origin.message_id, self.app.id, self.end_user_id, conversation_id)

    async def _speak(self, model: Model, emit: Emit) -> Usage:
        moderation = self.app.moderation
        if moderation and moderation.flags(self.prompt):
            self._recite(moderation.input_reply, emit)
            return no_usage(self._latency())
        async for word in model.words(self.prompt):
            self._say(word, emit)
        self._say_aloud(emit)
        emit(self.origin.message(""))
        if moderation and moderation.flags(self.answer):
            self.answer = moderation.output_reply
            emit(self.origin.message_replace(self.answer))
        return usage(prompt_tokens(self.prompt), self.tokens, self._latency())

    def _recite(self, reply: str, emit: Emit) -> None:
        """Give a preset reply one character an event, as row 29 saw it."""
        self.answer = reply
        for character in reply:
            emit(self.origin.message(character))

    def _say(self, word: str, emit: Emit) -> None:
        self.answer += word
        self.unspoken += word
        self.tokens += 1
        emit(self.origin.message(word))
        if word.endswith(SENTENCE_ENDS):
            self._say_aloud(emit)

    def _say_aloud(self, emit: Emit) -> None:
        if self.app.auto_play and self.unspoken.strip():
            emit(self.origin.tts_message(base64.b64encode(speak(self.unspoken)).decode()))
        self.unspoken = ""

    def _close(self, speaking: "asyncio.Task[Usage]", emit: Emit) -> None:
        ended = speaking.done() and not speaking.cancelled()
        failure = speaking.exception() if ended else None
        if failure:
            emit(self._error(failure))
            return
        # A stopped answer is not charged for.
        emit(self.origin.message_end(speaking.result() if ended else usage(0, 0, self._latency())))
        if self.app.auto_play:
            emit(self.origin.tts_message_end())

    def _error(self, failure: BaseException) -> Event:
        if isinstance(failure, ModelError):
            return self.origin.error(400, failure.code, failure.message)
        logger.error("the model broke", exc_info=failure)
        return self.origin.error(500, "internal_server_error", "Internal Server Error")

    def _latency(self) -> float:
        return time.monotonic() - self.started
