"""The embedded model says of an image what its header says."""

import asyncio
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from completion_server.models import Image, Prompt, model_of
from completion_server.models.image_header import described
from completion_server.settings.models import Embedded

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480)
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640)
RIFF = b"RIFF\0\0\0\0WEBP"
VP8X = RIFF + b"VP8X\0\0\0\0" + bytes(4) + b"\x7f\x02\0" + b"\xdf\x01\0"
VP8L = RIFF + b"VP8L\0\0\0\0\x2f" + struct.pack("<I", 639 | 479 << 14) + bytes(5)
VP8 = RIFF + b"VP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "PNG"), (GIF, "GIF"), (JPEG, "JPEG"), (VP8X, "WebP"), (VP8L, "WebP"), (VP8, "WebP")],
    ids=["PNG", "GIF", "JPEG", "VP8X", "VP8L", "VP8"],
)
def test_kind_and_size_are_read_from_the_header(content: bytes, kind: str) -> None:
    expected = f"{kind}, 640 by 480 pixels, {len(content)} bytes"
    assert expected == described(Image(content, "image/png"))


def test_without_a_header_the_media_type_tells() -> None:
    assert described(Image(b"<svg/>", "image/svg+xml")) == "svg+xml, 6 bytes"


@given(st.sampled_from([PNG, GIF, JPEG, VP8X, VP8L, VP8]), st.integers(0, 40), st.binary())
def test_a_broken_header_is_described_too(start: bytes, kept: int, rest: bytes) -> None:
    assert described(Image(start[:kept] + rest, "image/png")).endswith(" bytes")


def answer(text: str) -> str:
    async def collect() -> str:
        prompt = Prompt(text, "a user", (Image(GIF, "image/gif"),))
        parts = model_of(Embedded(word_delay=0)).answer(prompt)
        return "".join([str(part) async for part in parts])

    return asyncio.run(collect())


def test_an_answer_says_what_it_sees() -> None:
    assert answer("look") == "I see an image (GIF, 640 by 480 pixels, 10 bytes)."


def test_a_task_beside_an_image_is_done_too() -> None:
    text = answer("Translate to French: hello")
    assert text == "I see an image (GIF, 640 by 480 pixels, 10 bytes). bonjour"
