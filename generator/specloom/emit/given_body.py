"""A request's body into a method's arguments: JSON, a form, multipart, or bytes.

Knows nothing of parameters, nor of how the method was found.
"""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from specloom.document.objects import properties
from specloom.document.references import follow
from specloom.media_types import essence, is_json

from .given_arguments import UnsendableError, single
from .multipart import parts
from .sent_texts import UNFIT, read_json

if TYPE_CHECKING:
    from specloom.ir import Body

    from .given_arguments import Given

_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"


def take_body(given: Given, content_type: str, content: bytes) -> None:
    """Take a body. Raises UnsendableError, and ValueError if it can't be read as what it is."""
    body = given.method.operation.body
    if not content and (body is None or not body.required):
        return
    if body is None or not fnmatchcase(essence(content_type), essence(body.media_type)):
        raise UnsendableError
    if body.arguments is None:
        _take_whole(given, body, content_type, content)
    elif is_json(body.media_type):
        _take_object(given, body, read_json(content))
    elif essence(body.media_type) == _FORM:
        _take_form(given, body, parse_qsl(content.decode("utf-8"), keep_blank_values=True))
    elif essence(body.media_type) == _MULTIPART:
        _take_parts(given, body, content_type, content)
    else:
        raise UnsendableError


def _take_whole(given: Given, body: Body, content_type: str, content: bytes) -> None:
    if body.annotation == "BINARY" and "*" in body.media_type:
        given.arguments["body"] = repr(("body", content, content_type))
        return
    if not is_json(body.media_type):
        if body.annotation != "BINARY":
            raise UnsendableError
        given.arguments["body"] = repr(content)
        return
    value = read_json(content)
    if not given.fitting.fits(_schema(given, body), value):
        raise UnsendableError
    given.give("body", value)


def _take_object(given: Given, body: Body, values: Any) -> None:
    """Take the properties of an object, each into its argument if it fits."""
    if not isinstance(values, dict) or not dict(body.constants).keys() <= values.keys():
        raise UnsendableError
    schemas = properties(given.fitting.tree, _schema(given, body))
    names = {wire: argument for argument, wire in body.arguments or ()}
    for wire, value in values.items():
        schema = schemas.get(wire, True)
        if wire in names and given.fitting.fits(schema, value):
            given.give(names[wire], value)
        elif (wire, value) not in body.constants:
            given.extra_body[wire] = value
            given.stand_in(names.get(wire, ""), schema, wire)


def _take_form(given: Given, body: Body, pairs: list[tuple[str, str]]) -> None:
    """Take the fields of a form, whose values are texts."""
    texts: dict[str, list[str]] = defaultdict(list)
    for name, text in pairs:
        texts[name].append(text)
    schemas = properties(given.fitting.tree, _schema(given, body))
    values = {}
    for name, items in texts.items():
        value = given.fitting.value(schemas.get(name, True), items)
        values[name] = single(items) if value is UNFIT else value
    _take_object(given, body, values)


def _take_parts(given: Given, body: Body, content_type: str, content: bytes) -> None:
    files: dict[str, list[str]] = defaultdict(list)
    fields = []
    for part in parts(content_type, content):
        if part.filename is None:
            fields.append((part.name, part.content.decode("utf-8")))
        elif part.name in body.files:
            files[part.name].append(repr((part.filename, part.content, part.content_type)))
        else:
            raise UnsendableError
    _take_form(given, body, fields)
    for wire, texts in files.items():
        _take_files(given, body, wire, texts)


def _take_files(given: Given, body: Body, wire: str, texts: list[str]) -> None:
    name = next(argument for argument, filled in body.arguments or () if filled == wire)
    (argument,) = (one for one in given.method.arguments if one.name == name)
    is_list = argument.annotation.startswith("Sequence")
    if len(texts) > 1 and not is_list:
        raise UnsendableError
    given.arguments[name] = f"[{', '.join(texts)}]" if is_list else texts[0]


def _schema(given: Given, body: Body) -> Any:
    tree = given.fitting.tree
    declared = follow(tree, given.operation["requestBody"])
    return follow(tree, declared["content"][body.declared_as or body.media_type]).get(
        "schema", True
    )
