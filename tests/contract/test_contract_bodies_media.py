"""A binary body is told from what only has its media type, and a whole one from a part."""

from __future__ import annotations

import base64
import io
import zipfile

import lameenc  # type: ignore[import-not-found]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import HeaderNotFoundError, MPEGFrame

from specloom.contract.answers.media_content import content_fault
from specloom.contract.answers.mpeg_audio import frame_length


def mp3(kilobits: int = 32, rate: int = 22_050) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(rate)
    encoder.set_bit_rate(kilobits)
    encoder.silence()
    return bytes(encoder.encode(bytes(rate)) + encoder.flush())


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        # The same bytes each time: they name a test.
        written.writestr(zipfile.ZipInfo("a"), "a" * 100)
    return file.getvalue()


def riff(form: bytes, content: bytes, size: int | None = None) -> bytes:
    size = len(content) + 4 if size is None else size
    return b"RIFF" + size.to_bytes(4, "little") + form + content


SPEECH = mp3()
TAG = b"ID3\4\0\0" + bytes([0, 0, 1, 2]) + bytes(130)
SAMPLES = b"fmt \x10\0\0\0" + bytes(16) + b"data\4\0\0\0" + bytes(4)
STAND_IN = TAG[:6] + bytes(4) + b"\xff\xfb\x90" + bytes(61)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

RIGHT = [
    ("audio/mpeg", SPEECH),
    ("audio/mpeg", mp3(128, 44_100)),
    ("audio/mpeg", TAG + SPEECH + b"TAG" + bytes(125)),
    ("audio/mpeg", SPEECH + TAG + SPEECH),
    ("audio/mpeg", SPEECH + bytes(100)),
    ("audio/mpeg", STAND_IN),
    ("audio/wav", riff(b"WAVE", SAMPLES)),
    ("audio/x-wav; rate=8000", riff(b"WAVE", SAMPLES, 0xFFFF_FFFF)),
    ("audio/ogg", b"OggS\0\2"),
    ("audio/l16", bytes(10)),
    ("image/png", PNG),
    ("image/gif", b"GIF89a\1\0\1\0\0\0\0;"),
    ("image/jpeg", b"\xff\xd8\xff\xe0\0\xff\xd9"),
    ("image/webp", riff(b"WEBP", b"VP8 \0\0\0\0")),
    ("image/svg+xml", b"<svg/>"),
    ("application/pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n"),
    ("application/zip", archive()),
    ("application/octet-stream", b""),
    ("audio/mpegurl", b"#EXTM3U\n"),
    ("text/plain", b""),
]
WRONG = [
    ("audio/mpeg", b"", "it is empty"),
    ("audio/mpeg", b'{"audio": 1}', "it is JSON"),
    ("audio/mpeg", b"null", "it is JSON"),
    ("audio/mpeg", b"Hello World!", "it is text"),
    ("audio/mpeg", b"[" * 100_000, "it is text"),
    ("audio/mpeg", b"<!doctype html>", "it is markup"),
    ("audio/mpeg", SPEECH[:3], "no frame begins at byte 0"),
    ("audio/mpeg", SPEECH[:-40], "the last frame is cut off"),
    ("audio/mpeg", SPEECH[1:], "no frame begins at byte 0"),
    ("audio/mpeg", bytes(64) + SPEECH[64:], "no frame begins at byte 0"),
    ("audio/mpeg", TAG, "there is no frame"),
    ("audio/mpeg", TAG[:50], "there is no frame"),
    ("audio/mpeg", bytes(64), "there is no frame"),
    ("audio/mpeg", riff(b"WAVE", SAMPLES), "no frame begins at byte 0"),
    ("audio/wav", SPEECH, "it begins otherwise"),
    ("audio/wav", riff(b"WAVE", SAMPLES)[:-3], "it stops short"),
    ("audio/wav", riff(b"WAVE", b""), "it has no samples"),
    ("audio/wav", riff(b"WEBP", SAMPLES), "it begins otherwise"),
    ("audio/l16", b"silence", "it is text"),
    ("image/png", PNG[:-4], "it stops short"),
    ("image/png", b"\xff\xd8\xff\xe0\0\xff\xd9", "it begins otherwise"),
    ("image/gif", b"GIF89a\1\0\1\0\0\0\0", "it stops short"),
    ("image/webp", riff(b"WEBP", b"VP8 \0\0\0\0")[:-1], "it stops short"),
    ("application/pdf", b"%PDF-1.7\n%\xff\n", "it stops short"),
    ("application/zip", archive()[:50], "it stops short"),
]  # fmt: skip


@pytest.mark.parametrize(("media_type", "body"), RIGHT)
def test_a_body_may_be_what_its_media_type_says(media_type: str, body: bytes) -> None:
    assert content_fault(media_type, body) is None


@pytest.mark.parametrize(("media_type", "body", "fault"), WRONG)
def test_a_body_that_is_something_else_is_told(media_type: str, body: bytes, fault: str) -> None:
    assert content_fault(media_type, body) == f"not {media_type}: {fault}"


@given(st.binary(max_size=200), st.sampled_from(sorted({kind for kind, _ in RIGHT})))
def test_any_bytes_can_be_looked_at(body: bytes, media_type: str) -> None:
    content_fault(media_type, body)


@given(st.integers(0, 0x1F_FFFF))
def test_frames_are_as_long_as_others_find_them(low: int) -> None:
    header = (0x7FF << 21 | low).to_bytes(4, "big")
    body = io.BytesIO(header + bytes(20_000))
    try:
        layer = MPEGFrame(body).layer
    except HeaderNotFoundError:
        assert frame_length(header) == 0
        return
    if layer != 1:  # whose slots mutagen counts twice over
        assert frame_length(header) == body.tell()
