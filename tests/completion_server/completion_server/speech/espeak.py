"""Turns a text into speech by espeak-ng, a process for each; knows nothing of other programs."""

import asyncio
import contextlib
import logging
from asyncio.subprocess import DEVNULL, PIPE, Process

from completion_server.settings import SpeechFormat
from completion_server.speech.encoding import (
    LONGEST_SECONDS,
    SAMPLE_RATE,
    SHORTEST_SECONDS,
    encode,
    silence,
    size,
)
from completion_server.speech.sayable import sayable
from completion_server.speech.tone import Tone
from completion_server.speech.voices import Voices, find_voice

AT_ONCE = 2
TIMEOUT_SECONDS = 30.0

# What espeak-ng writes before its samples, and where that tells how many there are a second.
WAV_HEADER_SIZE = 44
RATE_IN_HEADER = slice(24, 28)

logger = logging.getLogger(__name__)


class EspeakError(Exception):
    """espeak-ng failed, or took too long."""


class Espeak:
    """The speaker that says a text by espeak-ng, two texts at once; more wait."""

    def __init__(self, program: str, voices: Voices, timeout: float = TIMEOUT_SECONDS) -> None:
        self._program = program
        self._voices = voices
        self._timeout = timeout
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def speak(self, text: str, speech_format: SpeechFormat, language: str) -> bytes:
        """Give the spoken text, cut at 300 s; a text without anything to say is 0.25 s of silence.

        A failure of espeak-ng is logged, and the text becomes a tone.
        """
        async with self._slots:
            try:
                samples = await self._say(sayable(text), find_voice(language, self._voices))
            except EspeakError as error:
                logger.warning("espeak-ng failed: %s", error)
                return await Tone().speak(text, speech_format, language)
            return await asyncio.to_thread(encode, samples, speech_format)

    async def _say(self, said: str, voice: str) -> bytes:
        if not said:
            return silence()
        process = await self._start(voice)
        try:
            async with asyncio.timeout(self._timeout):
                samples = await _exchange(process, said.encode())
        except TimeoutError:
            raise EspeakError(f"no end after {self._timeout} s") from None
        finally:
            await _end(process)
        return samples.ljust(size(SHORTEST_SECONDS), b"\0")

    async def _start(self, voice: str) -> Process:
        arguments = ["--stdin", "--stdout", "-b", "1", "-v", voice]
        try:
            return await asyncio.create_subprocess_exec(
                self._program, *arguments, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        except OSError as error:
            raise EspeakError(str(error)) from error


async def _exchange(process: Process, said: bytes) -> bytes:
    """Write the text and read samples; espeak-ng speaks only when it has read to the end."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(said)
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        raise EspeakError("it did not read the text") from None
    process.stdin.close()
    header = await _read(process.stdout, WAV_HEADER_SIZE)
    samples = await _read(process.stdout, size(LONGEST_SECONDS))
    await _check(process, header, samples)
    return samples


async def _read(stream: asyncio.StreamReader, most: int) -> bytes:
    try:
        return await stream.readexactly(most)
    except asyncio.IncompleteReadError as error:
        return error.partial


async def _check(process: Process, header: bytes, samples: bytes) -> None:
    """Raise unless this is speech, or the nothing that a well-meant silence gives."""
    if len(samples) < size(LONGEST_SECONDS) and await process.wait() != 0:
        raise EspeakError(f"exit status {process.returncode}")
    if header and int.from_bytes(header[RATE_IN_HEADER], "little") != SAMPLE_RATE:
        raise EspeakError(f"samples at another rate than {SAMPLE_RATE}")


async def _end(process: Process) -> None:
    """Kill the process if it still runs, and read what it wrote, without which it never ends."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.communicate()
