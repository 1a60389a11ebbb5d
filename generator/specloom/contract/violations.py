"""The ways in which an answer can stray from the document.

Knows nothing of how they are found.
"""

from __future__ import annotations

from dataclasses import dataclass

from specloom.diagnostics import Rule

UNDOCUMENTED_STATUS = Rule(
    "CON010",
    "undocumented-status",
    "an answer has a status that the operation doesn't document",
    "A status is documented by itself, by its class (`4XX`) or by `default` (OAS 3.2 §4.16).",
)
UNDOCUMENTED_MEDIA_TYPE = Rule(
    "CON011",
    "undocumented-media-type",
    "an answer has a media type that the operation doesn't document",
    "The Content-Type of an answer must be among those under `content` of its status.",
)
INVALID_BODY = Rule(
    "CON012",
    "invalid-body",
    "an answer's body breaks its schema",
    "The body was held to the schema by JSON Schema 2020-12, formats included.",
)
INVALID_EVENT = Rule(
    "CON013",
    "invalid-event",
    "an event of a stream breaks its schema",
    "Each event was held to `itemSchema`, and its data to `contentSchema`.",
)
EVENT_ORDER = Rule(
    "CON014",
    "event-order",
    "the events of a stream follow one another wrongly",
    "`x-event-stream` says which events end a stream, what may come after, what stays the same.",
)

RULES = (
    UNDOCUMENTED_STATUS,
    UNDOCUMENTED_MEDIA_TYPE,
    INVALID_BODY,
    INVALID_EVENT,
    EVENT_ORDER,
)


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with an answer; `pointer` is the place in its body or its list of events."""

    rule: Rule
    message: str
    pointer: str = ""
