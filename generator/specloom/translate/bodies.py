"""Request bodies into arguments and how they are sent (OAS 3.2 §4.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import properties, required
from specloom.document.references import follow
from specloom.ir import Argument, Body
from specloom.text import printable

from . import encodings
from .media import Kind, RequestBody

if TYPE_CHECKING:
    from .types import Types

_WHOLE_TYPES: Final = {
    Kind.RAW: "FileContent",
    Kind.RANGE: "FileTypes",
    Kind.TEXT: "str | FileContent",
    Kind.MULTIPART: "Mapping[str, object]",
}


def fields(body: RequestBody, tree: dict[str, Any]) -> dict[str, Any]:
    """The properties that become arguments; none if the body is given whole."""
    target = follow(tree, body.schema)
    plain = isinstance(target, dict) and not ({"oneOf", "anyOf"} & target.keys())
    return properties(tree, target) if body.has_fields and plain else {}


def arguments(body: RequestBody, names: dict[str, str], types: Types) -> list[Argument]:
    """The arguments for the fields in `names` (property to argument), or `body` for the whole."""
    if not names:
        return [Argument("body", _whole_type(body, types), body.required, "The request body.")]
    needed = required(types.tree, body.schema) if body.required else set()
    declared = fields(body, types.tree)
    return [
        Argument(
            name,
            _argument_type(body, wire, declared[wire], types),
            wire in needed,
            _description(declared[wire], types.tree),
            None if wire in needed else types.default(declared[wire]),
        )
        for wire, name in names.items()
    ]


def sending(
    body: RequestBody, names: dict[str, str], constants: dict[str, str | bool], types: Types
) -> Body:
    """How the arguments go into the request."""
    declared = fields(body, types.tree)
    files = [wire for wire in names if _file_type(body, wire, declared[wire], types)]
    # What is required is refused by its type, if it has one.
    needed = required(types.tree, body.schema)
    typed = {wire for wire in needed if not encodings.is_untyped(declared.get(wire), types.tree)}
    kept_from_null = {
        wire
        for wire in names.keys() - typed
        if not _allows_null(declared[wire], types, is_file=wire in files)
    }
    return Body(
        body.media_type,
        _sent_type(body, types),
        body.required,
        tuple((name, wire) for wire, name in names.items()) if names else None,
        tuple(files),
        tuple(constants.items()) if body.has_fields else (),
        tuple(name for wire, name in names.items() if wire in kept_from_null),
        encodings.encodings(body, types.tree),
        body.declared_as,
    )


def _whole_type(body: RequestBody, types: Types) -> str:
    """The type of a body that is given whole."""
    if body.kind is Kind.LINES:
        return f"Iterable[{types.given(body.schema)}]"
    return _WHOLE_TYPES.get(body.kind) or types.given(body.schema)


def _sent_type(body: RequestBody, types: Types) -> str:
    """The type that what is sent is checked against."""
    if body.kind in {Kind.RAW, Kind.RANGE, Kind.TEXT}:
        return "BINARY"
    if body.kind is Kind.MULTIPART and not _can_check(body, types):
        return "dict[str, Any]"
    annotation = types.read(body.schema)
    return f"list[{annotation}]" if body.kind is Kind.LINES else annotation


def _can_check(body: RequestBody, types: Types) -> bool:
    """Whether a model can check a multipart body with empty bytes in the place of its files."""
    declared = fields(body, types.tree)
    files = [part for wire, part in declared.items() if _file_type(body, wire, part, types)]
    return bool(declared) and all(encodings.may_be_empty(part, types.tree) for part in files)


def _argument_type(body: RequestBody, wire: str, schema: Any, types: Types) -> str:
    files = _file_type(body, wire, schema, types)
    if not files:
        return types.given(schema)
    return f"{files} | None" if _allows_null(schema, types, is_file=True) else files


def _allows_null(schema: Any, types: Types, *, is_file: bool) -> bool:
    """Whether None may be given; not for a file of which only that is said."""
    return types.allows_null(schema) and not (is_file and encodings.is_untyped(schema, types.tree))


def _file_type(body: RequestBody, wire: str, schema: Any, types: Types) -> str | None:
    """The type of a part of a multipart body that is a file; None of any other."""
    if body.kind is not Kind.MULTIPART:
        return None
    return encodings.file_type(schema, body.encoding.get(wire, {}), types.tree)


def _description(schema: Any, tree: dict[str, Any]) -> str:
    own = schema.get("description", "") if isinstance(schema, dict) else ""
    target = follow(tree, schema)
    return printable(own or (target.get("description", "") if isinstance(target, dict) else ""))
