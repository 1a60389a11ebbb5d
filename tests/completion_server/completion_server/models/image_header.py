"""Turns an image's first bytes into words: its kind and size, and how many bytes it has.

It decodes no picture: a size is what the header says it is.
"""

import re

from completion_server.models.image_kind import image_type
from completion_server.models.model import Image

# The segments of a JPEG that state its size (ITU T.81 table B.1).
START_OF_FRAME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
MOST_SEGMENTS = 200
NAMES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WebP"}


def described(image: Image) -> str:
    """Describe an image, as in `PNG, 1 by 1 pixels, 70 bytes`."""
    media_type = image_type(image.content)
    told = [NAMES[media_type] if media_type else _named(image.media_type)]
    if size := _size(media_type, image.content):
        told.append(f"{size[0]} by {size[1]} pixels")
    return ", ".join([*told, f"{len(image.content)} bytes"])


def _named(media_type: str) -> str:
    named = re.fullmatch(r"image/([\w.+-]{1,40})", media_type)
    return named[1] if named else "of an unknown kind"


def _size(media_type: str | None, content: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels; None if the header doesn't tell."""
    match media_type:
        case "image/png" if len(content) >= 24:
            return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
        case "image/gif" if len(content) >= 10:
            return _little(content[6:8]), _little(content[8:10])
        case "image/jpeg":
            return _jpeg_size(content)
        case "image/webp" if len(content) >= 30:
            return _webp_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    for _ in range(MOST_SEGMENTS):
        segment = content[position : position + 9]
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        if segment[1] in START_OF_FRAME:
            return int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7])
        position += 2 + int.from_bytes(segment[2:4])
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """Read the size from the first chunk (RFC 9649 §2.5, §2.6, §2.7)."""
    match content[12:16]:
        case b"VP8X":
            return _little(content[24:27]) + 1, _little(content[27:30]) + 1
        case b"VP8L":
            bits = _little(content[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF
    return None


def _little(content: bytes) -> int:
    return int.from_bytes(content, "little")
