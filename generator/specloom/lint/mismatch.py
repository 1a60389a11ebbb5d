"""What jsonschema-rs says of a value into what is wrong with it, said for readers.

Of several alternatives, none of which fits, the one that came closest is to blame.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from specloom.document.pointer import join, resolve

from .json_types import said, type_of

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_VALUES: Final = {"const", "enum"}
_OTHERS: Final = {"additionalProperties", "unevaluatedProperties"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which a value breaks a schema; `pointer` leads into the value."""

    pointer: str
    message: str
    keyword: str = ""
    """The pointer of the keyword that is broken."""
    variety: str = ""
    """What tells apart the ways in which one keyword is broken."""
    missing: str | None = None
    """The required property that is not there."""
    is_format: bool = False
    """Whether it breaks no more than a format, which is an annotation (Validation §7.2.1)."""
    value: Any = None
    """What is at the pointer."""

    @property
    def schema(self) -> str:
        """The pointer of the schema that has the keyword."""
        return self.keyword.rpartition("/")[0]


def _closest(error: ValidationError) -> ValidationError:
    """The innermost error of the alternative that came closest to fitting."""
    alternatives = getattr(error.kind, "context", None)
    # Where more than one alternative fits, none of them is to blame.
    while alternatives and all(alternatives):
        depth = len(error.instance_path)
        error = min(alternatives, key=lambda errors: _distance(errors, depth))[0]
        alternatives = getattr(error.kind, "context", None)
    return error


def _distance(errors: list[ValidationError], depth: int) -> tuple[bool, bool, bool, int]:
    """How far an alternative is: null, one of another type, or of another tag, is furthest."""
    is_null = [getattr(error.kind, "types", None) for error in errors] == [["null"]]
    kinds = {(error.kind.name, len(error.instance_path)) for error in errors}
    is_other_tag = any(name in _VALUES for name, _ in kinds)
    is_other_type = ("type", depth) in kinds
    return is_null and is_other_type, is_other_type, is_other_tag, len(errors)


def mismatch(error: ValidationError, value: Any) -> Mismatch:
    """How a value breaks a schema, by the innermost error that is to blame."""
    error = _closest(error)
    keyword = unquote((error.absolute_keyword_location or "").partition("#")[2])
    message, kind = _message(error), error.kind.name
    if kind == "falseSchema":
        message = _unexpected(keyword.rpartition("/")[2], _at(error, value))
    missing = getattr(error.kind, "property", None) if kind == "required" else None
    variety = type_of(error.instance) if kind == "type" else message if kind in _VALUES else ""
    place, is_format = join("", *error.instance_path), kind == "format"
    return Mismatch(place, message, keyword, variety, missing, is_format, error.instance)


def _at(error: ValidationError, value: Any) -> Any:
    try:
        return resolve(value, join("", *error.instance_path))
    except KeyError:
        # An empty name is left out of the path.
        return error.instance


def _unexpected(keyword: str, value: Any) -> str:
    """What `false` refuses: all properties where no others are allowed, else what is there."""
    if keyword not in _OTHERS or not isinstance(value, dict):
        return "nothing is allowed here"
    names = _shorten(", ".join(map(repr, value)), 60)
    verb = "is" if len(value) == 1 else "are"
    return f"{names} {verb} not expected: no `properties` stand beside `{keyword}: false`"


def _message(error: ValidationError) -> str:
    """What is wrong, with no more of the value than tells which it is."""
    if error.kind.name == "oneOf" and getattr(error.kind, "context", None):
        return f"{said(error.instance)} fits more than one alternative of oneOf"
    text = json.dumps(error.instance, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    message = error.message
    if message.startswith(text):
        message = said(error.instance) + message[len(text) :]
    return _shorten(message)


def _shorten(message: str, limit: int = 200) -> str:
    text = " ".join(message.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
