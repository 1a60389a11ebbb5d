"""What `x-pagination` names, against the operation's parameters and its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join, tokens
from specloom.lint.check import Finding

from .words import PAGINATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope


def faults(operation: Node, scope: Scope) -> Iterator[Finding]:
    """Everything in the word that the operation does not have."""
    place, word = join(operation.pointer, PAGINATION.name), operation.value[PAGINATION.name]
    parameters = _query_parameters(operation, scope)
    for key in word.keys() & {"page", "offset", "cursor", "size"}:
        if word[key] not in parameters:
            yield Finding(join(place, key), f"there is no query parameter {word[key]!r}")
    answers = _answers(operation.value, scope)
    for key in word.keys() & {"items", "next", "more"}:
        ends = [_end(schema, word[key], scope) for schema in answers]
        if not any(end is not None for end in ends):
            yield Finding(join(place, key), f"no successful answer has {word[key]!r}")
        elif key == "items" and not any(_may_be_list(end) for end in ends):
            yield Finding(join(place, key), f"{word[key]!r} is no list")


def _query_parameters(operation: Node, scope: Scope) -> set[str]:
    shared = operation.parent.get("parameters", ()) if isinstance(operation.parent, dict) else ()
    entries = (*shared, *operation.value.get("parameters", ()))
    parameters = [scope.follow(entry) for entry in entries]
    return {parameter["name"] for parameter in parameters if parameter.get("in") == "query"}


def _answers(operation: dict[str, Any], scope: Scope) -> list[Any]:
    """The schemas of the successful answers."""
    return [
        scope.follow(media).get("schema")
        for status, response in operation.get("responses", {}).items()
        if status.startswith("2")
        for media in scope.follow(response).get("content", {}).values()
    ]


def _end(schema: Any, pointer: str, scope: Scope) -> Any:
    """What a pointer into instances of a schema leads to, by its properties; None for nothing."""
    for token in tokens(pointer):
        parts = scope.parts(schema)
        found = [part["properties"][token] for part in parts if token in part.get("properties", {})]
        if not found:
            return None
        schema = found[0]
    return scope.follow(schema)


def _may_be_list(schema: Any) -> bool:
    kinds = schema.get("type", "array") if isinstance(schema, dict) else "array"
    return "array" in kinds
