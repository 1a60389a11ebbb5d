"""Turns words in brackets in a prompt into what the embedded model shall do (N words, S seconds).

`[[first:S]]` waits. Then one of `[[slow:N:S]]`, `[[say:…]]`, `[[unicode]]`, `[[moderate]]`,
`[[moderate-long]]`, `[[error:KIND]]`, `[[midfail:KIND]]` is the answer. Kinds: QuotaExceededError,
InvokeRateLimitError, InvokeAuthorizationError, InvokeBadRequestError, InvokeConnectionError,
InvokeServerUnavailableError, ModelCurrentlyNotSupportError, ModelNotExistError,
ProviderTokenNotInitError; any other is unforeseen.
"""

import re
from dataclasses import dataclass

from completion_server.models.model import ModelError
from completion_server.models.pieces import pieces

LONGEST_WAIT = 30.0
MOST_WORDS = 10_000

SECONDS = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
FIRST = re.compile(rf"\[\[first:({SECONDS})\]\]")
STEERING = re.compile(
    rf"\[\[(?:slow:(?P<count>[0-9]{{1,9}}):(?P<seconds>{SECONDS})"
    r"|error:(?P<error>\w{1,60})|midfail:(?P<midfail>\w{1,60})|say:(?P<say>[^\[\]]*)"
    r"|(?P<fixed>unicode|moderate-long|moderate))\]\]"
)

NUMBERED = [f"tok{index} " for index in range(400)]
FIXED = {
    "unicode": ["héllo ", "你好 ", "😀", "\u2028", "\n", "line2\r\n"],
    "moderate": ["this ", "is ", "a ", "badword ", "indeed"],
    "moderate-long": [*NUMBERED, "badword ", *NUMBERED],
}


@dataclass(frozen=True)
class Steering:
    """Wait; give `pieces`, or answer `prompt` if there are none; fail at the end if told to.

    `pause` is the time between two pieces where the prompt sets it, in seconds as `wait` is.
    """

    wait: float
    prompt: str
    pieces: list[str] | None = None
    pause: float | None = None
    failure: ModelError | None = None


def steering_of(prompt: str) -> Steering:
    """Read what a prompt asks for in brackets; what it doesn't understand is left in the prompt."""
    first = FIRST.search(prompt)
    wait = _seconds(first[1]) if first else 0.0
    rest = FIRST.sub("", prompt) if first else prompt
    found = STEERING.search(rest)
    if found is None:
        return Steering(wait, rest)
    match found.lastgroup:
        case "seconds":
            count = min(int(found["count"]), MOST_WORDS)
            words = [f"w{index} " for index in range(count)]
            return Steering(wait, rest, words, pause=_seconds(found["seconds"]))
        case "error":
            return Steering(wait, rest, [], failure=_failure("stub says", found["error"]))
        case "midfail":
            failure = _failure("stub mid-stream", found["midfail"])
            return Steering(wait, rest, ["Hello", " World", "!"], failure=failure)
        case "fixed":
            return Steering(wait, rest, FIXED[found["fixed"]])
        case _:
            return Steering(wait, rest, pieces(found["say"]))


def _failure(says: str, kind: str) -> ModelError:
    if kind == "InvokeAuthorizationError":
        return ModelError(kind, "Incorrect API key provided")
    return ModelError(kind, f"{says} {kind}")


def _seconds(text: str) -> float:
    return min(float(text), LONGEST_WAIT)
