"""Turns a prompt into the events of its answer: words, speech, moderation, usage, failure.

Knows nothing of HTTP: it gives events in order, for a stream or for one body alike.
"""

import asyncio
import logging
import time
import uuid
from contextlib import aclosing
from dataclasses import dataclass, field

from completion_server.models import ModelError, Prompt, TokenCounts
from completion_server.operations.auto_play import AutoPlay
from completion_server.operations.events import Event, Origin, new_origin
from completion_server.operations.moderation import OutputModeration
from completion_server.operations.service import Service
from completion_server.operations.usage import NOTHING, Usage, no_usage, prompt_tokens, usage
from completion_server.settings import App
from completion_server.storage import Message
from completion_server.web.event_stream import MOST_WAITING

logger = logging.getLogger(__name__)

LONGEST_GENERATION = 1200.0
SLOT_SECONDS = 1.0
ROOM_SECONDS = 0.05


@dataclass
class Generation:
    """One answer in the making; `streaming` is whether its events are sent as they come.

    `ended` is "complete", "stopped" or "error" at the end; `code` is that of an error.
    """

    app: App
    end_user_id: str
    prompt: Prompt
    service: Service
    streaming: bool
    origin: Origin = field(default_factory=new_origin)
    events: asyncio.Queue[Event | None] = field(default_factory=asyncio.Queue)
    answer: str = ""
    ended: str = "complete"
    code: str = ""
    _started: float = field(default_factory=time.monotonic)
    _speaking: "asyncio.Task[Usage]" = field(init=False)
    _moderation: OutputModeration = field(init=False)
    _abandoned: bool = False

    def __post_init__(self) -> None:
        self._moderation = OutputModeration(self.app.moderation)

    async def begin(self) -> bool:
        """Keep the message and start; False if too many of its app are under way (row 14)."""
        conversation_id = str(uuid.uuid4())
        message = Message(
            id=self.origin.message_id,
            task_id=self.origin.task_id,
            app_id=self.app.id,
            end_user_id=self.end_user_id,
            conversation_id=conversation_id,
            created_at=self.origin.created_at,
        )
        if not await self.service.store.begin(message, self.app.concurrent_requests):
            return False
        self._speaking = asyncio.create_task(self._speak())
        self.service.running.start(self.origin.task_id, self._end(), self._speaking.cancel)
        return True

    def abandon(self) -> None:
        """Stop, for whoever asked has left; the place among the app's requests stays taken."""
        self._abandoned = not self._speaking.done()
        self._speaking.cancel()

    async def _speak(self) -> Usage:
        moderation = self.app.moderation
        if moderation and moderation.input and moderation.flags(self.prompt.text):
            self._recite(moderation.input_reply)
            return no_usage(self.app.model, self._latency())
        aloud = self._auto_play()
        try:
            return await self._answer(aloud)
        finally:
            if aloud:
                aloud.stop()

    def _recite(self, reply: str) -> None:
        """Give a preset reply one character an event, as row 29 saw it."""
        self.answer = reply
        for character in reply:
            self._emit(self.origin.message(character))

    def _auto_play(self) -> AutoPlay | None:
        if not self._is_spoken or self.app.speech is None:
            return None

        def tell(audio: str) -> None:
            self._emit(self.origin.tts_message(audio))

        return AutoPlay(self.service.speaker, self.app.speech, tell)

    @property
    def _is_spoken(self) -> bool:
        speech = self.app.speech
        return speech is not None and speech.auto_play and self.streaming

    async def _answer(self, aloud: AutoPlay | None) -> Usage:
        counted: TokenCounts | None = None
        pieces = 0
        async with aclosing(self.service.model(self.app).answer(self.prompt)) as answer:
            async for piece in answer:
                if isinstance(piece, TokenCounts):
                    counted = piece
                elif piece:
                    pieces += 1
                    await self._say(piece, aloud)
                    # A bad answer goes no further.
                    if self._replace(self._moderation.replacement_so_far(self.answer)):
                        return self._usage(NOTHING)
        if aloud:
            await aloud.finish()
        self._emit(self.origin.message(""))
        self._replace(self._moderation.replacement(self.answer))
        return self._usage(counted or TokenCounts(prompt_tokens(self.prompt.text), pieces))

    async def _say(self, words: str, aloud: AutoPlay | None) -> None:
        # Whoever reads slowly, or not at all, is waited for.
        while self.events.qsize() >= MOST_WAITING:  # noqa: ASYNC110 - a queue has no such event
            await asyncio.sleep(ROOM_SECONDS)
        self.answer += words
        self._emit(self.origin.message(words))
        if aloud:
            aloud.add(words)

    def _replace(self, replacement: str | None) -> bool:
        """Replace the answer (row 28) if there is something to replace it."""
        if replacement is None:
            return False
        self.answer = replacement
        self._emit(self.origin.message_replace(replacement))
        return True

    async def _end(self) -> None:
        """Wait for the answer; a stop or twenty minutes end it as if it were complete."""
        await asyncio.wait({self._speaking}, timeout=LONGEST_GENERATION)
        if self._speaking.cancel():
            await asyncio.wait({self._speaking})
        if self._abandoned:
            await asyncio.sleep(SLOT_SECONDS)  # row 32
        try:
            # Kept first: whoever sees the end may count on the message.
            await self.service.store.finish(self.origin.message_id, self.answer)
            closing = self._closing()
        except Exception:
            logger.exception("an answer can't be kept")
            closing = [self._internal_error()]
        for event in closing:
            self._emit(event)
        self.events.put_nowait(None)

    def _closing(self) -> list[Event]:
        stopped = self._speaking.cancelled()
        failure = None if stopped else self._speaking.exception()
        if failure:
            return [self._failed(failure)]
        if stopped:
            self.ended = "stopped"
        # A stopped answer is not charged for.
        spent = self._usage(NOTHING) if stopped else self._speaking.result()
        end = self.origin.message_end(self.service.dialect.metadata(spent))
        return [end, self.origin.tts_message_end()] if self._is_spoken else [end]

    def _failed(self, failure: BaseException) -> Event:
        if isinstance(failure, ModelError):
            worded = self.service.dialect.model_failure(failure, streaming=self.streaming)
            return self._error(400, worded.code, worded.message)
        logger.error("an answer broke", exc_info=failure)
        return self._internal_error()

    def _internal_error(self) -> Event:
        return self._error(500, "internal_server_error", "Internal Server Error")

    def _error(self, status: int, code: str, message: str) -> Event:
        self.ended, self.code = "error", code
        return self.origin.error(status, code, message)

    def _usage(self, counts: TokenCounts) -> Usage:
        return usage(self.app.model, counts, self._latency())

    def _latency(self) -> float:
        return time.monotonic() - self._started

    def _emit(self, event: Event) -> None:
        self.events.put_nowait(event)
