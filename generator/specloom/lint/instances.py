"""Values against the schemas of one document, by jsonschema-rs (JSON Schema 2020-12).

Formats are checked, and so is JSON within text (`contentSchema`). Knows nothing of where a value
stood.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

import jsonschema_rs

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference

from .json_types import said, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema_rs import ValidationError

_DOCUMENT: Final = "urn:document"
_VALUES: Final = {"const", "enum"}


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


class Instances:
    """Validates values against schemas that are named by their pointers."""

    def __init__(self, tree: dict[str, Any]) -> None:
        """Make the tree's schemas known, so that references between them are followed."""
        self._tree = tree
        self._registry = jsonschema_rs.Registry(
            [(_DOCUMENT, tree)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, jsonschema_rs.Validator | None] = {}

    def mismatches(self, schema: str, value: Any) -> Iterator[Mismatch]:
        """How a value breaks the schema at a pointer; nothing if that is itself no valid schema."""
        validator = self._validator(schema)
        for error in validator.iter_errors(value) if validator else ():
            yield _mismatch(_closest(error))

    def fitting(self, schemas: Iterable[str], value: Any) -> list[int]:
        """Which of the schemas at some pointers a value is valid against."""
        validators = [self._validator(schema) for schema in schemas]
        return [i for i, found in enumerate(validators) if found and found.is_valid(value)]

    def _validator(self, pointer: str) -> jsonschema_rs.Validator | None:
        # Compiling costs more than validating, so all that say the same by a reference share it.
        pointer = self._said_by(pointer)
        if pointer not in self._validators:
            self._validators[pointer] = self._compile(pointer)
        return self._validators[pointer]

    def _said_by(self, pointer: str) -> str:
        seen = {pointer}
        while is_reference(schema := resolve(self._tree, pointer)) and len(schema) == 1:
            pointer = from_reference(schema["$ref"])
            if pointer in seen:
                break
            seen.add(pointer)
        return pointer

    def _compile(self, pointer: str) -> jsonschema_rs.Validator | None:
        try:
            return jsonschema_rs.Draft202012Validator(
                {"$ref": f"{_DOCUMENT}#{quote(pointer)}"},
                registry=self._registry,
                validate_formats=True,
                formats={"byte": _is_base64, "decimal": _is_decimal},
                keywords={"contentSchema": self._content_keyword},  # type: ignore[dict-item]
            )
        except jsonschema_rs.ValidationError:
            return None

    def _content_keyword(self, _parent: Any, _value: Any, path: list[str | int]) -> _Content:
        return _Content(self, join("", *path))


@dataclass(frozen=True, slots=True)
class _Content:
    """`contentSchema`: text that is JSON, and what that must be (JSON Schema 2020-12 §8.5)."""

    instances: Instances
    schema: str

    def validate(self, text: Any) -> None:
        """Raise ValueError if the text is no JSON, or not what the schema says."""
        if not isinstance(text, str):
            return
        for mismatch in self.instances.mismatches(self.schema, json.loads(text)):
            raise ValueError(f"{mismatch.pointer}: {mismatch.message}".removeprefix(": "))


def _closest(error: ValidationError) -> ValidationError:
    """The innermost error of the alternative that came closest to fitting."""
    alternatives = getattr(error.kind, "context", None)
    # Where more than one alternative fits, none of them is to blame.
    while alternatives and all(alternatives):
        depth = len(error.instance_path)
        error = min(alternatives, key=lambda errors: _distance(errors, depth))[0]
        alternatives = getattr(error.kind, "context", None)
    return error


def _distance(errors: list[ValidationError], depth: int) -> tuple[bool, bool, int]:
    """How far an alternative is: one of another type, or of another tag, is further than any."""
    kinds = {(error.kind.name, len(error.instance_path)) for error in errors}
    is_other_tag = any(name in _VALUES for name, _ in kinds)
    return ("type", depth) in kinds, is_other_tag, len(errors)


def _mismatch(error: ValidationError) -> Mismatch:
    _, _, keyword = (error.absolute_keyword_location or "").partition("#")
    message, kind = _message(error), error.kind.name
    missing = getattr(error.kind, "property", None) if kind == "required" else None
    variety = type_of(error.instance) if kind == "type" else message if kind in _VALUES else ""
    place, is_format = join("", *error.instance_path), kind == "format"
    keyword = unquote(keyword)
    return Mismatch(place, message, keyword, variety, missing, is_format, error.instance)


def _message(error: ValidationError) -> str:
    """What is wrong, with no more of the value than tells which it is."""
    if error.kind.name == "oneOf" and getattr(error.kind, "context", None):
        return f"{said(error.instance)} fits more than one alternative of oneOf"
    text = json.dumps(error.instance, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    message = error.message
    if message.startswith(text):
        message = said(error.instance) + message[len(text) :]
    return _shorten(message)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _shorten(message: str, limit: int = 200) -> str:
    text = " ".join(message.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
