"""What is spoken comes as files that any player opens, the same ones every time."""

import io
import wave
from collections.abc import Iterator

import pytest

from completion_server.speech.encoding import SAMPLE_RATE, encode, silence, size
from tests.unit.server.mp3_file import mp3_seconds

# ISO/IEC 13818-3 §2.4.2.3: MPEG-2 Layer III.
BIT_RATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLE_RATES = (22_050, 24_000, 16_000)
SAMPLES_PER_FRAME = 576


def frame_seconds(mp3: bytes) -> Iterator[float]:
    """Walk from frame to frame by their headers, to the very last byte."""
    at = 0
    while at < len(mp3):
        assert mp3[at : at + 2] == b"\xff\xf3"
        assert mp3[at + 3] & 0xC0 == 0xC0, "not mono"
        kilobits, rate = BIT_RATES[mp3[at + 2] >> 4], SAMPLE_RATES[mp3[at + 2] >> 2 & 3]
        at += 72 * kilobits * 1000 // rate + (mp3[at + 2] >> 1 & 1)
        yield SAMPLES_PER_FRAME / rate
    assert at == len(mp3)


@pytest.mark.parametrize("seconds", [0.25, 1, 7.3, 300])
def test_an_mp3_is_as_long_as_its_samples(seconds: float) -> None:
    mp3 = encode(silence(seconds), "mp3")
    assert pytest.approx(seconds, abs=0.1) == sum(frame_seconds(mp3))
    assert pytest.approx(seconds, abs=0.1) == mp3_seconds(mp3)


def test_a_wav_holds_the_samples() -> None:
    samples = bytes(range(256)) * 100
    with wave.open(io.BytesIO(encode(samples, "wav"))) as read:
        assert read.getparams()[:3] == (1, 2, SAMPLE_RATE)
        assert samples == read.readframes(read.getnframes())


def test_an_mp3_holds_a_sound() -> None:
    loud = bytes(range(256)) * 400
    assert encode(loud, "mp3") != encode(bytes(len(loud)), "mp3")


def test_an_mp3_is_small() -> None:
    assert len(encode(silence(60), "mp3")) < 60 * 6000


def test_the_same_samples_give_the_same_bytes() -> None:
    samples = bytes(range(256)) * 100
    assert encode(samples, "mp3") == encode(samples, "mp3")
    assert encode(samples, "wav") == encode(samples, "wav")


def test_no_sample_is_cut_in_half() -> None:
    assert [size(seconds) % 2 for seconds in (0.1, 0.33333, 1)] == [0, 0, 0]
