"""An error of jsonschema-rs into a sentence for the author of the document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from jsonschema_rs import ValidationErrorKind as Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jsonschema_rs import ValidationError

_LONGEST: Final = 60
_MOST: Final = 12
_TYPES: Final = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "null": "null",
}
_BOTH: Final = {"content", "schema"}
_KEYS: Final = {
    "paths": "a path begins with '/'",
    "responses": "a status is three digits, '1XX' to '5XX' or 'default'",
}
"""What the keys of an object must be that has no fields of its own."""


def text_of(error: ValidationError, value: Any) -> str:
    """What is wrong with a value."""
    tell = _TEXTS.get(type(error.kind))
    return tell(error.kind, value) if tell else error.message.replace("it ", f"{_told(value)} ", 1)


def text_of_key(path: tuple[str, ...]) -> str:
    """What is wrong with a key that an object may not have."""
    holder = path[-2] if len(path) > 1 else ""
    known = _KEYS.get(holder)
    return f"{_told(path[-1])} is not allowed here{f': {known}' if known else ''}"


def _of_types(types: Iterable[str], value: Any) -> str:
    due = " or ".join(_TYPES[name] for name in _TYPES if name in {*types})
    return f"{due} is needed here, not {_told(value)}"


def _of_options(options: list[Any], value: Any) -> str:
    return f"{_told(value)} is none of {_listed(options)}"


def _of_alternatives(alternatives: list[list[ValidationError]], value: Any) -> str:
    """What would do, where no alternative is nearer than another."""
    kinds = [error.kind for errors in alternatives for error in errors]
    types = [name for kind in kinds if isinstance(kind, Kind.Type) for name in kind.types]
    fields = [kind.property for kind in kinds if isinstance(kind, Kind.Required)]
    options = [one for kind in kinds if isinstance(kind, Kind.Enum) for one in kind.options]
    if len(fields) == len(kinds):
        return f"one of {_listed(fields)} is missing"
    if options:
        return _of_options(options, value)
    return _of_types(types, value) if types else f"{_told(value)} is nothing that may stand here"


def _of_several(value: Any) -> str:
    if isinstance(value, dict) and value.keys() >= _BOTH:
        return _excluding([*_BOTH])
    return f"{_told(value)} is more than one of the things that may stand here"


def _of_denied(schema: Any, value: Any) -> str:
    names = schema.get("required") if isinstance(schema, dict) else None
    return _excluding(names) if names else f"{_told(value)} is what may not stand here"


def _excluding(names: list[str]) -> str:
    return f"{' and '.join(map(_told, sorted(names)))} exclude each other"


def _listed(values: list[Any]) -> str:
    told = list(dict.fromkeys(map(_told, values)))
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return ", ".join(told[:_MOST]) + more


def _told(value: Any) -> str:
    """A value in few words."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "an array" if value else "an empty array"
    text = repr(value) if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_TEXTS: Final[dict[type[Any], Callable[[Any, Any], str]]] = {
    Kind.Required: lambda kind, _: f"{_told(kind.property)} is missing",
    Kind.Type: lambda kind, value: _of_types(kind.types, value),
    Kind.Enum: lambda kind, value: _of_options(kind.options, value),
    Kind.Constant: lambda kind, value: f"{_told(value)} is not {_told(kind.expected_value)}",
    Kind.Pattern: lambda kind, value: f"{_told(value)} does not match {kind.pattern}",
    Kind.Format: lambda kind, value: f"{_told(value)} is not of the format {kind.format!r}",
    Kind.UniqueItems: lambda _, value: f"{_told(value)} is listed twice",
    Kind.FalseSchema: lambda _, value: f"{_told(value)} is what may not stand here",
    Kind.PropertyNames: lambda kind, _: f"a name is not allowed: {kind.error.message}",
    Kind.Not: lambda kind, value: _of_denied(kind.schema, value),
    Kind.AnyOf: lambda kind, value: _of_alternatives(kind.context, value),
    Kind.OneOfNotValid: lambda kind, value: _of_alternatives(kind.context, value),
    Kind.OneOfMultipleValid: lambda _, value: _of_several(value),
}
