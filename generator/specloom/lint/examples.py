"""Rules on examples: each is valid against the schema that it illustrates.

Streams have a file of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule
from specloom.document.pointer import join
from specloom.media_types import essence, is_json

from .check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node

    from .scope import Scope

INVALID_EXAMPLE = Rule(
    "OAS601",
    "invalid-example",
    "example breaks its schema",
    "The example of a media type, a parameter or a header must be valid against the schema beside "
    "it (OAS 3.2 §4.19). People copy examples and mock servers answer with them; one of the two, "
    "example or schema, is wrong.",
)
INVALID_SCHEMA_EXAMPLE = Rule(
    "OAS602",
    "invalid-schema-example",
    "example of a schema breaks it",
    "`examples` (or 3.0's `example`) of a schema should be valid against it (JSON Schema 2020-12 "
    "§9.5). One of the two, example or schema, is wrong.",
)
INVALID_DEFAULT = Rule(
    "OAS603",
    "invalid-default",
    "default of a schema breaks it",
    "What is assumed when a value is left out must be a value that could have been given "
    "(OAS 3.2 §4.24).",
)

_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")


def invalid_media_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """How the examples of a media type that is written as JSON or as a form break its schema."""
    if _is_tree(str(node.key)):
        yield from invalid_examples(node, scope)


def _is_tree(media_type: str) -> bool:
    """Whether a value of the media type is what JSON would say, and not the text of something."""
    return is_json(media_type) or essence(media_type) in _FORMS


def invalid_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """How the examples of a media type, a parameter or a header break its schema."""
    if "schema" in node.value:
        for pointer, value in scope.examples(node):
            yield from _mismatches(scope, join(node.pointer, "schema"), pointer, value)


def invalid_schema_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's own examples break it."""
    if "example" in node.value:
        place = join(node.pointer, "example")
        yield from _mismatches(scope, node.pointer, place, node.value["example"])
    examples = node.value.get("examples")
    for index, value in enumerate(examples if isinstance(examples, list) else ()):
        place = join(node.pointer, "examples", index)
        yield from _mismatches(scope, node.pointer, place, value)


def invalid_defaults(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's default breaks it."""
    if "default" in node.value:
        place = join(node.pointer, "default")
        yield from _mismatches(scope, node.pointer, place, node.value["default"])


def _mismatches(scope: Scope, schema: str, pointer: str, value: Any) -> Iterator[Finding]:
    for mismatch in scope.instances.mismatches(schema, value):
        yield Finding(pointer + mismatch.pointer, mismatch.message)


CHECKS = (
    Check(INVALID_EXAMPLE, "media-type", invalid_media_examples),
    Check(INVALID_EXAMPLE, "parameter", invalid_examples),
    Check(INVALID_EXAMPLE, "header", invalid_examples),
    Check(INVALID_SCHEMA_EXAMPLE, "schema", invalid_schema_examples),
    Check(INVALID_DEFAULT, "schema", invalid_defaults),
)
