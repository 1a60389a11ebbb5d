"""The schemas of a document, each named by its pointer, ready to hold values to.

JSON Schema 2020-12, which OpenAPI 3.1 and 3.2 build on; formats count. Knows nothing of answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import jsonschema_rs

from specloom.document.pointer import from_reference, join, resolve
from specloom.document.references import is_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOCUMENT: Final = "urn:openapi:document"


@dataclass(slots=True)
class Schemas:
    """The schemas of an OpenAPI 3.1 or 3.2 tree."""

    tree: dict[str, Any]
    _registry: jsonschema_rs.Registry = field(init=False)
    _validators: dict[str, jsonschema_rs.Draft202012Validator] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Register the document, so that its references can be followed."""
        self._registry = jsonschema_rs.Registry([(_DOCUMENT, self.tree)])

    def follow(self, pointer: str) -> tuple[str, Any]:
        """What a pointer names once references are followed: its own pointer, and the value."""
        value = resolve(self.tree, pointer)
        while is_reference(value):
            pointer = from_reference(value["$ref"])
            value = resolve(self.tree, pointer)
        return pointer, value

    def errors(self, pointer: str, value: Any, place: str = "") -> Iterator[tuple[str, str]]:
        """How a value breaks the schema at a pointer: messages, and where in the value."""
        for error in self.validator(pointer).iter_errors(value):
            cause = _closest(error)
            yield cause.message, join(place, *cause.instance_path)

    def validator(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        """What holds values to the schema at a pointer."""
        if pointer not in self._validators:
            self._validators[pointer] = jsonschema_rs.Draft202012Validator(
                {"$ref": f"{_DOCUMENT}#{quote(pointer)}"},
                registry=self._registry,
                validate_formats=True,
            )
        return self._validators[pointer]


def _closest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """The error itself, or the first of the alternative that has the fewest."""
    alternatives = getattr(error.kind, "context", None)
    return min(alternatives, key=len)[0] if alternatives else error
