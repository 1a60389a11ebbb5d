"""A body's arguments, turned into the bytes or the parts that are sent.

JSON, a form, multipart or raw, as the media type says. Each argument is checked first.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pydantic_core import ValidationError

from .errors import InvalidArgumentError
from .files import EncodedBody, Part, checked_content, file_part
from .operation import UNSET, Body, adapter_of
from .styles import to_json, to_text


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
    if body is None or value is UNSET:
        if extra is None:
            return EncodedBody()
        added = _Property("extra_body", "", extra)
        return EncodedBody("application/json", added.text(to_json))
    media_type = body.media_type.partition(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        return EncodedBody(parts=tuple(_parts(body, value, extra)))
    if media_type == "application/x-www-form-urlencoded":
        pairs = [(each.name, each.text(to_text)) for each in _each(_checked(body, value, extra))]
        return EncodedBody(body.media_type, urlencode(pairs).encode())
    if media_type == "application/json" or media_type.endswith("+json"):
        return EncodedBody(body.media_type, _json(body, value, extra))
    with writing("body"):
        content = value.encode() if isinstance(value, str) else checked_content(value)
    return EncodedBody(body.media_type, content)


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


def _parts(body: Body, value: Any, extra: object) -> Iterator[Part]:
    """Check a multipart body and describe its parts; a file is not read to check the others."""
    if not isinstance(value, Mapping):
        raise InvalidArgumentError("body", "should be a mapping of the parts by their names")
    files = {name: value[name] for name in body.files if value.get(name) is not None}
    stand_ins = {name: [b""] * len(f) if isinstance(f, list) else b"" for name, f in files.items()}
    fields = _checked(body, {**value, **stand_ins}, extra)
    for each in _each([each._replace(value=files.get(each.name, each.value)) for each in fields]):
        if each.name in files:
            with writing(each.argument):
                yield file_part(each.name, each.value)
        else:  # the content types are those of OAS 3.2 §4.15.1
            is_json = isinstance(each.value, dict | list)
            content_type = "application/json" if is_json else "text/plain; charset=utf-8"
            yield Part(each.name, each.text(to_text), content_type)


def _each(properties: list[_Property]) -> list[_Property]:
    """List an array's items by repeating its name; null has no text and is left out."""
    lists = [
        (each, each.value if isinstance(each.value, list) else [each.value]) for each in properties
    ]
    return [
        each._replace(value=item) for each, items in lists for item in items if item is not None
    ]
