"""Request bodies into arguments and how they are sent (OAS 3.2 §4.13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.document.objects import properties, required
from specloom.document.references import follow
from specloom.ir import Argument, Body
from specloom.media_types import essence, is_json
from specloom.text import printable

if TYPE_CHECKING:
    from .types import Types

_MULTIPART: Final = "multipart/form-data"
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The media type of a request body that a client sends, and its schema."""

    media_type: str
    schema: Any
    required: bool

    @property
    def has_fields(self) -> bool:
        """Whether the fields of an object may be arguments of their own."""
        return is_json(self.media_type) or essence(self.media_type) in (_MULTIPART, _FORM)

    @property
    def is_multipart(self) -> bool:
        """Whether it is sent in parts, which may be files."""
        return essence(self.media_type) == _MULTIPART

    @property
    def is_text(self) -> bool:
        """Whether it is sent as text that no schema takes apart."""
        return essence(self.media_type).startswith("text/")


def choose(request_body: dict[str, Any] | None) -> RequestBody | None:
    """The media type to send: JSON if there is a choice, then forms, then the first."""
    content = (request_body or {}).get("content", {})
    if not request_body or not content:
        return None
    media_type = min(content, key=_preference)
    schema = content[media_type].get("schema", {})
    return RequestBody(media_type, schema, request_body.get("required", False))


def _preference(media_type: str) -> tuple[bool, ...]:
    kind = essence(media_type)
    return (not is_json(media_type), kind != _MULTIPART, kind != _FORM)


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
            _argument_type(body, declared[wire], types),
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
    files = tuple(wire for wire in names if _is_file(declared[wire], types.tree))
    # What is required is refused by its type.
    optional = names.keys() - required(types.tree, body.schema)
    kept_from_null = {wire for wire in optional if not types.allows_null(declared[wire])}
    return Body(
        body.media_type,
        types.read(body.schema),
        body.required,
        tuple((name, wire) for wire, name in names.items()) if names else None,
        files if body.is_multipart else (),
        tuple(constants.items()),
        tuple(name for wire, name in names.items() if wire in kept_from_null),
    )


def _whole_type(body: RequestBody, types: Types) -> str:
    """The type of a body that is given whole: bytes and files, unless it is text or has fields."""
    if body.has_fields:
        return types.given(body.schema)
    return "str" if body.is_text else "FileContent"


def _argument_type(body: RequestBody, schema: Any, types: Types) -> str:
    if body.is_multipart and _is_file(schema, types.tree):
        resolved = follow(types.tree, schema)
        return "Sequence[FileTypes]" if resolved.get("type") == "array" else "FileTypes"
    return types.given(schema)


def _is_file(schema: Any, tree: dict[str, Any]) -> bool:
    """Whether a part of a multipart body is binary (OAS 3.2 §4.14.5, and 3.0's `format`)."""
    schema = follow(tree, schema)
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "array":
        return _is_file(schema.get("items"), tree)
    media_type = schema.get("contentMediaType", "")
    return schema.get("format") == "binary" or (
        bool(media_type) and not is_json(media_type) and not media_type.startswith("text/")
    )


def _description(schema: Any, tree: dict[str, Any]) -> str:
    own = schema.get("description", "") if isinstance(schema, dict) else ""
    target = follow(tree, schema)
    return printable(own or (target.get("description", "") if isinstance(target, dict) else ""))
