"""Turns the parts of a form, spelled as for `curl --form`, into a multipart body as curl would.

Knows the one-letter ways of curl's manual that recordings use: `name=text`, `name=@file`,
`;type=` and `;filename=`, quoted or not.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

# lib/mime.c, Curl_mime_contenttype.
TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
}
OTHER_TYPE = "application/octet-stream"
WORD = r'"(?:\\.|[^"\\])*"|[^;]*'
PART = re.compile(rf"(?P<name>[^=]*)=(?P<at>@?)(?P<value>{WORD})(?P<options>.*)", re.DOTALL)
OPTION = re.compile(rf";\s*(?P<key>type|filename)=(?P<value>{WORD})", re.DOTALL)

ReadFile = Callable[[str], bytes]


@dataclass(frozen=True)
class Part:
    """One part of a form; a text has neither file name nor, as a rule, a type."""

    name: str
    content: bytes
    filename: str | None = None
    media_type: str | None = None


def parse_part(spelled: str, read_file: ReadFile) -> Part:
    """Read a part as curl does; ValueError if it has no `=`, and what `read_file` raises."""
    match = PART.fullmatch(spelled)
    if match is None:
        raise ValueError(f"no part of a form: {spelled!r}")
    value = _unquoted(match["value"])
    options = {
        found["key"]: _unquoted(found["value"]) for found in OPTION.finditer(match["options"])
    }
    if not match["at"]:
        return Part(match["name"], value.encode(), options.get("filename"), options.get("type"))
    filename = options.get("filename", PurePosixPath(value).name)
    media_type = options.get("type") or _guessed(filename) or _guessed(value) or OTHER_TYPE
    return Part(match["name"], read_file(value), filename, media_type)


def multipart(parts: Iterable[Part]) -> tuple[str, bytes]:
    """Give the Content-Type and the body (RFC 7578 §4)."""
    boundary = "-" * 24 + uuid.uuid4().hex[:16]
    lines = b"".join(b"--%b\r\n%b\r\n" % (boundary.encode(), _written(part)) for part in parts)
    return f"multipart/form-data; boundary={boundary}", lines + f"--{boundary}--\r\n".encode()


def _written(part: Part) -> bytes:
    head = f'Content-Disposition: form-data; name="{_escaped(part.name)}"'
    if part.filename is not None:
        head += f'; filename="{_escaped(part.filename)}"'
    if part.media_type is not None:
        head += f"\r\nContent-Type: {part.media_type}"
    return head.encode() + b"\r\n\r\n" + part.content


def _escaped(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _unquoted(word: str) -> str:
    if not word.startswith('"'):
        return word
    return re.sub(r'\\([\\"])', r"\1", word[1:-1])


def _guessed(filename: str) -> str | None:
    return TYPES.get(PurePosixPath(filename).suffix.lower())
