"""The body of a request into a value: JSON, forms, XML, text, or bytes as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from .texts import WrongTextError, strict_json, value_of
from .xml_values import xml_value

if TYPE_CHECKING:
    from starlette.types import Message

    from .document import Document
    from .routes import Operation

LARGEST = 1 << 20


class WrongBodyError(Exception):
    """A body is too large, of a wrong media type, or wrong; `wanted` are statuses that say so."""

    def __init__(self, *wanted: int) -> None:
        super().__init__()
        self.wanted = wanted


async def read_body(document: Document, operation: Operation, request: Request) -> Any:
    """The body as a value, None if there is none. Raises WrongBodyError."""
    content = await _bounded(request)
    described = document.follow(operation.value.get("requestBody"))
    if described is None:
        return None
    if not content and "content-type" not in request.headers:
        if described.get("required"):
            raise WrongBodyError(400, 422)
        return None
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in described["content"]:
        raise WrongBodyError(415, 400, 422)
    schema = described["content"][media_type].get("schema", True)
    try:
        value = await _value(document, schema, media_type, content, request)
    except ValueError:
        raise WrongBodyError(400, 422) from None
    if not isinstance(value, bytes) and not document.is_valid(schema, value):
        raise WrongBodyError(422, 400)
    return value


async def _bounded(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LARGEST:
            raise WrongBodyError(413, 400, 422)
    return bytes(content)


async def _value(
    document: Document, schema: Any, media_type: str, content: bytes, request: Request
) -> Any:
    if media_type == "application/json" or media_type.endswith("+json"):
        return strict_json(content.decode())
    if media_type == "application/x-www-form-urlencoded":
        fields = parse_qs(content.decode(), keep_blank_values=True, errors="strict")
        return _form(document, schema, fields)
    if media_type == "multipart/form-data":
        return _form(document, schema, await _parts(content, request))
    if media_type in {"application/xml", "text/xml"}:
        return xml_value(document, schema, content)
    return content.decode() if media_type.startswith("text/") else content


def _form(document: Document, schema: Any, fields: dict[str, list[str]]) -> dict[str, Any]:
    properties = document.flat(schema).get("properties", {})
    values: dict[str, Any] = {}
    for name, texts in fields.items():
        try:
            values[name] = value_of(document, properties.get(name, True), texts)
        except WrongTextError:
            values[name] = texts[0] if len(texts) == 1 else texts
    return values


async def _parts(content: bytes, request: Request) -> dict[str, list[str]]:
    """The parts by name; of a file only its size counts, so any text may stand for it."""

    async def receive() -> Message:
        return {"type": "http.request", "body": content}

    fields: dict[str, list[str]] = {}
    try:
        form = await Request(request.scope, receive).form(max_part_size=LARGEST)
    except (MultiPartException, FormParserError) as error:
        raise ValueError(str(error)) from None
    for name, value in form.multi_items():
        text = "x" * (value.size or 0) if isinstance(value, UploadFile) else value
        fields.setdefault(name, []).append(text)
    await form.close()
    return fields
