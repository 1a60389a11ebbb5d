"""Rules on streams of events as text: each ends with a blank line, and the order is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Rule, Severity
from specloom.event_stream import EVENT_STREAM as MEDIA_TYPE
from specloom.event_stream import sequential_kind
from specloom.lint.check import Check, Finding
from specloom.lint.mapped import tag_of
from specloom.lint.own_words.words import EVENT_STREAM

from .event_schemas import alternatives, carried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

EVENTS_RUN_TOGETHER = Rule(
    "OAS704",
    "events-run-together",
    "events of an example are not set apart by a blank line",
    "A reader gives out an event at the blank line behind it, and joins the `data` lines before "
    "(WHATWG HTML §9.2.6). Without one the example shows a single event whose data is no JSON.",
    Severity.WARNING,
)
UNTOLD_ORDER = Rule(
    "OAS705",
    "untold-order",
    "nothing says which events end the stream",
    "Its events have tags, and no schema can say which of them end the stream or report an "
    "error: a client can't tell a whole stream from one that broke off. Say it by "
    "`x-event-stream` on the media type.",
    Severity.INFO,
)


def run_together(node: Node, scope: Scope) -> Iterator[Finding]:
    """The examples in which one event follows another without a blank line."""
    if sequential_kind(str(node.key)) == MEDIA_TYPE:
        for pointer, value in scope.examples(node):
            number = _joined(value) if isinstance(value, str) else None
            if number:
                message = f"line {number} begins another event, without a blank line before it"
                yield Finding(pointer, message)


def _joined(text: str) -> int | None:
    """The number of the first line whose data is whole, and so is that of the line before."""
    was_whole = False
    for number, line in enumerate(text.splitlines(), 1):
        is_whole = line.startswith("data:") and _is_object(line[5:])
        if is_whole and was_whole:
            return number
        was_whole = is_whole
    return None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def untold_orders(node: Node, scope: Scope) -> Iterator[Finding]:
    """The stream whose events have a tag, if no word says which of them end it."""
    if sequential_kind(str(node.key)) != MEDIA_TYPE or EVENT_STREAM.name in node.value:
        return
    for place in carried(node, scope):
        for _, schema in alternatives(place, scope):
            tag = tag_of(schema)
            if tag:
                message = f"nothing says which events of the tag {tag!r} end the stream"
                yield Finding(node.pointer, message, "add `x-event-stream`")
                return


CHECKS: Final = (
    Check(EVENTS_RUN_TOGETHER, "media-type", run_together),
    Check(UNTOLD_ORDER, "media-type", untold_orders),
)
