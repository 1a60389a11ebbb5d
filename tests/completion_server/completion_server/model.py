"""Turns a prompt into words, one after another; knows nothing of apps, events or HTTP.

The embedded model needs nothing installed and answers the same prompt the same way. A prompt
may steer it: `[[first:S]]`, then one of `[[slow:N:S]]`, `[[error:KIND]]`, `[[midfail:KIND]]`,
`[[unicode]]`, `[[moderate]]`, `[[say:…]]`. N is a number of words, S one of seconds.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Protocol

MOST_WORDS = 10_000
LONGEST_WAIT = 30.0
LONGEST_QUOTE = 200

GREETING = "Hello World! I'm glad to meet you."
UNICODE_WORDS = ("héllo ", "你好 ", "😀", "\u2028", "\n", "line2\r\n")
MODERATE_WORDS = ("this ", "is ", "a ", "badword ", "indeed")

TOKEN = re.compile(r"\s*(?:'?\w+|[^\w\s])|\s+")
FIRST = re.compile(r"\[\[first:([0-9]{1,9}(?:\.[0-9]{1,9})?)\]\]")
STEERING = re.compile(
    r"\[\[(?:slow:(?P<count>[0-9]{1,9}):(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)"
    r"|error:(?P<error>\w{1,60})|midfail:(?P<midfail>\w{1,60})"
    r"|(?P<unicode>unicode)|(?P<moderate>moderate)|say:(?P<say>[^\[\]]*))\]\]"
)
PROVIDER_ERRORS = {
    "InvokeRateLimitError",
    "InvokeBadRequestError",
    "InvokeConnectionError",
    "InvokeServerUnavailableError",
}


class ModelError(Exception):
    """A failure of the model, with the API's code for it (row 16)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Model(Protocol):
    """What answers a prompt."""

    def words(self, prompt: str) -> AsyncIterator[str]:
        """Give the answer piece by piece, as it is made; raises ModelError."""
        ...


@dataclass(frozen=True)
class EmbeddedModel:
    """A deterministic model; `delay` is the pause before each word, in seconds."""

    delay: float

    async def words(self, prompt: str) -> AsyncIterator[str]:
        """Give the answer word by word; raises ModelError where the prompt asks for it."""
        if first := FIRST.search(prompt):
            await asyncio.sleep(_seconds(first[1]))
            prompt = FIRST.sub("", prompt)
        steering = STEERING.search(prompt)
        pause = self.delay
        if steering and steering["seconds"]:
            pause = _seconds(steering["seconds"])
        answer = _steered(steering) if steering else _tokens(_reply(prompt))
        for index, word in enumerate(answer):
            await asyncio.sleep(pause if index else min(pause, self.delay))
            yield word


def _steered(steering: re.Match[str]) -> Iterator[str]:
    match steering.lastgroup:
        case "seconds":
            yield from (f"w{index} " for index in range(min(int(steering["count"]), MOST_WORDS)))
        case "error":
            raise _failure(steering["error"], "stub says")
        case "midfail":
            yield from ("Hello", " World", "!")
            raise _failure(steering["midfail"], "stub mid-stream")
        case "unicode":
            yield from UNICODE_WORDS
        case "moderate":
            yield from MODERATE_WORDS
        case _:
            yield from _tokens(steering["say"])


def _failure(kind: str, says: str) -> ModelError:
    message = f"{says} {kind}"
    if kind == "InvokeAuthorizationError":
        return ModelError("completion_request_error", "Incorrect API key provided")
    if kind in PROVIDER_ERRORS:
        return ModelError("completion_request_error", message)
    unforeseen = {"error_type": kind, "args": {"description": message}, "message": message}
    return ModelError("invalid_param", json.dumps(unforeseen))


def _reply(prompt: str) -> str:
    text = " ".join(prompt.split())
    if re.fullmatch(r"(?:(?:hello|hi|hey)\b.{0,20})?", text, re.IGNORECASE):
        return GREETING
    quote = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return f"You wrote: {quote} Word count: {len(text.split())}. I'm glad to help."


def _tokens(text: str) -> Iterator[str]:
    found = (match[0] for match in TOKEN.finditer(text))
    return (token for token, _ in zip(found, range(MOST_WORDS), strict=False))


def _seconds(text: str) -> float:
    return min(float(text), LONGEST_WAIT)
