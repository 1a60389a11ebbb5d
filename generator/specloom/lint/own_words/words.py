"""The words of ours in a document: on which object each stands, and what may be in it.

Their meaning is checked by a file for each. Described in the README.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

from specloom.document.pointer import join
from specloom.lint.check import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

_TEXT: Final = {"type": "string", "minLength": 1}
_CHOICE: Final = {"type": ["string", "boolean"]}
_TEXTS: Final = {"type": "array", "items": _TEXT, "minItems": 1}
_TEXT_FIELD: Final = {
    "type": "object",
    "properties": {"event": _TEXT, "field": _TEXT},
    "required": ["event", "field"],
    "additionalProperties": False,
}
_POINTER: Final = {"type": "string", "format": "json-pointer"}
# What a body can repeat, of the runtime expressions of OAS 3.2 §4.20.2.
_EXPRESSION: Final = (
    r"^\$(statusCode|request\.(body#(/([^~/]|~[01])*)*|header\.[!#$%&'*+.^_`|~0-9A-Za-z-]+"
    r"|query\..+|path\..+))$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the kind of object that it stands on, and the schema of its value."""

    name: str
    kind: str
    schema: dict[str, Any]

    def shape_faults(self, node: Node) -> Iterator[Finding]:
        """How the word's value on a node breaks the schema."""
        validator = jsonschema_rs.Draft202012Validator(self.schema, validate_formats=True)
        for error in validator.iter_errors(node.value[self.name]):
            yield Finding(join(node.pointer, self.name, *error.instance_path), error.message)


def _object(properties: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **keywords,
    }


EVENT_STREAM: Final = Word(
    "x-event-stream",
    "media-type",
    _object(
        {
            "tag": _TEXT,
            "ends": _TEXTS,
            "after-end": _TEXTS,
            "constant": _TEXTS,
            "keep-alive": _TEXT,
            "error": _TEXT,
            "text": _TEXT_FIELD,
            "replacement": _TEXT_FIELD,
        },
        required=["tag"],
        dependentRequired={"after-end": ["ends"], "replacement": ["text"]},
    ),
)
STREAM_SELECTOR: Final = Word(
    "x-stream-selector",
    "operation",
    _object(
        {"field": _TEXT, "stream": _CHOICE, "json": _CHOICE},
        required=["field", "stream", "json"],
    ),
)
PAGINATION: Final = Word(
    "x-pagination",
    "operation",
    _object(
        {
            "page": _TEXT,
            "offset": _TEXT,
            "cursor": _TEXT,
            "size": _TEXT,
            "items": _POINTER,
            "next": _POINTER,
            "more": _POINTER,
        },
        required=["items"],
        oneOf=[{"required": ["page"]}, {"required": ["offset"]}, {"required": ["cursor", "next"]}],
    ),
)
IDEMPOTENT: Final = Word("x-idempotent", "operation", {"type": "boolean"})
EXTENSIBLE_ENUM: Final = Word(
    "x-extensible-enum", "schema", {"type": "array", "minItems": 1, "uniqueItems": True}
)
EQUALS: Final = Word("x-equals", "schema", {"type": "string", "pattern": _EXPRESSION})

WORDS: Final = (EVENT_STREAM, STREAM_SELECTOR, PAGINATION, IDEMPOTENT, EXTENSIBLE_ENUM, EQUALS)
