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

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference

from .json_types import said
from .mismatch import mismatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .mismatch import Mismatch

_DOCUMENT: Final = "urn:document"


class Instances:
    """Validates values against schemas that are named by their pointers."""

    def __init__(self, tree: dict[str, Any]) -> None:
        """Make the tree's schemas known, so that references between them are followed."""
        self._tree = tree
        self._registry = jsonschema_rs.Registry(
            [(_DOCUMENT, tree)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, jsonschema_rs.Validator | None] = {}
        self._examples: dict[tuple[str, str], list[Mismatch]] = {}

    def mismatches(self, schema: str, value: Any) -> Iterator[Mismatch]:
        """How a value breaks the schema at a pointer; nothing if that is itself no valid schema."""
        validator = self._validator(schema)
        for error in validator.iter_errors(value) if validator else ():
            yield mismatch(error, value)

    def of_example(self, schema: str, pointer: str, value: Any) -> list[Mismatch]:
        """How the value at a pointer breaks a schema; several rules ask the same."""
        if (schema, pointer) not in self._examples:
            self._examples[schema, pointer] = list(self.mismatches(schema, value))
        return self._examples[schema, pointer]

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
        for found in self.instances.mismatches(self.schema, _read(text)):
            raise ValueError(f"{found.pointer}: {found.message}".removeprefix(": "))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"{said(text)} is no JSON") from None


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
