"""The files that the recorded requests sent, by name (tests/recordings/README.md)."""

from __future__ import annotations

import struct
import zlib
from functools import cache

MEBIBYTE = 1024 * 1024


@cache
def sent_file(name: str) -> bytes:
    """Give a file's content; KeyError if nobody sent a file of that name."""
    match name:
        case "t.png":
            return _one_pixel()
        case "t.txt":
            return b"hello"
        case "empty.png":
            return b""
        case "big.png":
            return bytes(10 * MEBIBYTE + 1)
        case "big.zip":
            return bytes(15 * MEBIBYTE + 1)
    raise KeyError(name)


def _one_pixel() -> bytes:
    """Make a PNG of one coloured pixel, in 70 bytes as the recorded one (PNG §11.2)."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    pixels = zlib.compress(b"\0\x40\x80\xc0\xff")
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum
