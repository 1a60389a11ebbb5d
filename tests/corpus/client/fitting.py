"""JSON values into arguments that a signature has for them; whether a place can hold one."""

from __future__ import annotations

import json
import warnings
from typing import Any

from pydantic import TypeAdapter, ValidationError


class RefusedError(Exception):
    """The signature refuses what the document admits, or has no place for it."""


def property_of(value: Any, name: str) -> Any:
    """A property by its name in JSON; one that is deprecated, too."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return _property_of(value, name)


def _property_of(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return value[name]
    type(value).model_rebuild()
    for field_name, described in type(value).model_fields.items():
        if name in {described.alias, described.serialization_alias} or (
            described.alias is None and name == field_name
        ):
            return getattr(value, field_name)
    return value.model_extra[name]


def read(adapter: TypeAdapter[Any], wire: Any, where: str) -> Any:
    try:
        return adapter.validate_json(json.dumps(wire), strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = "/".join(map(str, first["loc"]))
        raise RefusedError(
            f"{where}: the document admits {wire!r:.200}, "
            f"the signature does not: {place} {first['msg']}"
        ) from None


def reads(adapter: TypeAdapter[Any], wire: Any) -> bool:
    try:
        adapter.validate_json(json.dumps(wire), strict=True, by_alias=True, by_name=False)
    except ValidationError:
        return False
    return True


def has_shape(media_type: str) -> bool:
    return media_type.endswith(("json", "x-www-form-urlencoded")) or media_type.startswith(
        "multipart/"
    )


def fits_form(media_type: str, wire: Any) -> bool:
    """Whether a form can hold a body: it has no null, and writes nothing for an empty array."""
    if media_type.endswith("json"):
        return True
    return isinstance(wire, dict) and all(
        item is not None and item != [] and not (isinstance(item, list) and None in item)
        for item in wire.values()
    )


def can_stand(parameter: Any, wire: Any) -> bool:
    """Whether a place can hold a value at all (RFC 6570, RFC 9110 §5.5, OAS 3.2 §4.12.3)."""
    if parameter.location == "query":
        return wire not in ([], {}) or parameter.content_type is not None
    items = (
        list(wire.values()) + list(wire)
        if isinstance(wire, dict)
        else wire
        if isinstance(wire, list)
        else [wire]
    )
    if parameter.location == "path":
        return bool(items) and all(item not in ("", None, ".", "..") for item in items)
    texts = [item if isinstance(item, str) else json.dumps(item) for item in items]
    return bool(items) and all(
        t.isascii() and t.isprintable() and t == t.strip() and t for t in texts
    )
