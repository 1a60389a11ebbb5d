"""What `x-stream-selector` names, against the operation's request and its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.pointer import join
from specloom.event_stream import sequential_kind
from specloom.lint.check import Finding

from .words import STREAM_SELECTOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope


def faults(operation: Node, scope: Scope) -> Iterator[Finding]:
    """Everything in the word that the operation does not have."""
    place, word = (
        join(operation.pointer, STREAM_SELECTOR.name),
        operation.value[STREAM_SELECTOR.name],
    )
    field = _field(operation.value, word["field"], scope)
    if field is None:
        message = f"the request body has no property {word['field']!r}"
        yield Finding(join(place, "field"), message)
    for key in ("stream", "json"):
        if field is not None and "enum" in field and word[key] not in field["enum"]:
            message = f"{word['field']!r} can't be {word[key]!r}"
            yield Finding(join(place, key), message)
    media_types = _success_media_types(operation.value, scope)
    if not any(sequential_kind(name) for name in media_types):
        yield Finding(join(place, "stream"), "no successful answer is a stream")
    if not any("json" in name and not sequential_kind(name) for name in media_types):
        yield Finding(join(place, "json"), "no successful answer is JSON")


def _field(operation: dict[str, Any], name: str, scope: Scope) -> dict[str, Any] | None:
    """The schema of a property of the request body; None if there is none."""
    content = scope.follow(operation.get("requestBody", {})).get("content", {})
    for media in content.values():
        for part in scope.parts(scope.follow(media).get("schema")):
            schema = scope.follow(part.get("properties", {}).get(name))
            if isinstance(schema, dict):
                return schema
    return None


def _success_media_types(operation: dict[str, Any], scope: Scope) -> list[str]:
    responses = operation.get("responses", {})
    return [
        name
        for status, response in responses.items()
        if status.startswith("2")
        for name in scope.follow(response).get("content", {})
    ]
