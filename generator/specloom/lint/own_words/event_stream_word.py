"""What `x-event-stream` names, against what the schemas of the stream's events say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.pointer import join
from specloom.event_stream import sequential_kind
from specloom.lint.check import Finding
from specloom.lint.streams.event_schemas import carried, property_names, tag_values

from .words import EVENT_STREAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.walk import Node
    from specloom.lint.scope import Scope

_TEXTS: Final = ("text", "replacement")


def faults(media: Node, scope: Scope) -> Iterator[Finding]:
    """Every name in the word that the stream's events do not know."""
    place, word = join(media.pointer, EVENT_STREAM.name), media.value[EVENT_STREAM.name]
    schemas = carried(media, scope)
    if not sequential_kind(str(media.key)):
        yield Finding(place, f"{media.key} is no stream of events")
    elif not schemas:
        yield Finding(place, "no schema says what the events are", "describe one in itemSchema")
    else:
        names = property_names(schemas, scope)
        tags = tag_values(schemas, word["tag"], scope)
        yield from _unknown(place, _properties(word), names, "property")
        yield from _unknown(place, _events(word), tags, "event")


def _properties(word: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where the word names properties of events, and which."""
    yield ("tag",), word["tag"]
    yield from ((("constant", index), name) for index, name in enumerate(word.get("constant", ())))
    yield from (((key, "field"), word[key]["field"]) for key in _TEXTS if key in word)


def _events(word: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where the word names events, and which; a keep-alive has no data, and so no schema."""
    for field in ("ends", "after-end"):
        yield from (((field, index), name) for index, name in enumerate(word.get(field, ())))
    if "error" in word:
        yield ("error",), word["error"]
    yield from (((key, "event"), word[key]["event"]) for key in _TEXTS if key in word)


def _unknown(
    place: str, named: Iterator[tuple[tuple[str | int, ...], str]], known: set[str], kind: str
) -> Iterator[Finding]:
    for where, name in named:
        if name not in known:
            hint = f"known are {', '.join(sorted(map(str, known)))}" if known else None
            yield Finding(join(place, *where), f"no event schema has the {kind} {name!r}", hint)
