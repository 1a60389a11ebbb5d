"""How the fields of a form are encoded (OAS 3.2 §4.15)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted
from specloom.media_types import essence, is_json

from . import files
from .both import said
from .kind import BREAKING, RISKY, kind
from .spelling import default_content_type, field_schema, same_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both, Held

CONTENT_TYPE: Final = kind(
    "DIF260 field-media-type-changed",
    RISKY,
    RISKY,
    "a field of a form has another media type",
    "`contentType` of its encoding says otherwise; a server that looks at it refuses the part.",
)
STYLE: Final = kind(
    "DIF261 field-style-changed",
    BREAKING,
    BREAKING,
    "a field of a form is written differently",
    "`style`, `explode` or `allowReserved` of its encoding says otherwise (OAS 3.2 §4.15), so "
    "what is sent is misread.",
)
HEADERS: Final = kind(
    "DIF262 part-headers-changed",
    RISKY,
    RISKY,
    "a part of a multipart body has other headers",
    "A header of the part is new, gone, or required where it was not, or the reverse.",
)
POSITIONS: Final = kind(
    "DIF263 part-order-changed",
    RISKY,
    RISKY,
    "the parts of a multipart body are encoded differently by their order",
    "`prefixEncoding` or `itemEncoding` says otherwise (OAS 3.2 §4.15.3); a server that looks at "
    "the media types of parts refuses them.",
)
KINDS: Final = (CONTENT_TYPE, STYLE, HEADERS, POSITIONS)

_FORM: Final = "application/x-www-form-urlencoded"
_STYLED: Final = {"style", "explode", "allowReserved"}


def changes(both: Both, old: Held, new: Held, name: str) -> Iterator[Change]:
    """What changed of how the fields of a form are sent."""
    form = essence(name) == _FORM
    if not (form or name.startswith("multipart/")):
        return
    before, after = old.children("encoding"), new.children("encoding")
    for field_name in dict.fromkeys((*after, *before)):
        fields = [_field(media, field_name) for media in (old, new)]
        # What is said of a field that is gone or new is said of its schema.
        if all(field.schema for field in fields):
            yield from _changes(both, *fields, form=form)
    for word in ("prefixEncoding", "itemEncoding"):
        if old.value.get(word) != new.value.get(word):
            yield POSITIONS.change(f"{quoted(word)} has changed", old.pointer, new.pointer)


def same_files(old: Held, new: Held) -> Iterator[tuple[str, str]]:
    """The parts of two multipart bodies that are the same files, however that is spelt."""
    for name, place, now in files.same_parts(old.child("schema"), new.child("schema")):
        fields = _field(old, name), _field(new, name)
        if not any(map(is_json, chain(*(_content_types(one) or () for one in fields)))):
            yield place, now


class _Field(NamedTuple):
    """A field of a form, how it is encoded, and where that is written."""

    name: str
    schema: Held | None
    encoding: Held
    place: str


def _field(media: Held, name: str) -> _Field:
    encoding = media.child("encoding", name)
    place = encoding.pointer if encoding.value else media.pointer
    return _Field(name, field_schema(media, name), encoding, place)


def _changes(both: Both, old: _Field, new: _Field, *, form: bool) -> Iterator[Change]:
    called, places = f"the field {quoted(new.name)}", (old.place, new.place)
    before, after = old.encoding.value, new.encoding.value
    if _STYLED & {*before, *after}:
        types = None
        if old.schema and new.schema:
            types = both.schemas.types(old.schema.pointer, new.schema.pointer)
        same = same_spelling(before, after, "query", types)
        if not same or said(before, "allowReserved") != said(after, "allowReserved"):
            yield STYLE.change(f"{called} is written in another style", *places)
    elif not form and _differ(_content_types(old), _content_types(new)):
        yield CONTENT_TYPE.change(f"{called} has another media type", *places)
    if form:
        return
    headers, others = _headers(old), _headers(new)
    if {name: said(one.value, "required") for name, one in headers.items()} != {
        name: said(one.value, "required") for name, one in others.items()
    }:
        yield HEADERS.change(f"{called} has other headers", *places)
    for name in [name for name in others if name in headers]:
        both.compare(headers[name], others[name], "schema", Direction.REQUEST)


def _content_types(field: _Field) -> set[str] | None:
    """The media types that a part may have; None if nothing says so."""
    listed = field.encoding.value.get("contentType", default_content_type(field.schema))
    return {one.strip().lower() for one in listed.split(",")} if isinstance(listed, str) else None


def _differ(old: set[str] | None, new: set[str] | None) -> bool:
    return None not in (old, new) and old != new


def _headers(field: _Field) -> dict[str, Held]:
    headers = field.encoding.children("headers")
    return {name.lower(): one for name, one in headers.items() if name.lower() != "content-type"}
