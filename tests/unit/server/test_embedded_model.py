"""The embedded model: what it refuses, repeats and bounds, whatever the prompt."""

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.models import Image, ModelError, Prompt, TokenCounts, model_of
from completion_server.models.embedded import MOST_PIECES
from completion_server.models.pieces import pieces
from completion_server.settings.models import Embedded

WORDS = [
    "translate",
    "summarise",
    "write a poem about",
    "list",
    "to French",
    "why?",
    "7",
    ":",
    "\n",
]
PROMPTS = st.text() | st.lists(st.sampled_from(WORDS) | st.text(max_size=9)).map(" ".join)
ANY_TEXT = st.text(st.characters())


def answered(text: str, *, seed: int = 0, images: tuple[Image, ...] = ()) -> list[str]:
    async def collect() -> list[str]:
        model = model_of(Embedded(seed=seed, word_delay=0))
        parts = [part async for part in model.answer(Prompt(text, "a user", images))]
        assert not [part for part in parts if isinstance(part, TokenCounts)]
        return [part for part in parts if isinstance(part, str)]

    return asyncio.run(collect())


def test_only_its_own_name_is_known() -> None:
    with pytest.raises(ModelError, match=r"^Model gpt-nope not exist\.$") as caught:
        model_of(Embedded(name="gpt-nope")).check()
    assert caught.value.kind == "ModelNotExistError"


def test_its_own_name_is_fine() -> None:
    model_of(Embedded()).check()


@pytest.mark.parametrize("prompt", ["Hello, world!", "Hello", "hi", "[[first:0]] hi", "", "  "])
def test_a_greeting_is_answered_as_recorded(prompt: str) -> None:
    expected = ["Hello", " World", "!", " I", "'m", " glad", " to", " meet", " you", "."]
    assert expected == answered(prompt)


@given(PROMPTS | ANY_TEXT, st.integers(-(2**63), 2**63 - 1))
def test_any_prompt_is_answered_the_same_way_twice(prompt: str, seed: int) -> None:
    prompt = prompt.replace("[[", "")
    first = answered(prompt, seed=seed)
    assert "".join(first).strip()
    assert first == answered(prompt, seed=seed)
    "".join(first).encode()


@pytest.mark.parametrize("prompt", ["look \ud800", "[[say:\udfff]]", "Translate: \ud800"])
def test_an_answer_can_be_sent_though_half_a_character_was_asked(prompt: str) -> None:
    assert "".join(answered(prompt)).encode()


@given(st.text())
def test_pieces_joined_are_the_text(text: str) -> None:
    assert text == "".join(pieces(text))


@pytest.mark.parametrize("prompt", ["Write a poem about the sea", "Tell me a story about a key"])
def test_another_seed_writes_another_text(prompt: str) -> None:
    assert answered(prompt, seed=1) != answered(prompt, seed=2)


@pytest.mark.parametrize(
    "prompt",
    [
        "a " * 500_000,
        " " * 1_000_000,
        "Summarise: " + "The cat sat. " * 100_000,
        "Write " + "about " * 200_000,
        "List three " + "few " * 200_000,
        "Translate " + "in to " * 200_000,
        "\n".join(["give " * 200] * 1000),
        "[[say:" + "x" * 1_000_000 + "]]",
        "[[" * 100_000,
        "Translate: " + "!" * 1_000_000,
    ],
    ids=lambda prompt: prompt[:12],
)
def test_an_immense_prompt_is_answered_in_bounds(prompt: str) -> None:
    started = time.monotonic()
    answer = answered(prompt)
    assert len(answer) <= MOST_PIECES
    assert len("".join(answer)) <= 100_000
    assert time.monotonic() - started < 5


def test_no_answer_has_more_words_than_it_may() -> None:
    assert len(answered("[[slow:999999999:0]]")) == MOST_PIECES


def test_the_word_delay_stands_between_words() -> None:
    async def take() -> float:
        started = time.monotonic()
        async for _ in model_of(Embedded(word_delay=0.02)).answer(Prompt("hi", "a user")):
            pass
        return time.monotonic() - started

    assert asyncio.run(take()) >= 10 * 0.02
