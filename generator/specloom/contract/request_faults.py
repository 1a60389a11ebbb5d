"""A request as it was sent into what is wrong with it by the document, place by place.

A form carries only text, and a server may read a text as a number: what is right in one reading
is right. Knows nothing of how the request was made, nor of its answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from specloom.document.pointer import join, resolve
from specloom.media_types import essence, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .operations import Operation
    from .schemas import Schemas

MULTIPART: Final = "multipart/form-data"
URLENCODED: Final = "application/x-www-form-urlencoded"
_TYPES: Final = {
    bool: "boolean", int: "integer", float: "number", str: "string",
    list: "array", dict: "object", type(None): "null",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SentBody:
    """A request's body as it went over the wire."""

    content_type: str
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type in lower case and without its parameters."""
        return essence(self.content_type)

    @property
    def is_form(self) -> bool:
        """Whether the body is text by name, and files."""
        return self.media_type in {MULTIPART, URLENCODED}


@dataclass(frozen=True, slots=True)
class RequestFault:
    """Something wrong with a request: where (`/body/user`), and of which type it is."""

    pointer: str
    type: str


def request_faults(schemas: Schemas, operation: Operation, body: SentBody) -> list[RequestFault]:
    """What is wrong with the body of a request, as it was sent."""
    pointer, described = schemas.follow(join("", *operation.pointer, "requestBody"))
    if body.media_type not in described.get("content", {}):
        return [RequestFault("/body", "string")]
    schema = join(pointer, "content", body.media_type, "schema")
    if body.is_form:
        value: Any = _form_value(schemas, schema, _form_fields(body))
    else:
        try:
            value = read_body(body)
        except ValueError:
            return [RequestFault("/body", "string")]
    return [
        RequestFault(join("/body", *place), _type_at(value, place))
        for place in _places(schemas, schema, value)
    ]


def read_body(body: SentBody) -> Any:
    """The body as a value if it is JSON, else as text. Raises ValueError if it is neither."""
    text = body.content.decode()
    return json.loads(text) if is_json(body.media_type) else text


def _places(schemas: Schemas, schema: str, value: Any) -> Iterator[list[str | int]]:
    """Where a value breaks a schema; what is missing has its own place."""
    for error in schemas.validator(schema).iter_errors(value):
        missing = getattr(error.kind, "property", None)
        yield [*error.instance_path, *([missing] if isinstance(missing, str) else [])]


def _type_at(value: Any, place: list[str | int]) -> str:
    try:
        return _TYPES[type(resolve(value, join("", *place)))]
    except KeyError:
        return "missing"


def _form_value(schemas: Schemas, schema: str, fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """The form as an object, each field in the first reading that fits the schema."""
    value: dict[str, Any] = {}
    for name, texts in fields.items():
        readings = [reading for text in texts for reading in _readings(text)]
        fitting = (
            reading
            for reading in [*readings, texts]
            if all(
                place[:1] != [name] for place in _places(schemas, schema, {**value, name: reading})
            )
        )
        value[name] = next(fitting, readings[0])
    return value


def _readings(text: str) -> Iterator[Any]:
    yield text
    try:
        yield json.loads(text)
    except ValueError:
        return


def _form_fields(body: SentBody) -> dict[str, list[str]]:
    """The fields by name; what a file holds is read as text, since only its presence counts."""
    if body.media_type == URLENCODED:
        return parse_qs(body.content.decode("ascii", "replace"), keep_blank_values=True)
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    fields: dict[str, list[str]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body.content).iter_parts():
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        name = part.get_param("name", header="content-disposition")
        fields.setdefault(str(name), []).append(text)
    return fields
