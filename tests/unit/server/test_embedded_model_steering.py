"""Words in brackets steer the embedded model as they steered the recordings' stand-in."""

import asyncio
import time

import pytest

from completion_server.models import ModelError, Prompt, model_of
from completion_server.models.steering import LONGEST_WAIT, steering_of
from completion_server.settings.models import Embedded
from tests.replay.event_stream import read_events
from tests.replay.recording import recording_of


def given_before_failing(text: str) -> tuple[list[str], ModelError | None]:
    async def collect() -> tuple[list[str], ModelError | None]:
        parts: list[str] = []
        try:
            async for part in model_of(Embedded(word_delay=0)).answer(Prompt(text, "a user")):
                parts.append(str(part))  # noqa: PERF401  # kept when it fails
        except ModelError as error:
            return parts, error
        return parts, None

    return asyncio.run(collect())


def recorded(name: str) -> list[str]:
    """Give the answers of a recorded stream's events, without the empty last one."""
    exchange = next(it for it in recording_of("1.14.2").exchanges if it.name == name)
    events = read_events(exchange.answer.body)
    return [data["answer"] for event, data in events if event == "message" and data["answer"]]


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        ("cm_streaming_unicode", "[[unicode]]"),
        ("cm_moderated_output_streaming", "[[say:this is a bad]]"),
        ("cm_ratelimit_first", "[[slow:5:0]]"),
        ("cm_moderated_output_long_streaming", "[[moderate-long]]"),
    ],
)
def test_the_words_are_those_recorded(name: str, prompt: str) -> None:
    words = recorded(name)
    assert len(words) >= 4
    assert words == given_before_failing(prompt)[0][: len(words)]


def test_the_long_answer_is_badword_between_400_and_400_words() -> None:
    words, _ = given_before_failing("[[moderate-long]]")
    assert [index for index, word in enumerate(words) if word == "badword "] == [400]
    assert len(words) == 801


def test_moderate_says_the_word_at_once() -> None:
    assert given_before_failing("[[moderate]]") == (
        ["this ", "is ", "a ", "badword ", "indeed"],
        None,
    )


def test_an_error_comes_before_any_word() -> None:
    words, error = given_before_failing("[[error:SomethingElse]]")
    assert error is not None
    assert (words, error.kind, error.message) == ([], "SomethingElse", "stub says SomethingElse")


def test_a_failure_on_the_way_comes_after_some_words() -> None:
    words, error = given_before_failing("[[midfail:InvokeServerUnavailableError]]")
    assert error is not None
    assert words == ["Hello", " World", "!"]
    assert error.kind == "InvokeServerUnavailableError"
    assert error.message == "stub mid-stream InvokeServerUnavailableError"


def test_a_refused_key_has_the_message_of_a_real_one() -> None:
    _, error = given_before_failing("[[error:InvokeAuthorizationError]]")
    assert error is not None
    assert error.message == "Incorrect API key provided"


def test_the_first_word_waits_and_what_follows_is_steered_too() -> None:
    started = time.monotonic()
    words, _ = given_before_failing("[[first:0.1]][[slow:2:0.1]]")
    assert words == ["w0 ", "w1 "]
    assert 0.2 <= time.monotonic() - started < 1


def test_no_wait_is_longer_than_half_a_minute() -> None:
    steering = steering_of("[[first:999999999]][[slow:1:999999999]]")
    assert (steering.wait, steering.pause) == (LONGEST_WAIT, LONGEST_WAIT)


@pytest.mark.parametrize("prompt", ["[[slow:a:b]]", "[[error:]]", "[[nothing]]", "[[slow:1]"])
def test_other_brackets_are_part_of_the_prompt(prompt: str) -> None:
    assert prompt == steering_of(prompt).prompt
    assert steering_of(prompt).pieces is None
