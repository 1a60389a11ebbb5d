"""Values into what is sent of them: parameters as text, bodies by their media type.

Knows nothing of which values are due.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from specloom.media_types import essence, is_json

from .request_faults import MULTIPART, URLENCODED

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDARY: Final = "specloom-7d444840-boundary"


@dataclass(frozen=True, slots=True)
class File:
    """A file within a form; the name is sent as UTF-8 (RFC 7578 §5.1.3)."""

    name: str
    media_type: str
    content: bytes


def as_text(value: Any) -> str:
    """A value as a parameter has it: a list joined by commas, an object as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join(map(as_text, value))
    return json.dumps(value)


def encoded(media_type: str, value: Any) -> tuple[str, bytes]:
    """A body and its Content-Type. Raises ValueError for a media type that is not known here."""
    kind = essence(media_type)
    if is_json(kind):
        return media_type, as_json(value)
    if kind == URLENCODED and isinstance(value, dict):
        fields = {name: _field(one) for name, one in value.items()}
        return media_type, urlencode(fields, doseq=True, errors="surrogatepass").encode()
    if kind == MULTIPART and isinstance(value, dict):
        return f"{MULTIPART}; boundary={BOUNDARY}", multipart(value)
    if isinstance(value, bytes | str) and not kind.endswith("xml"):
        return media_type, value.encode() if isinstance(value, str) else value
    raise ValueError(f"no body can be made for {kind}")


def as_json(value: Any) -> bytes:
    """JSON in UTF-8; a surrogate that stands alone is no character, and stays an escape."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def multipart(fields: Mapping[str, Any]) -> bytes:
    """The parts of a form with files (RFC 7578)."""
    parts = [
        _part(name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


def _part(name: str, value: Any) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
    if isinstance(value, File):
        head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {value.media_type}'
        content = value.content
    else:
        content = _field(value).encode("utf-8", "surrogatepass")
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


def _field(value: Any) -> Any:
    return value if isinstance(value, str) else json.dumps(value)


def _quoted(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
