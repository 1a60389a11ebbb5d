"""A 3.0 or 3.1 document into the same in OpenAPI 3.2, so that one dialect is left to know.

Changes spelling, and meaning only where none was: `nullable` beside `allOf` and the like, which
3.0 does not count, is counted. Knows nothing of corrections. (OAS 3.1 and 3.2, appendix on
migration; JSON Schema 2020-12.)
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from .copied import copied
from .pointer import join
from .walk import Node, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .load import Document

LIFTED: Final = "3.2.0"

_BOUNDS: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
_COUNTS: Final = {
    "minLength", "maxLength", "minItems", "maxItems", "minContains", "maxContains",
    "minProperties", "maxProperties",
}  # fmt: skip
_COMBINING: Final = {"allOf", "anyOf", "oneOf"}
_ANNOTATING: Final = {
    "title", "description", "default", "example", "examples", "deprecated", "readOnly",
    "writeOnly", "externalDocs",
}  # fmt: skip
_BESIDE_REFERENCE: Final = {"$ref", "description", "summary"}


def lift(tree: dict[str, Any]) -> dict[str, Any]:
    """A copy of the tree in OpenAPI 3.2."""
    lifted = copied(tree)
    deque(_lift(lifted), maxlen=0)
    return lifted


def lift_document(document: Document) -> Document:
    """The document in OpenAPI 3.2, where what is spelt elsewhere now knows where it was."""
    lifted = replace(document, tree=copied(document.tree), origins=dict(document.origins))
    for moved, written in _lift(lifted.tree):
        lifted.origins[moved] = lifted.origin(written)
    return lifted


def _lift(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Lift a tree in place; gives the pointer of what has moved, and the one that it had."""
    from_3_0 = str(tree["openapi"]).startswith("3.0")
    for node in walk(tree):
        if node.kind == "schema" and isinstance(node.value, dict):
            _lift_counts(node.value)
            if from_3_0:
                yield from _lift_schema(node)
    tree["openapi"] = LIFTED


def _lift_counts(schema: dict[str, Any]) -> None:
    # JSON Schema takes 10.0 for an integer (2020-12 Core §4.2.3), Python does not.
    for keyword in _COUNTS & schema.keys():
        count = schema[keyword]
        if isinstance(count, float) and count.is_integer():
            schema[keyword] = int(count)


def _lift_schema(node: Node) -> Iterator[tuple[str, str]]:
    schema = node.value
    if "$ref" in schema:
        # In 3.0 what stands beside a reference has no effect (OAS 3.0 §4.7.23).
        for keyword in set(schema) - _BESIDE_REFERENCE:
            del schema[keyword]
        return
    yield from _lift_nullable(node)
    for exclusive, inclusive in _BOUNDS.items():
        lift_bound(schema, exclusive, inclusive)
    if "example" in schema:
        schema["examples"] = [schema.pop("example")]
        yield join(node.pointer, "examples", 0), join(node.pointer, "example")


def _lift_nullable(node: Node) -> Iterator[tuple[str, str]]:
    schema = node.value
    if schema.pop("nullable", False) is not True:
        return
    if _is_whole(schema):
        schema["type"] = [schema["type"], "null"]
    elif not _COMBINING.isdisjoint(schema):
        was = _allow_null(schema)
        yield join(node.pointer, "anyOf", 0), join(node.pointer, *was)


def _is_whole(schema: dict[str, Any]) -> bool:
    """Whether a type speaks for itself, and not beside a reference in an `allOf` or the like."""
    alone = _COMBINING.isdisjoint(schema) or "properties" in schema or len(_parts(schema)) > 1
    return isinstance(schema.get("type"), str) and alone


def _parts(schema: dict[str, Any]) -> list[Any]:
    parts = schema.get("allOf")
    return parts if isinstance(parts, list) else []


def _allow_null(schema: dict[str, Any]) -> tuple[str | int, ...]:
    """Allow null beside what is said; gives where that was."""
    # By the letter it has no effect here (OAS 3.0.3 §4.7.24.1), yet nothing else can be meant.
    moved = [keyword for keyword in schema if keyword not in _ANNOTATING]
    said = {keyword: schema.pop(keyword) for keyword in moved}
    parts = _parts(said)
    is_part = len(parts) == len(said) == 1
    schema["anyOf"] = [parts[0] if is_part else said, {"type": "null"}]
    return ("allOf", 0) if is_part else ()


def lift_bound(schema: dict[str, Any], exclusive: str, inclusive: str) -> None:
    """Write a bound that a boolean says to be exclusive as 3.1 does: the bound itself is."""
    if schema.get(exclusive) is True and inclusive in schema:
        schema[exclusive] = schema.pop(inclusive)
    elif isinstance(schema.get(exclusive), bool):
        del schema[exclusive]
