"""A multipart body into its parts (RFC 7578), as they were sent.

Knows nothing of what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True, slots=True)
class Part:
    """One part; without a filename it is a field."""

    name: str
    content: bytes
    filename: str | None
    content_type: str | None


def parts(content_type: str, body: bytes) -> list[Part]:
    """The parts. Raises ValueError if the body has none that can be read."""
    boundary = _parameter("content-type", content_type, "boundary")
    if not boundary:
        raise ValueError("no boundary")
    first, *rest = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    *sections, end = rest or [b""]
    if first or not end.startswith(b"--"):
        raise ValueError("no boundary where one is due")
    return [_part(section) for section in sections]


def _part(section: bytes) -> Part:
    head, separator, content = section.partition(b"\r\n\r\n")
    fields = {}
    for line in head.decode("utf-8").split("\r\n"):
        field, _, value = line.partition(":")
        fields[field.strip().lower()] = value.strip()
    disposition = fields.get("content-disposition", "")
    name = _parameter("content-disposition", disposition, "name")
    if name is None or not separator:
        raise ValueError("a part without a name")
    filename = _parameter("content-disposition", disposition, "filename")
    return Part(name, content, filename, fields.get("content-type"))


def _parameter(header: str, value: str, name: str) -> str | None:
    message = Message()
    message[header] = value
    found = message.get_param(name, header=header)
    return found if isinstance(found, str) else None
