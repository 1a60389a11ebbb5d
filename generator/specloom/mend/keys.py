"""Keys that the specification doesn't allow into those that are meant; the others are left out.

Knows the leftovers of OpenAPI 2 and the usual misspellings of OpenAPI 3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jsonschema_rs import ValidationErrorKind as Kind

from specloom.document.pointer import join
from specloom.document.walk import FIELDS, METHODS

from .remedies import is_of_client, leave_out
from .rules import BEYOND_MENDING

if TYPE_CHECKING:
    from .place import Place

_STATUS: Final = re.compile("[1-5](?:[0-9]{2}|xx)", re.IGNORECASE)
_SCHEMA_WORDS: Final = {
    "type", "format", "items", "enum", "default", "pattern", "minimum", "maximum", "minLength",
    "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf", "properties", "oneOf",
    "anyOf", "allOf", "$ref", "nullable", "additionalProperties",
}  # fmt: skip
"""What OpenAPI 2 wrote beside a parameter's name, and OpenAPI 3 within its `schema`."""
_OPERATION_WORDS: Final = {"responses", "operationId", "requestBody"}
"""What only an operation says."""


def unexpected(place: Place, kind: Kind) -> str | None:
    """Rename, move or leave out each key that is not allowed, and say so at each."""
    if not isinstance(kind, Kind.UnevaluatedProperties | Kind.AdditionalProperties):
        return None
    if place.kind == "operation" and "$ref" in kind.unexpected:
        leave_out(place, f"{place.value['$ref']!r} leads to nothing")
        return ""
    for key in sorted(kind.unexpected):
        if key in place.value:
            taken = _renamed(place, key) or _moved(place, key)
            said = f"{key!r} is not allowed here: "
            if taken:
                place.mending.say(join(place.pointer, key), f"{said}taken as {taken}")
            else:
                _leave_out(place, key, said)
    return ""


def _leave_out(place: Place, key: str, said: str) -> None:
    """Take out a key; operations are not left out without an error."""
    within, value = place.at(key), place.value.pop(key)
    may_have_one = place.path == ("paths",) or (place.kind == "path-item" and is_of_client(within))
    if may_have_one and _has_operation(key, value):
        say = f"{said}it has operations, and nobody can tell which"
        place.mending.say(within.pointer, say, BEYOND_MENDING)
    else:
        place.mending.say(within.pointer, f"{said}left out")


def _renamed(place: Place, key: str) -> str | None:
    """The name that is meant, once the key has it."""
    name = _meant(place, key)
    if not name or name in place.value:
        return None
    document = place.mending.document
    document.origins[join(place.pointer, name)] = document.origin(join(place.pointer, key))
    members = [(name if old == key else old, value) for old, value in place.value.items()]
    place.value.clear()
    place.value.update(members)
    return repr(name)


def _meant(place: Place, key: str) -> str | None:
    match place.path:
        case ("paths",) if isinstance(place.value[key], dict):
            return "/" + key.strip().lstrip("/")
        case (*_, "responses"):
            status = _STATUS.match(key)
            return status[0].upper() if status else key.lower() if key == "Default" else None
    fields = FIELDS.get(place.kind, {})
    folded = {name.lower(): name for name in fields}
    return folded.get(key.strip().lower()) if key not in fields else None


def _moved(place: Place, key: str) -> str | None:
    """Where the key's value belongs, once it is there."""
    value = place.value
    match place.kind:
        case "parameter" | "header" if key in _SCHEMA_WORDS:
            schema = value.setdefault("schema", {})
            if isinstance(schema, bool):
                return None
            schema.setdefault(key, value.pop(key))
            return f"the schema's {key!r}"
        case "response" if key == "schema" and "content" not in value:
            value["content"] = {"application/json": {"schema": value.pop(key)}}
            return "the schema of JSON"
        case "path-item" if _is_operation(value[key]) and _is_other_method(key):
            others = value.setdefault("additionalOperations", {})
            if isinstance(others, dict) and key.upper() not in others:
                others[key.upper()] = value.pop(key)
                return "an additional operation"
    return None


def _is_other_method(key: str) -> bool:
    return bool(re.fullmatch("[A-Za-z]+", key)) and key.lower() not in METHODS


def _is_operation(value: Any) -> bool:
    return isinstance(value, dict) and not _OPERATION_WORDS.isdisjoint(value)


def _has_operation(key: str, value: Any) -> bool:
    """Whether it looks like an operation, or like a path item with one."""
    members = {key: value, **value} if isinstance(value, dict) else {}
    return any(
        _is_operation(member) or (isinstance(member, dict) and name.strip().lower() in METHODS)
        for name, member in members.items()
    )
