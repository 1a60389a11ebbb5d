"""The media types of a request body into those that a client sends, and how each is written.

Knows nothing of Python types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from specloom.document.kinds import allows_no_text, kinds
from specloom.document.objects import parts
from specloom.document.references import follow
from specloom.event_stream import EVENT_STREAM, sequential_kind
from specloom.media_types import essence, is_json

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_TEXTS: Final = {
    "application/ecmascript", "application/graphql", "application/javascript", "application/sql",
    "application/toml", "application/x-yaml", "application/xml", "application/yaml",
}  # fmt: skip
_IN_ORDER: Final = {"itemSchema", "prefixEncoding", "itemEncoding"}


class Kind(StrEnum):
    """How a body is written, the preferred ones first."""

    JSON = "json"
    MULTIPART = "multipart"
    FORM = "form"
    LINES = "lines"
    """A JSON value a line."""
    TEXT = "text"
    RAW = "raw"
    RANGE = "range"
    """As it is given, the caller's file saying what it is."""


@dataclass(frozen=True, slots=True)
class RequestBody:
    """One media type of a request body as a client sends it, and its schema; of lines, of one."""

    kind: Kind
    media_type: str
    schema: Any
    required: bool
    encoding: dict[str, Any] = field(default_factory=dict)
    declared_as: str = ""
    """The media type in the document, where another is sent."""
    in_order: bool = False
    """Whether its parts are known by their order, and not by names."""

    @property
    def key(self) -> str:
        """The media type in the document."""
        return self.declared_as or self.media_type

    @property
    def has_fields(self) -> bool:
        """Whether the fields of an object may be arguments of their own."""
        return self.kind in {Kind.JSON, Kind.FORM, Kind.MULTIPART}


def alternatives(request_body: dict[str, Any] | None, tree: dict[str, Any]) -> list[RequestBody]:
    """What may be sent, the preferred first: JSON, then forms, text, bytes.

    Of those that send exactly the same there is one. The order of the document doesn't count.
    """
    body = request_body or {}
    found = [
        _body(media_type, follow(tree, media), tree, required=body.get("required", False))
        for media_type, media in body.get("content", {}).items()
    ]
    chosen: list[RequestBody] = []
    for one in sorted(found, key=_preference):
        if not any(_sends_the_same(one, other, tree) for other in chosen):
            chosen.append(one)
    return chosen


def loss(body: RequestBody, tree: dict[str, Any]) -> str | None:
    """What is taken instead of what a media type says, if that is less."""
    is_plain = body.kind in {Kind.TEXT, Kind.RAW, Kind.RANGE}
    if not body.in_order and not (is_plain and allows_no_text(tree, body.schema)):
        return None
    return f"a body of {body.key} is taken as {'text' if body.kind is Kind.TEXT else 'bytes'}"


def _preference(body: RequestBody) -> tuple[Any, ...]:
    by_kind = list(Kind).index(body.kind)
    return by_kind, body.key != _JSON, bool(body.declared_as), essence(body.key), body.key


def _body(
    media_type: str,
    media: dict[str, Any],
    tree: dict[str, Any],
    *,
    required: bool,
) -> RequestBody:
    schema, kind = media.get("schema", {}), essence(media_type)
    encoding = media.get("encoding") or {}
    if is_json(kind):
        return RequestBody(Kind.JSON, media_type, schema, required)
    if kind in {"*/*", "application/*"} and allows_no_text(tree, schema):
        return RequestBody(Kind.JSON, _JSON, schema, required, declared_as=media_type)
    if kind == _FORM and not _is_text(tree, schema):
        return RequestBody(Kind.FORM, media_type, schema, required, encoding)
    in_order = kind.startswith("multipart/") and not _IN_ORDER.isdisjoint(media)
    if kind.startswith("multipart/") and not _is_text(tree, schema) and not in_order:
        return RequestBody(Kind.MULTIPART, media_type, schema, required, encoding)
    items = media.get("itemSchema", _items(tree, schema))
    if sequential_kind(kind) not in {None, EVENT_STREAM} and items is not None:
        return RequestBody(Kind.LINES, media_type, items, required)
    plain = _plain_kind(media_type)
    return RequestBody(plain, media_type, schema, required, in_order=in_order)


def _plain_kind(media_type: str) -> Kind:
    """How what no schema takes apart is given."""
    kind = essence(media_type)
    if "*" in kind or kind.startswith("multipart/"):
        return Kind.RANGE
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "+yaml")) or kind in _TEXTS
    charset = media_type.lower().partition("charset=")[2].strip('" ')
    utf8 = not charset or charset.startswith(("utf-8", "us-ascii"))
    is_text = is_text or kind == _FORM or sequential_kind(kind) is not None
    return Kind.TEXT if utf8 and is_text else Kind.RAW


def _is_text(tree: dict[str, Any], schema: Any) -> bool:
    """Whether a schema is of strings only, and so of no object that has parts."""
    said = [set(kinds(part)) for part in parts(tree, schema)]
    return any(found and found <= {"string", "null"} for found in said)


def _items(tree: dict[str, Any], schema: Any) -> Any:
    target = follow(tree, schema)
    return target.get("items") if isinstance(target, dict) else None


def _sends_the_same(one: RequestBody, other: RequestBody, tree: dict[str, Any]) -> bool:
    return (
        (one.kind, _plain(one.media_type), one.encoding)
        == (other.kind, _plain(other.media_type), other.encoding)
    ) and follow(tree, one.schema) == follow(tree, other.schema)


def _plain(media_type: str) -> str:
    """A media type without what changes nothing."""
    kind, _, rest = media_type.replace(" ", "").lower().partition(";")
    kind = _JSON if kind == "text/json" else kind
    return kind if rest in {"", "charset=utf-8"} else f"{kind};{rest}"
