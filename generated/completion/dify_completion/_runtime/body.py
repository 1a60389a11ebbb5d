"""A body's arguments, turned into the bytes or the parts that are sent.

JSON, lines of it, a form, multipart or raw, as the media type says. Each argument is checked first.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from typing import Any, NamedTuple

from pydantic_core import ValidationError

from .errors import InvalidArgumentError
from .files import EncodedBody, Part, checked_content, file_part, whole_file
from .operation import BINARY, UNSET, Body, Encoding, adapter_of
from .styles import fields, form, is_json, to_json

_PLAIN = Encoding()


class _Property(NamedTuple):
    argument: str
    name: str
    value: Any

    def text(self, write: Callable[[Any], str]) -> bytes:
        with writing(self.argument):
            return write(self.value).encode()


def encode_body(body: Body | None, arguments: Mapping[str, Any], extra: object) -> EncodedBody:
    """Encode the body; `extra` are properties to add to it, or a JSON body where there is none."""
    value = UNSET if body is None else _gather(body, arguments)
    if value is UNSET and extra is None:
        return EncodedBody()
    if body is None or (value is UNSET and body.type is BINARY):
        added = _Property("extra_body", "", extra)
        return EncodedBody("application/json", added.text(to_json))
    if value is UNSET:  # only what is added is sent, which no schema is asked for
        body, value = replace(body, type=dict[str, Any]), {}
    if body.type is BINARY:
        return _raw(body.media_type, value)
    media_type = body.media_type.partition(";")[0].strip().lower()
    if media_type.startswith("multipart/"):
        return _multipart(body, media_type, value, extra)
    return EncodedBody(body.media_type, _content(body, media_type, value, extra))


def _multipart(body: Body, media_type: str, value: Any, extra: object) -> EncodedBody:
    parts = tuple(_parts(body, value, extra))
    if not parts:  # httpx2 would send no body at all
        return EncodedBody(f"{media_type}; boundary=empty", b"--empty--\r\n")
    return EncodedBody(
        None if media_type == "multipart/form-data" else body.media_type, parts=parts
    )


def _content(body: Body, media_type: str, value: Any, extra: object) -> bytes:
    if media_type == "application/x-www-form-urlencoded":
        return _form(body, value, extra)
    if is_json(media_type) and media_type != "application/stream+json":
        return _json(body, value, extra)
    before = b"\x1e" if media_type.endswith("json-seq") else b""  # RFC 7464 §2.2
    lines = [before + item + b"\n" for item in _items(body, value)]
    return b"".join(lines)


def _raw(media_type: str, value: Any) -> EncodedBody:
    """Send text or bytes as they are; for a range of media types, the file says its own."""
    with writing("body"):
        if "*" in media_type or media_type.startswith("multipart/"):
            return whole_file(value, media_type)
        content = value.encode() if isinstance(value, str) else checked_content(value)
        return EncodedBody(media_type, content)


def to_json_value(
    type_: Any, value: Any, argument: str, arguments: Mapping[str, str] | None = None
) -> Any:
    """Check a value and write it as a JSON value: wire names, and only the fields that were set.

    `arguments` tells which argument filled which of its properties.
    """
    adapter = adapter_of(type_)
    try:
        checked = adapter.validate_python(value)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place, message = [str(step) for step in problem["loc"]], problem["msg"]
    else:
        with writing(argument):
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
    for argument in body.not_null:
        if arguments.get(argument, UNSET) is None:
            raise InvalidArgumentError(argument, "can't be None; leave it out instead")
    if body.arguments is None:
        return arguments.get("body", UNSET)
    found = {wire: arguments.get(argument, UNSET) for argument, wire in body.arguments.items()}
    given = {wire: value for wire, value in found.items() if value is not UNSET}
    return {**given, **body.constants} if given or body.required else UNSET


def _checked(body: Body, value: Any, extra: object) -> list[_Property]:
    """Check an object body, and list its properties and the extra ones."""
    checked = to_json_value(body.type, value, "body", body.arguments)
    if not isinstance(checked, dict) or not isinstance(extra, Mapping | None):
        raise InvalidArgumentError("extra_body", "only an object can be added, to an object")
    names = {wire: argument for argument, wire in (body.arguments or {}).items()}
    if not all(isinstance(name, str) and name.isprintable() for name in extra or ()):
        raise InvalidArgumentError("extra_body", "a property's name should be a printable string")
    added = [_Property("extra_body", name, item) for name, item in (extra or {}).items()]
    kept = [(name, item) for name, item in checked.items() if name not in (extra or {})]
    return [_Property(names.get(name, "body"), name, item) for name, item in kept] + added


def _json(body: Body, value: Any, extra: object) -> bytes:
    if body.arguments is None and extra is None:
        checked = to_json_value(body.type, value, "body")
        return _Property("body", "", checked).text(to_json)
    members = [
        to_json(each.name).encode() + b":" + each.text(to_json)
        for each in _checked(body, value, extra)
    ]
    return b"{" + b",".join(members) + b"}"


def _items(body: Body, values: Any) -> Iterator[bytes]:
    """Write each item of a sequence, which is a body of its own (OAS 3.2 §4.14.3)."""
    for item in to_json_value(body.type, values, "body"):
        yield _Property("body", "", item).text(to_json)


def _form(body: Body, value: Any, extra: object) -> bytes:
    pairs: list[str] = []
    for each in _checked(body, value, extra):
        with writing(each.argument):
            pairs += form(each.name, each.value, body.encoding.get(each.name, _PLAIN))
    return "&".join(pairs).encode()


def _parts(body: Body, value: Any, extra: object) -> Iterator[Part]:
    """Check a multipart body and describe its parts; a file is not read to check the others."""
    if not isinstance(value, Mapping):
        raise InvalidArgumentError("body", "should be a mapping of the parts by their names")
    files = {name: item for name, item in value.items() if _is_file(body, name, item)}
    stand_ins = {name: [b""] * len(f) if isinstance(f, list) else b"" for name, f in files.items()}
    for each in _checked(body, {**value, **stand_ins}, extra):
        encoding = body.encoding.get(each.name, _PLAIN)
        with writing(each.argument):
            if each.name in files and each.argument != "extra_body":
                yield from _file_parts(each.name, files[each.name], encoding)
            else:
                yield from _text_parts(each, encoding)


def _is_file(body: Body, name: str, value: Any) -> bool:
    """Whether a part is a file: by its schema or, in a body that is given whole, by its value."""
    if body.arguments is None:
        items = value if isinstance(value, list) else [value]
        kinds = (bytes, tuple, PathLike)
        # A model may have a property of that name.
        return any(isinstance(i, kinds) or callable(getattr(i, "read", None)) for i in items)
    return name in body.files and value is not None


def _file_parts(name: str, value: Any, encoding: Encoding) -> Iterator[Part]:
    for file in value if isinstance(value, list) else [value]:
        yield replace(file_part(name, file, encoding.content_type), headers=encoding.headers)


def _text_parts(each: _Property, encoding: Encoding) -> Iterator[Part]:
    """Describe the parts of a property; the content types are those of OAS 3.2 §4.15.1."""
    items = each.value if isinstance(each.value, list) else [each.value]
    has_json = not encoding.style and any(isinstance(item, dict | list) for item in items)
    plain = "application/json" if has_json else "text/plain; charset=utf-8"
    content_type = encoding.content_type.partition(",")[0] or plain
    for name, text in fields(each.name, each.value, encoding):
        yield Part(name, text.encode(), content_type, headers=encoding.headers)
