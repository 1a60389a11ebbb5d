"""The examples of a stream's media type into the items that they show.

Knows nothing of schemas or of rules.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.event_stream import sequential_kind

from .event_text import items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class StreamExample:
    """One example: where it stands and its items, or what is wrong with its text."""

    pointer: str
    items: tuple[Any, ...]
    fault: str | None = None


def stream_examples(media: Node, scope: Scope) -> Iterator[StreamExample]:
    """The examples of a stream, written as its text or as the list of its items."""
    kind = sequential_kind(str(media.key))
    for pointer, value in scope.examples(media) if kind else ():
        if isinstance(value, list):
            yield StreamExample(pointer, tuple(value))
        elif isinstance(value, str):
            yield _read(pointer, value, str(kind))


def _read(pointer: str, text: str, kind: str) -> StreamExample:
    found, wrong = items(text, kind)
    lines = ", ".join(f"line {number}" for number in wrong[:_ENOUGH])
    which = f"{lines} and {len(wrong) - _ENOUGH} more" if wrong[_ENOUGH:] else lines
    said = f"not what the media type says: {which} {'are' if wrong[1:] else 'is'} no JSON"
    return StreamExample(pointer, tuple(found), said if wrong else None)


def content(item: Any) -> Any:
    """What an item carries: the data of a server-sent event, read as JSON where it is JSON."""
    if not isinstance(item, dict) or not isinstance(item.get("data"), str):
        return item
    try:
        return json.loads(item["data"])
    except ValueError:
        return item["data"]


def name_of(item: Any, tag: str = "event") -> str | None:
    """The name of an event: by its data's tag, else by the stream's own `event` field."""
    for fields in (content(item), item):
        name = fields.get(tag) if isinstance(fields, dict) else None
        if isinstance(name, str):
            return name
    return item.get("event") if isinstance(item, dict) else None
