"""Schemas into whether they say no more than that there are bytes, each version in its own way.

3.0 writes `format: binary`; since 3.1 there is no schema, or a `contentMediaType` alone (OAS 3.1.1,
"Migrating Binary Descriptions from OAS 3.0").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.media_types import is_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .both import Held

_SAYING_NOTHING: Final = {
    "title", "description", "$comment", "example", "examples", "deprecated", "readOnly",
    "writeOnly", "externalDocs",
}  # fmt: skip


def same_bytes(old: Held, new: Held, media_type: str) -> bool:
    """Whether two schemas are both of bytes, sent as a media type."""
    return not is_json(media_type) and _is_of_bytes(old) and _is_of_bytes(new)


def same_parts(old: Held, new: Held) -> Iterator[tuple[str, str, str]]:
    """The properties of two multipart bodies that are both of bytes, or lists of such.

    The name of each, and where the old and the new document say so.
    """
    properties = [schema.value.get("properties") for schema in (old, new)]
    before, after = (one if isinstance(one, dict) else {} for one in properties)
    for name in [name for name in after if name in before]:
        (one, place), (other, now) = (each.written("properties", name) for each in (old, new))
        if one.value.get("type") == other.value.get("type") == "array":
            (one, place), (other, now) = one.written("items"), other.written("items")
        if _is_of_bytes(one) and _is_of_bytes(other):
            yield name, place, now


def _is_of_bytes(schema: Held) -> bool:
    said = {
        keyword: value
        for keyword, value in schema.value.items()
        if keyword not in _SAYING_NOTHING and not keyword.startswith("x-")
    }
    if said.pop("type", "string") != "string" or said.keys() - {"format", "contentMediaType"}:
        return False
    if said.get("format", "binary") != "binary" or schema.is_refused:
        return False
    return bool(said) or "type" not in schema.value
