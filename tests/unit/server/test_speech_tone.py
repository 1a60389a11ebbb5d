"""Without a speech program a text still gives audio: audible, playable, and of about its length."""

import asyncio
import io
import time
import wave
from array import array
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from completion_server.speech.sayable import LONGEST_TEXT, sayable
from completion_server.speech.tone import Tone
from tests.unit.server.mp3_file import mp3_seconds

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


def spoken(text: str) -> "array[int]":
    """The samples of a text."""
    wav = asyncio.run(Tone().speak(text, "wav", "en-US"))
    with wave.open(io.BytesIO(wav)) as read:
        return array("h", read.readframes(read.getnframes()))


def seconds(text: str) -> float:
    return len(spoken(text)) / 22_050


@pytest.mark.parametrize(
    ("characters", "due"),
    [(1, 0.25), (4, 0.25), (10, 0.6), (50, 3), (333, 19.98), (5000, 300), (100_000, 300)],
)
def test_a_tone_lasts_as_long_as_saying_it_would(characters: int, due: float) -> None:
    assert pytest.approx(due, rel=0.01) == seconds("x" * characters)


def test_an_mp3_lasts_as_long() -> None:
    mp3 = asyncio.run(Tone().speak("x" * 100, "mp3", "en-US"))
    assert pytest.approx(6, rel=0.1) == mp3_seconds(mp3)


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "\ud800", "\x1b\x07"])
def test_a_text_without_anything_to_say_is_a_quarter_of_a_second_of_silence(text: str) -> None:
    assert array("h", [0] * 5513) == spoken(text)


def test_a_tone_is_audible_and_not_clipped() -> None:
    assert 5000 < max(spoken("hello")) < 30_000


def test_a_tone_has_soft_edges_and_no_clicks() -> None:
    samples = spoken("a text of some length")
    assert max(abs(samples[0]), abs(samples[-1])) < 10
    assert max(abs(b - a) for a, b in pairwise(samples)) < 2500


def test_the_longest_tone_is_quickly_made() -> None:
    before = time.process_time()
    asyncio.run(Tone().speak("x" * 5000, "wav", "en-US"))
    assert time.process_time() - before < 0.5


def test_the_loop_goes_on_meanwhile() -> None:
    async def turns() -> int:
        speaking = asyncio.create_task(Tone().speak("x" * 5000, "mp3", "en-US"))
        counted = 0
        while not speaking.done():
            await asyncio.sleep(0.001)
            counted += 1
        return counted

    assert asyncio.run(turns()) > 10


@settings(max_examples=50, deadline=None)
@given(ANY_TEXT)
def test_any_text_can_be_spoken(text: str) -> None:
    assert 0.25 <= seconds(text) <= 0.251 + 0.06 * 2 * len(text)


@given(ANY_TEXT)
def test_what_is_said_obeys_nothing(text: str) -> None:
    said = sayable(text)
    assert "[[" not in said
    assert all(character >= " " or character == "\n" for character in said)
    assert said.encode().decode() == said


@pytest.mark.parametrize("text", ["-h", "<speak>x</speak>", "שלום", "🎉 party", "two\nlines"])
def test_ordinary_texts_are_said_as_they_are(text: str) -> None:
    assert text == sayable(text)


def test_a_huge_text_is_cut() -> None:
    assert len(sayable("x" * (LONGEST_TEXT + 1))) == LONGEST_TEXT
