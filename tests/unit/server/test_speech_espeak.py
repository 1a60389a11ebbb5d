"""With espeak-ng a text is really spoken, and no process outlives its request."""

import asyncio
import io
import logging
import os
import shutil
import stat
import time
import wave
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from completion_server.speech import speaker
from completion_server.speech.encoding import silence
from completion_server.speech.espeak import Espeak
from completion_server.speech.speaker import find_speaker
from completion_server.speech.tone import Tone
from tests.unit.server.mp3_file import mp3_seconds

needs_espeak = pytest.mark.skipif(
    shutil.which(speaker.PROGRAM) is None, reason="espeak-ng is not installed"
)
SENTENCE = "The quick brown fox jumps over the lazy dog. "


def speak(text: str, language: str = "en-US", by: speaker.Speaker | None = None) -> bytes:
    """The samples of a text."""
    wav = asyncio.run((by or find_speaker()).speak(text, "wav", language))
    with wave.open(io.BytesIO(wav)) as read:
        samples: bytes = read.readframes(read.getnframes())
    return samples


def seconds(samples: bytes) -> float:
    return len(samples) / 44_100


def program(folder: Path, script: str, timeout: float = 30) -> Espeak:
    """A speaker whose program is a shell script; `timeout` in seconds."""
    path = folder / "espeak-ng"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Espeak(str(path), {"en-us": "en-us"}, timeout=timeout)


def wait_for(path: Path) -> None:
    for _ in range(500):
        if path.exists():
            time.sleep(0.02)
            return
        time.sleep(0.01)
    raise TimeoutError(path)


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@needs_espeak
def test_a_longer_text_is_longer_spoken() -> None:
    once, thrice = (seconds(speak(SENTENCE * times)) for times in (1, 3))
    assert 1.5 < once < 6
    assert pytest.approx(3 * once, rel=0.2) == thrice


@needs_espeak
def test_an_mp3_is_as_long_as_the_wav() -> None:
    mp3 = asyncio.run(find_speaker().speak(SENTENCE, "mp3", "en-US"))
    assert pytest.approx(seconds(speak(SENTENCE)), rel=0.1) == mp3_seconds(mp3)


@needs_espeak
def test_languages_sound_differently() -> None:
    languages = ["en-US", "en-GB", "de-DE", "fr-FR", "zh-Hans", "ja-JP"]
    assert len(languages) == len({speak("no 12 ni", language) for language in languages})


@needs_espeak
def test_an_unknown_language_is_read_as_english() -> None:
    assert speak("hello", "en") == speak("hello", "tlh")


@needs_espeak
def test_speech_is_the_same_every_time() -> None:
    assert speak(SENTENCE) == speak(SENTENCE)


@needs_espeak
def test_speech_is_not_the_tone() -> None:
    assert speak("hello") != speak("hello", by=Tone())


@needs_espeak
@pytest.mark.parametrize("text", ["", " \n\t", "\0\1\2", "\ud800\udfff"])
def test_a_text_without_anything_to_say_is_silence(text: str) -> None:
    assert silence(0.25) == speak(text)


@needs_espeak
@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("one\0two", "one two"),
        ("one\x01 90S two", "one 90S two"),  # an embedded command: slower
        ("[[h@loU]]", "[ [h@loU]]"),
        ("one \ud800 two", "one   two"),
    ],
)
def test_markup_of_espeak_is_not_obeyed(text: str, same: str) -> None:
    assert speak(same) == speak(text)


@needs_espeak
@pytest.mark.parametrize(
    "text",
    ["--version", "-h", "<speak>hello</speak>", "<break time='100s'/>", "שלום", "مرحبا", "🎉", "!"],
)
def test_odd_texts_are_spoken_and_not_obeyed(text: str) -> None:
    assert 0.25 <= seconds(speak(text)) < 10


@needs_espeak
@pytest.mark.parametrize("text", [SENTENCE * 1000, "你好世界" * 20_000])
def test_a_long_text_is_cut_at_300_seconds(text: str) -> None:
    assert pytest.approx(300) == seconds(speak(text))


@needs_espeak
@settings(max_examples=15, deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=()), max_size=60),
    language=st.sampled_from(["en-US", "de", "zh", "ar", "ja", "hy", "tlh"]),
)
def test_any_text_can_be_spoken(text: str, language: str) -> None:
    assert 0.25 <= seconds(speak(text, language)) <= 300


@needs_espeak
def test_many_speak_at_once() -> None:
    async def all_of(texts: list[str]) -> list[bytes]:
        espeak = find_speaker()
        return await asyncio.gather(*(espeak.speak(text, "wav", "en") for text in texts))

    texts = [f"number {number}" for number in range(8)]
    alone = [asyncio.run(find_speaker().speak(text, "wav", "en")) for text in texts]
    assert alone == asyncio.run(all_of(texts))


def test_two_processes_at_once_and_no_more(tmp_path: Path) -> None:
    espeak = program(
        tmp_path, f'cat >/dev/null; touch "{tmp_path}/$$.run"; sleep 0.1; rm "{tmp_path}/$$.run"'
    )

    def running() -> int:
        return len(list(tmp_path.glob("*.run")))

    async def most() -> int:
        speaking = asyncio.gather(*(espeak.speak("x", "wav", "en") for _ in range(6)))
        seen = 0
        while not speaking.done():
            seen = max(seen, running())
            await asyncio.sleep(0.005)
        return seen

    assert asyncio.run(most()) == 2


@pytest.mark.parametrize(
    "work",
    ["cat >/dev/null; exec sleep 60", "exec sleep 60", "cat >/dev/null; while :; do echo x; done"],
    ids=["silent", "deaf", "endless"],
)
@pytest.mark.parametrize("text", ["x", "x" * 50_000 + "\U0001f389" * 9_000])
def test_a_cancelled_request_leaves_no_process(tmp_path: Path, work: str, text: str) -> None:
    pid = tmp_path / "pid"
    espeak = program(tmp_path, f"echo $$ >{pid}.part; mv {pid}.part {pid}; {work}")

    async def cancel() -> None:
        speaking = asyncio.create_task(espeak.speak(text, "wav", "en"))
        await asyncio.to_thread(wait_for, pid)
        speaking.cancel()
        await asyncio.wait({speaking}, timeout=20)
        assert speaking.cancelled()
        assert not runs(int(pid.read_text()))
        async with asyncio.timeout(20):  # the slots are free
            await asyncio.gather(*(espeak.speak("", "wav", "en") for _ in range(3)))

    asyncio.run(cancel())


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("cat >/dev/null; exec sleep 60", "no end after 0.5 s"),
        ("exec sleep 60", "no end after 0.5 s"),
        ("cat >/dev/null; exit 3", "exit status 3"),
        ("cat >/dev/null; kill -SEGV $$", "exit status -11"),
        (f"cat >/dev/null; printf '%{100}s' x", "samples at another rate"),
    ],
)
def test_a_program_that_fails_gives_a_tone_and_a_warning(
    tmp_path: Path, script: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        before = time.monotonic()
        failing = program(tmp_path, script, timeout=0.5)
        assert speak("a secret", by=Tone()) == speak("a secret", by=failing)
    assert time.monotonic() - before < 20
    assert reason in caplog.text
    assert "secret" not in caplog.text


def test_a_program_that_vanished_gives_a_tone(tmp_path: Path) -> None:
    gone = Espeak(str(tmp_path / "none"), {})
    assert speak("hello", by=Tone()) == speak("hello", by=gone)


@needs_espeak
def test_espeak_is_found() -> None:
    assert isinstance(find_speaker(), Espeak)


@pytest.mark.parametrize("script", [None, "exit 1", "not-a-program"])
def test_without_a_working_program_a_tone_speaks(
    tmp_path: Path, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if script is not None:
        program(tmp_path, script)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert isinstance(find_speaker(), Tone)
