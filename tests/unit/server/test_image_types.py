"""An image is known by its bytes, not by what anyone says of it."""

import pytest

from completion_server.images import image_type
from tests.unit.server.image_site import PNG


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"GIF87a....", "image/gif"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\x89PNG", None),
        (b"", None),
    ],
)
def test_an_image_is_told_by_its_first_bytes(content: bytes, media_type: str | None) -> None:
    assert media_type == image_type(content)
