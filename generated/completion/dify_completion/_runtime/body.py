"""A body's arguments, turned into the bytes or the parts that are sent.

JSON, a form, multipart or raw, as the media type says. Each argument is checked first.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from .errors import InvalidArgumentError, first_problem
from .files import FileContent, FileTypes, Part, checked_content, file_part
from .operation import UNSET, Body
from .styles import to_json, to_text


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
        content = value.encode() if isinstance(value, str) else checked_content(value)
        return EncodedBody(body.media_type, content)
    if extra is not None:
        return _json(body.media_type, _properties(body, value, extra))
    return _json(body.media_type, to_json_value(body.adapter, value, "body", body.arguments))


def to_json_value(
    adapter: TypeAdapter[Any], value: Any, argument: str, arguments: Mapping[str, str] | None = None
) -> Any:
    """Check a value and write it as a JSON value: wire names, and only the fields that were set.

    `arguments` tells which argument filled which of its properties.
    """
    try:
        checked = adapter.validate_python(value)
    except ValidationError as error:
        place, message = first_problem(error)
    else:
        return adapter.dump_python(
            checked, mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
    by_property = {wire: name for name, wire in (arguments or {}).items()}
    if place and place[0] in by_property:
        argument, *place = by_property[place[0]], *place[1:]
    raise InvalidArgumentError(argument, f"at /{'/'.join(place)}: {message}" if place else message)


@contextmanager
def writing(argument: str) -> Iterator[None]:
    """Raise what keeps an argument from being written as an error that names it."""
    try:
        yield
    except InvalidArgumentError:
        raise
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(argument, str(error)) from None


def _gather(body: Body, arguments: Mapping[str, Any]) -> Any:
    """Gather the body from its arguments; UNSET if it is optional and nothing was given."""
    if body.arguments is None:
        return arguments.get("body", UNSET)
    found = {wire: arguments.get(argument, UNSET) for argument, wire in body.arguments.items()}
    given = {wire: value for wire, value in found.items() if value is not UNSET}
    return {**given, **body.constants} if given or body.required else UNSET


def _properties(body: Body, value: Any, extra: object) -> dict[str, Any]:
    """Check an object body and write its properties, with the extra ones."""
    properties = to_json_value(body.adapter, value, "body", body.arguments)
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
    arguments = {wire: argument for argument, wire in (body.arguments or {}).items()}
    with writing(arguments.get(name, name)):
        return file_part(name, file)


def _field(name: str, value: Any) -> Part:
    """Describe a field that is no file, with the content type of OAS 3.2 §4.15.1."""
    is_json = isinstance(value, dict | list)
    content_type = "application/json" if is_json else "text/plain; charset=utf-8"
    return Part(name, to_text(value).encode(), content_type)


def _each(properties: dict[str, Any]) -> list[tuple[str, Any]]:
    """List the properties, an array by repeating its name; null has no text and is left out."""
    lists = {k: v if isinstance(v, list) else [v] for k, v in properties.items()}
    return [(name, item) for name, items in lists.items() for item in items if item is not None]


def _json(media_type: str, value: object) -> EncodedBody:
    return EncodedBody(media_type, to_json(value).encode())
