"""Turns a text into a soft, pulsing tone about as long as saying it; knows no language."""

import asyncio
import math
import sys
from array import array

from completion_server.settings import SpeechFormat
from completion_server.speech.encoding import (
    LONGEST_SECONDS,
    SAMPLE_RATE,
    SHORTEST_SECONDS,
    encode,
    silence,
)
from completion_server.speech.sayable import sayable

SECONDS_PER_CHARACTER = 0.06
PULSE_SECONDS = 0.25
HERTZ = 330.0
AMPLITUDE = 8000


class Tone:
    """The speaker of a machine without a speech program."""

    async def speak(
        self,
        text: str,
        speech_format: SpeechFormat,
        language: str,  # noqa: ARG002 - a tone sounds the same in every language
    ) -> bytes:
        """Give 0.06 s of tone a character, between 0.25 s and 300 s; silence for no text."""
        return await asyncio.to_thread(_speak, text, speech_format)


def _speak(text: str, speech_format: SpeechFormat) -> bytes:
    said = sayable(text)
    return encode(_tone(_seconds(said)) if said else silence(), speech_format)


def _seconds(said: str) -> float:
    return min(max(len(said) * SECONDS_PER_CHARACTER, SHORTEST_SECONDS), LONGEST_SECONDS)


def _tone(seconds: float) -> bytes:
    """One pulse, repeated: it begins and ends in silence, so nothing clicks."""
    pulses = round(seconds / PULSE_SECONDS)
    return _pulse(math.ceil(seconds * SAMPLE_RATE / pulses)) * pulses


def _pulse(length: int) -> bytes:
    samples = array("h", (_sample(position, length) for position in range(length)))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def _sample(position: int, length: int) -> int:
    loudness = math.sin(math.pi * position / length) ** 2
    turn = 2 * math.pi * HERTZ * position / SAMPLE_RATE
    return round(AMPLITUDE * loudness * (math.sin(turn) + math.sin(2 * turn) / 3))
