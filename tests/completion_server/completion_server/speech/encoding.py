"""Turns samples into an MP3 or a WAV file; knows nothing of what they sound like.

Samples are mono, 16 bits, little-endian, 22 050 a second. The same samples give the same bytes.
"""

import io
import math
import wave

import lameenc  # type: ignore[import-not-found]

from completion_server.settings import SpeechFormat

SAMPLE_RATE = 22_050
SAMPLE_SIZE = 2
KILOBITS = 32
FASTEST = 7  # LAME's own word for this quality; 300 s take about half a second

SHORTEST_SECONDS = 0.25
LONGEST_SECONDS = 300


def size(seconds: float) -> int:
    """Give how many bytes hold so many seconds of samples."""
    return math.ceil(seconds * SAMPLE_RATE) * SAMPLE_SIZE


def silence(seconds: float = SHORTEST_SECONDS) -> bytes:
    """Give samples without a sound."""
    return bytes(size(seconds))


def encode(samples: bytes, speech_format: SpeechFormat) -> bytes:
    """Give the samples as a file of this format; an MP3 is up to 0.1 s longer (LAME's padding)."""
    return _mp3(samples) if speech_format == "mp3" else _wav(samples)


def _mp3(samples: bytes) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE)
    encoder.set_out_sample_rate(SAMPLE_RATE)
    encoder.set_bit_rate(KILOBITS)
    encoder.set_quality(FASTEST)
    encoder.silence()
    return bytes(encoder.encode(samples) + encoder.flush())


def _wav(samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(SAMPLE_SIZE)
        written.setframerate(SAMPLE_RATE)
        written.writeframes(samples)
    return file.getvalue()
