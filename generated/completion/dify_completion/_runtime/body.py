"""A body's arguments, turned into the bytes or the parts that are sent.

JSON, a form, multipart or raw, as the media type says. Each argument is checked first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .check import check, to_json_value
from .errors import InvalidArgumentError
from .files import FileContent, FileTypes, Part, checked_content, file_part
from .operation import UNSET, Body
from .styles import to_text


@dataclass(frozen=True)
class EncodedBody:
    """What is sent as a body; a multipart one gets its content type, with its boundary, later."""

    content_type: str | None = None
    content: FileContent | None = None
    parts: tuple[Part, ...] = ()


def encode_body(body: Body | None, arguments: Mapping[str, Any], extra: object) -> EncodedBody:
    """Encode the body; `extra` are properties to add to it, or a JSON body where there is none."""
    value = UNSET if body is None else _gather(body, arguments)
    if body is None or value is UNSET:
        return EncodedBody() if extra is None else _json("application/json", extra)
    media_type = body.media_type.partition(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        return EncodedBody(parts=tuple(_parts(body, value, extra)))
    if media_type == "application/x-www-form-urlencoded":
        pairs = _each(_properties(body, value, extra))
        return EncodedBody(body.media_type, urlencode([(k, to_text(v)) for k, v in pairs]).encode())
    if media_type != "application/json" and not media_type.endswith("+json"):
        return EncodedBody(body.media_type, _raw(value))
    if extra is not None:
        return _json(body.media_type, _properties(body, value, extra))
    checked = check(body.adapter, value, "body", body.arguments)
    text = body.adapter.dump_json(checked, by_alias=True, exclude_unset=True, warnings=False)
    return EncodedBody(body.media_type, text)


def _gather(body: Body, arguments: Mapping[str, Any]) -> Any:
    """Gather the body from its arguments; UNSET if it is optional and nothing was given."""
    if body.arguments is None:
        return arguments.get("body", UNSET)
    found = {wire: arguments.get(argument, UNSET) for argument, wire in body.arguments.items()}
    given = {wire: value for wire, value in found.items() if value is not UNSET}
    return {**given, **body.constants} if given or body.required else UNSET


def _properties(body: Body, value: Any, extra: object) -> dict[str, Any]:
    """Check an object body and write its properties, with the extra ones."""
    properties = to_json_value(body.adapter, check(body.adapter, value, "body", body.arguments))
    if not isinstance(properties, dict) or not isinstance(extra, Mapping | None):
        raise InvalidArgumentError("extra_body", "only an object can be added, to an object")
    return {**properties, **(extra or {})}


def _parts(body: Body, value: Any, extra: object) -> list[Part]:
    """Check a multipart body and describe its parts; a file is not read to check the others."""
    files = {name: value[name] for name in body.files if value.get(name) is not None}
    stand_ins = {name: [b""] * len(f) if isinstance(f, list) else b"" for name, f in files.items()}
    fields = {**_properties(body, {**value, **stand_ins}, extra), **files}
    return [
        _file(body, name, item) if name in files else _field(name, item)
        for name, item in _each(fields)
    ]


def _file(body: Body, name: str, file: FileTypes) -> Part:
    try:
        return file_part(name, file)
    except (TypeError, ValueError) as error:
        arguments = {wire: argument for argument, wire in (body.arguments or {}).items()}
        raise InvalidArgumentError(arguments.get(name, name), str(error)) from None


def _field(name: str, value: Any) -> Part:
    """Describe a field that is no file, with the content type of OAS 3.2 §4.15.1."""
    is_json = isinstance(value, dict | list)
    content_type = "application/json" if is_json else "text/plain; charset=utf-8"
    return Part(name, to_text(value).encode(), content_type)


def _each(properties: dict[str, Any]) -> list[tuple[str, Any]]:
    """List the properties, an array by repeating its name."""
    lists = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    return [(name, item) for name, items in lists.items() for item in items]


def _json(media_type: str, value: object) -> EncodedBody:
    return EncodedBody(media_type, json.dumps(value, ensure_ascii=False).encode())


def _raw(value: Any) -> FileContent:
    try:
        return value.encode() if isinstance(value, str) else checked_content(value)
    except TypeError as error:
        raise InvalidArgumentError("body", str(error)) from None
