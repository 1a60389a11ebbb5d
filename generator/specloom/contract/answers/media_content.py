"""A binary body into whether it is what its media type says: how it begins, and that it is whole.

Nothing is decoded. Knows nothing of documents.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from specloom.media_types import essence

from .mpeg_audio import mpeg_fault

if TYPE_CHECKING:
    from collections.abc import Callable

BINARY: Final = re.compile(
    r"(audio|font|image|video)/(?!.*(\+xml|mpegurl)$).*|application/(pdf|zip|gzip)"
)
_NO_TEXT: Final = re.compile("[^\t\n\r\x20-\x7e\x80-\U0010ffff]")
_UNKNOWN_SIZE: Final = 0xFFFF_FFFF
_BEGINS_OTHERWISE: Final = "it begins otherwise"
_STOPS_SHORT: Final = "it stops short"

# How each begins, and what must stand in it once it is whole.
_SIGNATURES: Final = {
    "application/gzip": (rb"\x1f\x8b", rb""),
    "application/pdf": (rb".{0,1019}%PDF-", rb"%%EOF"),
    "application/zip": (rb"PK(\x03\x04|\x05\x06)", rb"PK\x05\x06"),
    "audio/flac": (rb"fLaC", rb""),
    "audio/mp4": (rb".{4}ftyp", rb""),
    "audio/ogg": (rb"OggS", rb""),
    "audio/webm": (rb"\x1a\x45\xdf\xa3", rb""),
    "image/gif": (rb"GIF8[79]a", rb";\0*\Z"),
    "image/jpeg": (rb"\xff\xd8\xff", rb"\xff\xd9"),
    "image/png": (rb"\x89PNG\r\n\x1a\n", rb"IEND\xae\x42\x60\x82"),
    "video/mp4": (rb".{4}ftyp", rb""),
    "video/webm": (rb"\x1a\x45\xdf\xa3", rb""),
}


def content_fault(media_type: str, body: bytes) -> str | None:
    """What speaks against a body being of its media type; None if nothing does, or it is text."""
    kind = essence(media_type)
    if not BINARY.fullmatch(kind):
        return None
    fault = _CHECKS.get(kind, textual_kind)(body)
    return f"not {kind}: {textual_kind(body) or fault}" if fault else None


def textual_kind(body: bytes) -> str | None:
    """What the body is, if it is nothing or text and so no binary."""
    if not body:
        return "it is empty"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _NO_TEXT.search(text):
        return None
    if text.lstrip().startswith("<"):
        return "it is markup"
    return "it is JSON" if _is_json(text) else "it is text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _signature_fault(beginning: bytes, end: bytes, body: bytes) -> str | None:
    if not re.match(beginning, body, re.DOTALL):
        return _BEGINS_OTHERWISE
    return None if re.search(end, body) else _STOPS_SHORT


def _riff_fault(form: bytes, body: bytes) -> str | None:
    """What is wrong with a RIFF file; a size that was not known when it began is let be."""
    if body[:4] != b"RIFF" or body[8:12] != form:
        return _BEGINS_OTHERWISE
    size = int.from_bytes(body[4:8], "little")
    return _STOPS_SHORT if size != _UNKNOWN_SIZE and size + 8 > len(body) else None


def _wave_fault(body: bytes) -> str | None:
    fault = _riff_fault(b"WAVE", body)
    has_samples = b"fmt " in body and b"data" in body
    return fault or (None if has_samples else "it has no samples")


_CHECKS: Final[dict[str, Callable[[bytes], str | None]]] = {
    **{kind: partial(_signature_fault, *parts) for kind, parts in _SIGNATURES.items()},
    **dict.fromkeys(("audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mp3"), mpeg_fault),
    **dict.fromkeys(("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"), _wave_fault),
    "image/webp": partial(_riff_fault, b"WEBP"),
}
