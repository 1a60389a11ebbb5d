"""Faults of OpenAPI's own objects, and of schemas in an older dialect, into what they mean.

Each remedy looks at one place, changes it and says what it assumes; nothing if it knows no better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jsonschema_rs import ValidationErrorKind as Kind

from specloom.document.lift import lift_bound

if TYPE_CHECKING:
    from .place import Place

_TYPES: Final = {
    "array": "array", "boolean": "boolean", "integer": "integer", "null": "null",
    "number": "number", "object": "object", "string": "string",
    "int": "integer", "int32": "integer", "int64": "integer", "long": "integer",
    "float": "number", "double": "number", "decimal": "number", "bool": "boolean",
    "str": "string", "text": "string", "date": "string", "datetime": "string",
    "date-time": "string",
    "uuid": "string", "uri": "string", "file": "string", "binary": "string", "byte": "string",
    "list": "array", "dict": "object", "map": "object", "none": "null",
}  # fmt: skip
_FORMATS: Final = {
    "file": "binary", "binary": "binary", "byte": "byte", "date": "date", "datetime": "date-time",
    "date-time": "date-time", "uuid": "uuid", "uri": "uri", "int32": "int32", "int64": "int64",
    "long": "int64", "float": "float", "double": "double",
}  # fmt: skip
_PLACES: Final = {"query", "querystring", "header", "path", "cookie"}


def type_name(place: Place, _kind: Kind) -> str | None:
    """`type` in other letters, or by the name that another language or OpenAPI 2 has for it."""
    if place.parent.kind != "schema" or place.key != "type" or not isinstance(place.value, str):
        return None
    written = place.value.lower()
    if written not in _TYPES:
        return None
    place.put(_TYPES[written])
    if written in _FORMATS:
        place.parent.value.setdefault("format", _FORMATS[written])
    return f"taken as {_TYPES[written]}"


def bound(place: Place, _kind: Kind) -> str | None:
    """`exclusiveMinimum: true`, as OpenAPI 3.0 has it."""
    inclusive = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}.get(str(place.key))
    if not inclusive or place.parent.kind != "schema" or not isinstance(place.value, bool):
        return None
    lift_bound(place.parent.value, str(place.key), inclusive)
    return "read as OpenAPI 3.0 has it"


def tuple_items(place: Place, _kind: Kind) -> str | None:
    """`items` as a list, which is called `prefixItems` since JSON Schema 2020-12."""
    schema = place.parent.value
    listed = place.key == "items" and place.parent.kind == "schema"
    if not listed or not isinstance(place.value, list) or not place.value:
        return None
    schema.setdefault("prefixItems", schema.pop("items"))
    return "taken as `prefixItems`"


def message_schema(place: Place, kind: Kind) -> str | None:
    """A parameter or header with no `schema` and no `content`, or with both."""
    if place.kind not in {"parameter", "header"} or not isinstance(
        kind, Kind.OneOfNotValid | Kind.OneOfMultipleValid
    ):
        return None
    if "schema" in place.value:
        place.value.pop("content", None)
        return "`schema` is taken"
    # What OpenAPI 2 wrote beside its name is moved here when its keys are looked at.
    place.value["schema"] = {}
    return "it may be anything"


def constant(place: Place, kind: Kind) -> str | None:
    """The one value that is allowed, as `required: true` of a parameter of the path."""
    if not isinstance(kind, Kind.Constant) or place.key != "required":
        return None
    place.put(kind.expected_value)
    return "taken as true"


def requirement(place: Place, _kind: Kind) -> str | None:
    """A security requirement that is only a name, or whose scopes are no list."""
    match place.path:
        case (*_, "security", _) if isinstance(place.value, str) and place.is_item:
            place.put({place.value: []})
            return "taken as the scheme of that name"
        case (*_, "security", _, _) if place.parent.is_item:
            place.put([])
            return "no scopes are taken"
    return None


def one_of_two(place: Place, kind: Kind) -> str | None:
    """What excludes one another: the field that says more is taken."""
    excludes = isinstance(kind, Kind.Not | Kind.OneOfMultipleValid)
    if not excludes or not isinstance(place.value, dict):
        return None
    for less in ("example", "externalValue", "serializedValue", "dataValue", "operationRef", "url"):
        if less in place.value:
            del place.value[less]
            return f"{less!r} is left out"
    return None


def query_string(place: Place, kind: Kind) -> str | None:
    """A parameter that is the whole query, beside others in the query."""
    if not isinstance(kind, Kind.Not | Kind.Contains) or place.key != "parameters":
        return None
    for index, parameter in enumerate(place.value):
        if isinstance(parameter, dict) and parameter.get("in") == "querystring":
            place.at(index).take_out()
    return "`querystring` is left out"


def api_key_place(place: Place, kind: Kind) -> str | None:
    """An API key that doesn't say where it goes: into a header."""
    match kind:
        case Kind.Required(property="in") if place.kind == "security-scheme":
            place.value["in"] = "header"
            return "it is taken to go into a header"
    return None


def path_parameter_place(place: Place, kind: Kind) -> str | None:
    """A parameter that doesn't say where it goes, though the path has its name."""
    match kind:
        case Kind.Required(property="in") if _is_in_path(place):
            place.value["in"] = "path"
            return "it is taken to go into the path"
    return None


def parameter_place(place: Place, kind: Kind) -> str | None:
    """A parameter that goes where none can, or into a place in other letters."""
    if not isinstance(kind, Kind.Enum) or place.key != "in" or place.parent.kind != "parameter":
        return None
    written = place.value
    folded = written.lower() if isinstance(written, str) else ""
    unknown = "path" if _is_in_path(place.parent) else "query"
    place.put(folded if folded in _PLACES else unknown)
    say = f"no parameter can be in {written!r}: taken as {place.value!r}"
    place.mending.say(place.pointer, say)
    return ""


def _is_in_path(place: Place) -> bool:
    """Whether the template of the path around a parameter has its name."""
    match place.path, place.value:
        case ("paths", path, *_), {"name": str(name)}:
            return f"{{{name}}}" in path
    return False
