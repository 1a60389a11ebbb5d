"""Rules on examples: each is valid against the schema that it illustrates.

Streams have a file of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import join, resolve
from specloom.lint.check import Check, Finding
from specloom.lint.schemas.unions import overlapping_one_ofs
from specloom.media_types import essence, is_json

from .mismatches import Example, Mismatches
from .sides import BOTH, REQUEST, side_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.document.walk import Node
    from specloom.lint.mismatch import Mismatch
    from specloom.lint.scope import Scope

INVALID_EXAMPLE = Rule(
    "OAS601",
    "invalid-example",
    "example breaks its schema",
    "The example of a media type, a parameter or a header must be valid against the schema beside "
    "it (OAS 3.2 §4.19). People copy examples and mock servers answer with them; one of the two, "
    "example or schema, is wrong. What many examples break in the same way is told once. That of "
    "a parameter or a form may be the text that is sent, `'1'` for 1.",
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
DEFAULT_OF_OTHER_FORMAT = Rule(
    "OAS606",
    "default-of-other-format",
    "default of a schema is not of its format",
    "A `format` is an annotation, which readers may check or pass over (JSON Schema 2020-12 "
    "Validation §7.2.1). Those that check it, typed clients among them, refuse what is assumed "
    "here when a value is left out.",
    Severity.WARNING,
)

EXAMPLE_OF_OTHER_FORMAT = Rule(
    "OAS609",
    "example-of-other-format",
    "example is not of its format",
    "A `format` is an annotation, which readers may check or pass over (JSON Schema 2020-12 "
    "Validation §7.2.1). Those that check it refuse what people copy from here. Correct the "
    "example, or the format.",
    Severity.WARNING,
)

_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")


def invalid_examples(_node: Node, scope: Scope) -> Iterator[Finding]:
    """How the examples of media types, parameters and headers break their schemas."""
    return _of_illustrated(
        scope, lambda found: not found.is_format and not _is_null_meant(found, scope)
    )


def examples_of_other_format(_node: Node, scope: Scope) -> Iterator[Finding]:
    """How the examples of media types, parameters and headers break formats."""
    return _of_illustrated(scope, lambda found: found.is_format)


def _of_illustrated(scope: Scope, heeds: Callable[[Mismatch], bool]) -> Iterator[Finding]:
    found = Mismatches(scope, heeds)
    for node in _illustrated(scope):
        side = REQUEST if node.kind == "parameter" else side_of(node.pointer)
        for pointer, value in scope.examples(node):
            is_text = _is_text(node) and not pointer.endswith("/dataValue")
            found.add(Example(join(node.pointer, "schema"), pointer, value, side, is_text))
    yield from found.findings()


def _illustrated(scope: Scope) -> Iterator[Node]:
    """The objects that have a schema, less the media types that are the text of something."""
    for node in scope.nodes.get("media-type", ()):
        if "schema" in node.value and _is_tree(str(node.key)):
            yield node
    for kind in ("parameter", "header"):
        yield from (node for node in scope.nodes.get(kind, ()) if "schema" in node.value)


def _is_tree(media_type: str) -> bool:
    """Whether a value of the media type is what JSON would say, and not the text of something."""
    return is_json(media_type) or essence(media_type) in _FORMS


def _is_text(node: Node) -> bool:
    """Whether an object's values are sent as text, in a URL, a header or a form."""
    return node.kind != "media-type" or not is_json(str(node.key))


def _is_null_meant(mismatch: Mismatch, scope: Scope) -> bool:
    """Whether a null is told by OAS522, since an `enum` lacks it, or by OAS572."""
    if mismatch.value is not None:
        return False
    schema = resolve(scope.tree, mismatch.schema)
    is_enum = mismatch.keyword.endswith("/enum")
    return "null" in schema.get("type", ()) if is_enum else schema.get("nullable") is True


def _is_of_schema(mismatch: Mismatch, node: Node, scope: Scope) -> bool:
    """Whether another rule says what is wrong with a schema that refuses its example."""
    if mismatch.keyword == join(node.pointer, "oneOf"):
        return any(overlapping_one_ofs(node, scope))
    return _is_null_meant(mismatch, scope)


def invalid_schema_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's own examples break it, by more than its format."""
    return _own(
        scope, node, lambda found: not found.is_format and not _is_of_schema(found, node, scope)
    )


def schema_examples_of_other_format(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's own examples break formats."""
    return _own(scope, node, lambda found: found.is_format)


def invalid_defaults(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's default breaks it, by more than its format."""
    yield from _default(scope, node, lambda mismatch: not mismatch.is_format)


def defaults_of_other_format(node: Node, scope: Scope) -> Iterator[Finding]:
    """How a schema's default breaks its format."""
    yield from _default(scope, node, lambda mismatch: mismatch.is_format)


def _default(scope: Scope, node: Node, heeds: Callable[[Mismatch], bool]) -> Iterator[Finding]:
    if "default" in node.value:
        found = Mismatches(scope, heeds)
        default = join(node.pointer, "default")
        found.add(Example(node.pointer, default, node.value["default"], BOTH))
        yield from found.findings()


def _own(scope: Scope, node: Node, heeds: Callable[[Mismatch], bool]) -> Iterator[Finding]:
    for pointer, value in _examples(node):
        found = Mismatches(scope, heeds)
        found.add(Example(node.pointer, pointer, value, BOTH))
        yield from found.findings()


def _examples(node: Node) -> Iterator[tuple[str, Any]]:
    if "example" in node.value:
        yield join(node.pointer, "example"), node.value["example"]
    examples = node.value.get("examples")
    for index, value in enumerate(examples if isinstance(examples, list) else ()):
        yield join(node.pointer, "examples", index), value


CHECKS = (
    Check(INVALID_EXAMPLE, "openapi", invalid_examples),
    Check(INVALID_SCHEMA_EXAMPLE, "schema", invalid_schema_examples),
    Check(EXAMPLE_OF_OTHER_FORMAT, "openapi", examples_of_other_format),
    Check(EXAMPLE_OF_OTHER_FORMAT, "schema", schema_examples_of_other_format),
    Check(INVALID_DEFAULT, "schema", invalid_defaults),
    Check(DEFAULT_OF_OTHER_FORMAT, "schema", defaults_of_other_format),
)
