"""Turns a prompt into an answer, word by word, with nothing installed and nothing asked.

The same prompt and seed give the same answer. It is composed by templates and from the prompt's
own words (`composing.tasks`), unless words in brackets in the prompt say what to do (`steering`).
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator

from completion_server.models.composing.tasks import composed, is_assignment
from completion_server.models.image_header import described
from completion_server.models.model import Image, ModelError, Prompt, TokenCounts
from completion_server.models.pieces import pieces
from completion_server.models.steering import Steering, steering_of
from completion_server.settings.models import EMBEDDED, Embedded

LONGEST_PROMPT = 20_000
MOST_IMAGES = 20
MOST_PIECES = 10_000


class EmbeddedModel:
    """The model of these settings; a piece of its answers is a token."""

    def __init__(self, settings: Embedded) -> None:
        self._settings = settings

    def check(self) -> None:
        """Raise ModelError if another model than the embedded one is meant."""
        if self._settings.name != EMBEDDED:
            raise ModelError("ModelNotExistError", f"Model {self._settings.name} not exist.")

    async def answer(self, prompt: Prompt) -> AsyncGenerator[str | TokenCounts]:
        """Give the answer, at most 10,000 words; ModelError where the prompt asks for one."""
        # A lone surrogate, which JSON can carry, could not be sent on.
        text = prompt.text[:LONGEST_PROMPT].encode(errors="replace").decode()
        steering = steering_of(text)
        await asyncio.sleep(steering.wait)
        for wait, piece in self._timed(steering, prompt.images):
            await asyncio.sleep(wait)
            yield piece
        if steering.failure:
            raise steering.failure

    async def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    def _timed(self, steering: Steering, images: tuple[Image, ...]) -> Iterator[tuple[float, str]]:
        """Give each piece with the pause before it; the first does not wait for long."""
        answer = steering.pieces
        if answer is None:
            answer = pieces(self._composed(steering.prompt, images))
        usual = self._settings.word_delay
        pause = usual if steering.pause is None else steering.pause
        for index, piece in enumerate(answer[:MOST_PIECES]):
            yield pause if index else min(usual, pause), piece

    def _composed(self, text: str, images: tuple[Image, ...]) -> str:
        seen = [f"I see an image ({described(image)})." for image in images[:MOST_IMAGES]]
        if not seen or is_assignment(text):
            seen.append(composed(text, self._settings.seed))
        return " ".join(seen)
