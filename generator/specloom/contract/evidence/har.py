"""A HAR 1.2 log into exchanges, as browsers and proxies save them.

An entry without an answer, or without the bytes of its body, is no exchange. Knows nothing of
files, documents or keys.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from specloom.contract.exchanges.exchange import Request, Response
from specloom.document.pointer import join
from specloom.media_types import essence

from .har_schema import HAR

if TYPE_CHECKING:
    from collections.abc import Iterator

_MULTIPART: Final = "multipart/form-data"
_BODILESS: Final = {204, 304}
_LOST: Final = "\ufffd"


class BadHarError(ValueError):
    """What is read is no HAR; `pointer` says where."""

    def __init__(self, message: str, pointer: str) -> None:
        """Say what is wrong."""
        super().__init__(message)
        self.pointer = pointer


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the log; `missing` says what of it was not recorded."""

    pointer: str
    request: Request
    response: Response
    seconds: float
    missing: str | None


def read_har(har: Any) -> Iterator[Entry]:
    """The entries of a HAR, in its order. Raises BadHarError."""
    for error in HAR.iter_errors(har):
        raise BadHarError(error.message, join("", *error.instance_path))
    for index, entry in enumerate(har["log"]["entries"]):
        pointer = join("/log/entries", index)
        try:
            yield _entry(pointer, entry)
        except ValueError as error:
            raise BadHarError("its URL is none, or a body no Base64", pointer) from error


def _entry(pointer: str, entry: dict[str, Any]) -> Entry:
    seconds = max(entry.get("time") or 0.0, 0.0) / 1000
    answered = _response(entry["response"])
    missing = _missing(entry["request"]["method"], entry["response"])
    return Entry(pointer, _request(entry["request"]), answered, seconds, missing)


def _request(sent: dict[str, Any]) -> Request:
    headers = _headers(sent)
    post = sent.get("postData") or {}
    if post.get("mimeType"):
        headers.setdefault("content-type", post["mimeType"])
    body = _posted(post, headers.get("content-type", ""))
    return Request(sent["method"], _target(sent["url"]), headers=headers, body=body)


def _target(url: str) -> str:
    """The URL without what is never sent, and without a password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()


def _posted(post: dict[str, Any], content_type: str) -> bytes:
    """The body as text, or made from its parameters."""
    params = post.get("params")
    if post.get("text") or not params:
        return (post.get("text") or "").encode()
    if essence(content_type) == _MULTIPART:
        return _multipart(params, content_type)
    return urlencode([(param["name"], param.get("value") or "") for param in params]).encode()


def _multipart(params: list[dict[str, Any]], content_type: str) -> bytes:
    """The parts between the boundary that the Content-Type names (RFC 7578 §4.1)."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary("boundary")
    parts = "".join(f"--{boundary}\r\n{_part(param)}\r\n" for param in params)
    return f"{parts}--{boundary}--\r\n".encode()


def _part(param: dict[str, Any]) -> str:
    file = f'; filename="{param["fileName"]}"' if param.get("fileName") else ""
    kind = f"\r\nContent-Type: {param['contentType']}" if param.get("contentType") else ""
    head = f'Content-Disposition: form-data; name="{param["name"]}"{file}{kind}'
    return f"{head}\r\n\r\n{param.get('value') or ''}"


def _response(answered: dict[str, Any]) -> Response:
    headers = _headers(answered)
    content = answered.get("content") or {}
    # Some programs leave all headers out.
    if not headers and content.get("mimeType"):
        headers["content-type"] = content["mimeType"]
    text = content.get("text") or ""
    is_base64 = content.get("encoding") == "base64"
    body = base64.b64decode(text, validate=True) if is_base64 else text.encode()
    return Response(answered["status"], headers=headers, body=body)


def _headers(message: dict[str, Any]) -> dict[str, str]:
    """The headers, those that came more than once as one (RFC 9110 §5.3); no HTTP/2 fields."""
    headers: dict[str, str] = {}
    for header in message.get("headers", []):
        name = header["name"].lower()
        if not name.startswith(":"):
            before = f"{headers[name]}, " if name in headers else ""
            headers[name] = before + header["value"]
    return headers


def _missing(method: str, answered: dict[str, Any]) -> str | None:
    """What was not recorded of an answer."""
    content = answered.get("content") or {}
    if answered["status"] == 0:
        return "no answer was recorded"
    text, size = content.get("text"), content.get("size")
    if text is None:
        bodiless = method == "HEAD" or answered["status"] in _BODILESS or size == 0
        return None if bodiless else "the body of the answer was not recorded"
    # A program that saves bytes as text loses those that are none.
    lossy = not content.get("encoding") and _LOST in text and size != len(text.encode())
    return "the bytes of the answer were recorded as text" if lossy else None
