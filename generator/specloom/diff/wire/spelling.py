"""Parameters, headers and fields of a form into how their values are written (OAS 3.2 §4.12.2).

Two spellings are one where no value that the schemas allow is written differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .both import held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .both import Held

_STYLES: Final = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_EXPLODED: Final = {"form", "cookie"}
_PREFIXED: Final = {"label", "matrix"}
_NESTED: Final = {"array", "object"}


def same_spelling(
    old: dict[str, Any], new: dict[str, Any], place: str, types: set[str] | None
) -> bool:
    """Whether values of some types (of any, if None) are written alike in both.

    `place` is what `in` says: path, query, header or cookie.
    """
    return _spelling(old, place, types) == _spelling(new, place, types)


def _spelling(value: dict[str, Any], place: str, types: set[str] | None) -> tuple[str, bool]:
    style = value.get("style", _STYLES.get(place, "form"))
    exploded = value.get("explode", style in _EXPLODED)
    if types is not None and types.isdisjoint(_NESTED):
        return (style if style in _PREFIXED else "plain"), False
    if style == "deepObject" or (style == "simple" and types is not None and "object" not in types):
        exploded = False
    return style, exploded


def types_of(*schemas: Held | None) -> set[str] | None:
    """The types that some schemas name; None if one does not say."""
    found: set[str] = set()
    for schema in schemas:
        listed = schema.value.get("type") if schema else None
        if not isinstance(listed, str | list):
            return None
        found.update([listed] if isinstance(listed, str) else map(str, listed))
    return found


def field_schema(media: Held, name: str) -> Held | None:
    """The schema of a field of a form, as far as it is written in properties."""
    pending, seen = [media.child("schema")], set()
    while pending:
        schema = pending.pop()
        if schema.pointer in seen:
            continue
        seen.add(schema.pointer)
        if name in _keys(schema.value.get("properties")):
            return schema.child("properties", name)
        pending += schema.items("allOf")
    return None


def _keys(value: Any) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def default_content_type(schema: Held | None) -> str | None:
    """What a field of a form is sent as if nothing says so (OAS 3.2 §4.15.1.1); None if unknown."""
    types = types_of(schema)
    if schema is None or types is None:
        return None
    kinds = types - {"null"}
    if kinds == {"array"}:
        items = held(schema.side, f"{schema.pointer}/items")
        return None if items.pointer == schema.pointer else default_content_type(items)
    if kinds == {"object"}:
        return "application/json"
    if kinds == {"string"} and _is_encoded(schema):
        return "application/octet-stream"
    return "text/plain" if kinds and kinds.isdisjoint(_NESTED) else None


def _is_encoded(schema: Held) -> bool:
    """Whether a string stands for bytes; 3.0 says so by its format (OAS 3.0.4 §4.7.15.1)."""
    return "contentEncoding" in schema.value or schema.value.get("format") in {"binary", "byte"}
