"""A request as it was sent into what is wrong with it by the document, place by place.

Forms and XML carry only text, and a server may read a text as a number: what is right in one
reading is right. Knows nothing of how the request was made, nor of its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from specloom.contract.answers.xml_body import XML, read_xml
from specloom.contract.exchanges.exchange import decode, read_json
from specloom.document.pointer import join, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.schemas import Schemas
    from specloom.contract.exchanges.exchange import Request

MULTIPART: Final = "multipart/form-data"
URLENCODED: Final = "application/x-www-form-urlencoded"
_TYPES: Final = {
    bool: "boolean", int: "integer", float: "number", str: "string",
    list: "array", dict: "object", type(None): "null",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestFault:
    """Something wrong with a request: where (`/body/user`), and of which type it is."""

    pointer: str
    type: str


def is_form(request: Request) -> bool:
    """Whether a body is text by name, and files."""
    return request.media_type in {MULTIPART, URLENCODED}


def is_text(request: Request) -> bool:
    """Whether a body carries only text, so that a value of another type may look right in it."""
    return is_form(request) or request.media_type in XML


def request_faults(schemas: Schemas, operation: Operation, request: Request) -> list[RequestFault]:
    """What is wrong with the body of a request, as it was sent."""
    pointer, described = schemas.follow(join("", *operation.pointer, "requestBody"))
    if request.media_type not in described.get("content", {}):
        return [RequestFault("/body", "string")]
    pointer, media_type = schemas.follow(join(pointer, "content", request.media_type))
    if "schema" not in media_type:
        return []
    schema = join(pointer, "schema")
    try:
        value = _sent_value(schemas, schema, request)
    except ValueError:
        return [RequestFault("/body", "string")]
    return [
        RequestFault(join("/body", *place), _type_at(value, place))
        for place in _places(schemas, schema, value)
    ]


def _sent_value(schemas: Schemas, schema: str, request: Request) -> Any:
    """The body as a value, read as the schema likes it best. Raises ValueError."""
    if is_form(request):
        return _form_value(schemas, schema, _form_fields(request))
    if request.media_type in XML:
        return read_xml(schemas, schema, request.body)
    return decode(request)


def _places(schemas: Schemas, schema: str, value: Any) -> Iterator[list[str | int]]:
    """Where a value breaks a schema; what is missing has its own place."""
    try:
        errors = list(schemas.validator(schema).iter_errors(value))
    except ValueError:  # nested too deeply to be told where
        yield []
        return
    for error in errors:
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
        yield read_json(text)
    except ValueError:
        return


def _form_fields(request: Request) -> dict[str, list[str]]:
    """The fields by name; what a file holds is read as text, since only its presence counts."""
    if request.media_type == URLENCODED:
        return parse_qs(request.body.decode("ascii", "replace"), keep_blank_values=True)
    head = f"Content-Type: {request.content_type}\r\n\r\n".encode()
    fields: dict[str, list[str]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + request.body).iter_parts():
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        name = part.get_param("name", header="content-disposition")
        fields.setdefault(str(name), []).append(text)
    return fields
