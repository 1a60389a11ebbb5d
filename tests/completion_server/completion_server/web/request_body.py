"""Turns a request's bytes into a JSON object or a form, bounded; knows nothing of the fields."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, NoReturn

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from completion_server.dialects import JsonObject
from completion_server.web.errors import ApiError, invalid_param, not_understood

PATIENCE_SECONDS = 30.0
SLOWEST_BYTES_A_SECOND = 10 * 1024
LARGEST_JSON = 1024 * 1024
# What a form may hold beside its file.
LARGEST_FRAME = 1024 * 1024


async def read_json_object(request: Request) -> JsonObject:
    """Read a JSON object; 415 for another media type, 400 for another value, 413 past 1 MiB."""
    if not _is_json(_media_type(request)):
        raise ApiError(
            415,
            "unsupported_media_type",
            "Did not attempt to load JSON data because the request Content-Type was not"
            " 'application/json'.",
        )
    body = _parsed(b"".join([chunk async for chunk in _bounded(request, LARGEST_JSON)]))
    if not isinstance(body, dict):
        raise invalid_param("The request body must be a JSON object.")
    return body


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_json(media_type: str) -> bool:
    structured = media_type.startswith("application/") and media_type.endswith("+json")
    return media_type == "application/json" or structured


def _parsed(raw: bytes) -> Any:
    try:
        body = json.loads(raw.decode(), parse_constant=_refuse_constant)
        # A lone surrogate is no character: nothing could write it back as UTF-8.
        json.dumps(body, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise not_understood() from None
    return body


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


async def read_multipart(request: Request, largest_file: int) -> FormData:
    """Read `multipart/form-data`; empty for another media type, 400 if broken, 413 if too long.

    `largest_file` is in bytes.
    """
    if _media_type(request) != "multipart/form-data":
        return FormData()
    stream = _bounded(request, largest_file + LARGEST_FRAME)
    try:
        return await MultiPartParser(request.headers, stream).parse()
    except (MultiPartException, UnicodeError):
        raise not_understood() from None


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for chunk in _in_time(request):
        size += len(chunk)
        if size > limit:
            raise ApiError(
                413,
                "request_entity_too_large",
                "The data value transmitted exceeds the capacity limit.",
            )
        yield chunk


async def _in_time(request: Request) -> AsyncGenerator[bytes, None]:
    """Give the chunks of a body, which must go on coming and not too slowly."""
    chunks = request.stream()
    now = asyncio.get_running_loop().time
    allowed = now() + PATIENCE_SECONDS
    while True:
        try:
            async with asyncio.timeout_at(min(allowed, now() + PATIENCE_SECONDS)):
                chunk = await anext(chunks, None)
        except TimeoutError:
            message = "The rest of the request did not come in time."
            raise ApiError(408, "request_timeout", message, {"Connection": "close"}) from None
        if chunk is None:
            return
        allowed += len(chunk) / SLOWEST_BYTES_A_SECOND
        yield chunk
