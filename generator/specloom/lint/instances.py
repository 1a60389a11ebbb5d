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
from urllib.parse import quote

import jsonschema_rs

from specloom.document.pointer import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import ValidationError

_DOCUMENT: Final = "urn:document"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One way in which a value breaks a schema; `pointer` leads into the value."""

    pointer: str
    message: str


class Instances:
    """Validates values against schemas that are named by their pointers."""

    def __init__(self, tree: dict[str, Any]) -> None:
        """Make the tree's schemas known, so that references between them are followed."""
        self._registry = jsonschema_rs.Registry(
            [(_DOCUMENT, tree)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, jsonschema_rs.Validator | None] = {}

    def mismatches(self, schema: str, value: Any) -> Iterator[Mismatch]:
        """How a value breaks the schema at a pointer; nothing if that is itself no valid schema."""
        validator = self._validator(schema)
        for error in validator.iter_errors(value) if validator else ():
            cause = _closest(error)
            yield Mismatch(join("", *cause.instance_path), _shorten(cause.message))

    def _validator(self, pointer: str) -> jsonschema_rs.Validator | None:
        if pointer not in self._validators:
            self._validators[pointer] = self._compile(pointer)
        return self._validators[pointer]

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
        error = min(alternatives, key=_distance)[0]
        alternatives = getattr(error.kind, "context", None)
    return error


def _distance(errors: list[ValidationError]) -> tuple[bool, int]:
    """How far an alternative is: one that another tag belongs to is further than any."""
    return any(error.kind.name in {"const", "enum"} for error in errors), len(errors)


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
