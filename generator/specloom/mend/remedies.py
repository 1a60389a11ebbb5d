"""One fault that the specification's schema finds into a change that ends it, and what it assumes.

These remedies know JSON Schema's keywords only; those that know OpenAPI's objects come before
them (`objects`). What nothing else mends is left out.
"""

from __future__ import annotations

import copy
import json
import math
from typing import TYPE_CHECKING, Any, Final

from jsonschema_rs import ValidationErrorKind as Kind

from specloom.media_types import is_json

from .rules import ANYTHING, BEYOND_MENDING

if TYPE_CHECKING:
    from .place import Place

_FILLED: Final[dict[str, Any]] = {
    "openapi": "3.2.0",
    "info": {"title": "", "version": ""},
    "title": "",
    "version": "",
    "content": {},
    "flows": {},
    "scopes": {},
    "authorizationUrl": "",
    "tokenUrl": "",
    "deviceAuthorizationUrl": "",
    "openIdConnectUrl": "",
    "required": True,
    "in": "query",
    "paths": {},
}
"""What stands for a field that is due but missing, where it says nothing that is not known."""

_TYPING: Final = {
    "properties", "additionalProperties", "items", "prefixItems", "enum", "const", "allOf",
    "anyOf", "oneOf", "$ref",
}  # fmt: skip
"""What a schema has a type in Python by, even if it says no `type`."""

_BOOLEANS: Final = {"true": True, "yes": True, "false": False, "no": False}


def fill_in(place: Place, kind: Kind) -> str | None:
    """Give a field that is due the value that says the least."""
    match kind:
        case Kind.Required(property=str(name)) if name in _FILLED:
            place.value[name] = copy.deepcopy(_FILLED[name])
            return f"taken as {json.dumps(_FILLED[name])}"
        case Kind.AnyOf() if not place.path:
            place.value["paths"] = {}
            return "there are no operations"
    return None


def convert(place: Place, kind: Kind) -> str | None:
    """Make of a value of another type what it says in the type that is due."""
    if not isinstance(kind, Kind.Type):
        return None
    for due in kind.types:
        value = _converted(place.value, due, may_be_empty=_may_be_empty(place))
        if value is not None:
            place.put(value)
            return f"taken as {json.dumps(value)}"
    return None


def _may_be_empty(place: Place) -> bool:
    # A method is nothing that may be empty: `get: null` says that there is none.
    return place.has_name and place.kind != "operation"


def _converted(value: Any, due: str, *, may_be_empty: bool) -> Any:
    match due, value:
        case "string", bool() | int() | float():
            return json.dumps(value)
        case "boolean", str():
            return _BOOLEANS.get(value.lower())
        case "integer" | "number", str():
            return _number(value, due)
        case "array", str() | dict():
            return [value]
        case "object", None if may_be_empty:
            return {}
    return None


def _number(text: str, due: str) -> float | None:
    try:
        number = int(text) if due == "integer" else float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def repeat_once(place: Place, kind: Kind) -> str | None:
    """Keep the first of each item of a list whose items must differ."""
    if not isinstance(kind, Kind.UniqueItems):
        return None
    seen: set[str] = set()
    for index, item in enumerate(place.value):
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            place.at(index).take_out()
        seen.add(text)
    return "each is taken once"


def keep_first(place: Place, kind: Kind) -> str | None:
    """Keep one of several members where one is due: JSON, or the first by name."""
    if not isinstance(kind, Kind.MaxProperties):
        return None
    names = sorted(place.value, key=lambda name: (not is_json(name), name))
    for name in names[kind.limit :]:
        del place.value[name]
    return f"{', '.join(map(repr, names[: kind.limit]))} is taken"


def is_of_client(place: Place) -> bool:
    """Whether what stands there is, or holds, operations of the client: no callbacks, webhooks."""
    return place.path[0] == "paths" and "callbacks" not in place.path


def leave_out(place: Place, message: str) -> None:
    """Take out what has no meaning, and say so; an operation is not left out without an error."""
    kind, say = place.kind, place.mending.say
    if kind == "schema" and (place.has_name or place.is_item):
        say(place.pointer, f"{message}: taken as a schema for anything", ANYTHING)
        place.put({})
        return
    is_said = place.value is not None
    if kind in {"operation", "path-item"} and is_of_client(place) and is_said:
        say(place.pointer, f"this is no {kind.replace('-', ' ')}: {message}", BEYOND_MENDING)
    elif _is_only_type(place):
        say(place.pointer, f"{message}: left out, so anything is taken", ANYTHING)
    else:
        say(place.pointer, f"{message}: left out")
    if place.path:
        place.take_out()


def _is_only_type(place: Place) -> bool:
    """Whether it is the type of a schema that says no more of its values."""
    if place.key != "type" or not place.path or place.parent.kind != "schema":
        return False
    said: dict[str, Any] = place.parent.value
    return said.keys().isdisjoint(_TYPING)
