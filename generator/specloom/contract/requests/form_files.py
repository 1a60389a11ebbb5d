"""The files that a form takes, found in its schema, and a small one of each kind.

Knows nothing of how a form is sent.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

from specloom.media_types import essence

from .encodings import File

if TYPE_CHECKING:
    from specloom.contract.answers.schemas import Schemas

_TEXT: Final = b"A small file.\n"
_KNOWN: Final = ("image/png", "text/plain", "application/octet-stream")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


PNG: Final = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\0\xff")),
        _chunk(b"IEND", b""),
    )
)
"""An image of one white dot."""


def is_file(schemas: Schemas, pointer: str) -> bool:
    """Whether a schema is of bytes (OAS 3.2 §4.14.5): an unencoded string of another kind."""
    schema = schemas.follow(pointer)[1]
    if schema in ({}, True):
        return True
    if not isinstance(schema, dict) or "contentEncoding" in schema:
        return False
    return schema.get("format") == "binary" or "contentMediaType" in schema


def file_of(media_type: str) -> File:
    """A small file of a media type, or of the first of a list that is known here."""
    kinds = [essence(kind) for kind in media_type.split(",")]
    kind = next((known for known in _KNOWN if known in kinds), kinds[0])
    if kind in {"", "*/*", "image/*"}:
        kind = "image/png"
    name = {"image/png": "dot.png", "text/plain": "small.txt"}.get(kind, "small.bin")
    return File(name, kind, PNG if kind != "text/plain" else _TEXT)


def with_files(
    schemas: Schemas, media: dict[str, Any], properties: dict[str, str]
) -> dict[str, Any]:
    """The files of a form, by field, from the pointers to its properties' schemas."""
    encoding = media.get("encoding", {})
    found: dict[str, Any] = {}
    for name, pointer in properties.items():
        kinds = encoding.get(name, {}).get("contentType", "")
        schema = schemas.follow(pointer)[1]
        if is_file(schemas, pointer):
            kinds = kinds or (isinstance(schema, dict) and schema.get("contentMediaType")) or ""
            found[name] = file_of(kinds)
        elif _is_list_of_files(schemas, pointer):
            found[name] = [file_of(kinds)]
    return found


def _is_list_of_files(schemas: Schemas, pointer: str) -> bool:
    pointer, schema = schemas.follow(pointer)
    has_items = isinstance(schema, dict) and isinstance(schema.get("items"), dict)
    return has_items and is_file(schemas, f"{pointer}/items")
