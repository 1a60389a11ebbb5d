"""Rules on streams: their events are described, and their examples are such events in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.diagnostics import Rule, Severity
from specloom.document.pointer import from_reference, join
from specloom.event_stream import order_faults, sequential_kind
from specloom.lint.check import Check, Finding
from specloom.lint.own_words.words import EVENT_STREAM

from .event_schemas import carried, is_text
from .stream_examples import content, name_of, stream_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

STREAM_OF_TEXT = Rule(
    "OAS701",
    "stream-of-text",
    "stream does not say what its events are",
    "The schema of the stream is a string, or missing, so neither a client nor a test knows what "
    "an event holds. OpenAPI 3.2 says it by `itemSchema`: an object whose `data` is a string with "
    "`contentMediaType: application/json` and the event's schema as `contentSchema` "
    "(OAS 3.2 §4.14.3).",
    Severity.WARNING,
)
INVALID_STREAM_EXAMPLE = Rule(
    "OAS702",
    "invalid-stream-example",
    "an event of a stream's example breaks its schema",
    "The example was read as the stream that it shows, and each event compared with the schema of "
    "the stream's events: `itemSchema`, else a `schema` that is no string, else the schema that "
    "the document's discriminators map the event's tag to.",
)
STREAM_EXAMPLE_ORDER = Rule(
    "OAS703",
    "stream-example-order",
    "a stream's example breaks the order that x-event-stream gives",
    "`x-event-stream` says which events end a stream, which may follow the end and which fields "
    "stay the same. The example must be such a stream.",
)


def streams_of_text(node: Node, scope: Scope) -> Iterator[Finding]:
    """The schema of a stream that says nothing of its events."""
    if sequential_kind(str(node.key)) and "itemSchema" not in node.value:
        schema = node.value.get("schema")
        if is_text(scope.follow(schema)):
            place = node.pointer if schema is None else join(node.pointer, "schema")
            yield Finding(place, STREAM_OF_TEXT.summary, "describe one event in itemSchema")


def invalid_examples(node: Node, scope: Scope) -> Iterator[Finding]:
    """How the events of a stream's examples break their schemas."""
    for example in stream_examples(node, scope):
        if example.fault:
            yield Finding(example.pointer, example.fault)
        for number, item in enumerate(example.items, 1):
            name = name_of(item)
            for message in _mismatches(node, item, scope):
                which = f"event {number} ({name})" if name else f"event {number}"
                yield Finding(example.pointer, f"{which}: {message}")


def _mismatches(media: Node, item: Any, scope: Scope) -> Iterator[str]:
    """How an item breaks the schema of the stream's items."""
    schema, value = _schema_of(media, item, scope)
    for mismatch in scope.instances.mismatches(schema, value) if schema else ():
        yield f"{mismatch.pointer}: {mismatch.message}".removeprefix(": ")


def _schema_of(media: Node, item: Any, scope: Scope) -> tuple[str | None, Any]:
    """The schema that an item, or what it carries, must fit, and which of the two."""
    if "itemSchema" in media.value:
        return join(media.pointer, "itemSchema"), item
    value = content(item)
    places = carried(media, scope)
    return places[0][0] if places else _mapped_schema(value, scope), value


def _mapped_schema(value: Any, scope: Scope) -> str | None:
    """The schema that a discriminator maps a value's tag to, if only one does."""
    fields = value if isinstance(value, dict) else {}
    found = {
        mapping[fields[tag]]
        for tag, mapping in scope.mappings
        if isinstance(fields.get(tag), str) and fields[tag] in mapping
    }
    target = found.pop() if len(found) == 1 else ""
    return from_reference(target) if target.startswith("#") else None


def example_orders(node: Node, scope: Scope) -> Iterator[Finding]:
    """How the order of a stream's examples breaks what x-event-stream says."""
    word = node.value.get(EVENT_STREAM.name)
    if isinstance(word, dict) and not any(EVENT_STREAM.shape_faults(node)):
        for example in stream_examples(node, scope):
            for fault in order_faults([content(item) for item in example.items], word):
                yield Finding(example.pointer, fault)


CHECKS = (
    Check(STREAM_OF_TEXT, "media-type", streams_of_text),
    Check(INVALID_STREAM_EXAMPLE, "media-type", invalid_examples),
    Check(STREAM_EXAMPLE_ORDER, "media-type", example_orders),
)
