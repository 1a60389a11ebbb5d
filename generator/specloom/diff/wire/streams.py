"""How a stream's items are described, and what `x-event-stream` says of their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.schemas.words import quoted

from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Held
    from .kind import Kind

ITEMS: Final = kind(
    "DIF450 stream-schema-replaced",
    RISKY,
    RISKY,
    "a stream is described item by item, and was as a whole, or the reverse",
    "`itemSchema` is of each item, `schema` of all together (OAS 3.2 §4.14.3); what one says can't "
    "be held against the other.",
)
TAG: Final = kind(
    "DIF451 event-tag-changed",
    BREAKING,
    BREAKING,
    "another property names the events of a stream",
    "Events are told apart by `tag` of `x-event-stream`; by the old one they can't be.",
)
END_ADDED: Final = kind(
    "DIF452 stream-end-added",
    BREAKING,
    SAFE,
    "another event ends a stream",
    "Who does not know it waits for more, or takes the stream for broken off.",
)
END_REMOVED: Final = kind(
    "DIF453 stream-end-removed",
    SAFE,
    BREAKING,
    "an event no longer ends a stream",
    "Servers that speak the old document go on ending their streams with it.",
)
LATE_ADDED: Final = kind(
    "DIF454 late-event-added",
    RISKY,
    SAFE,
    "another event may follow the end of a stream",
    "Who stops reading at the end misses it, or leaves the connection with data unread.",
)
LATE_REMOVED: Final = kind(
    "DIF455 late-event-removed",
    SAFE,
    RISKY,
    "an event no longer follows the end of a stream",
    "Servers that speak the old document may go on sending it.",
)
CONSTANT_ADDED: Final = kind(
    "DIF456 stream-constant-added",
    SAFE,
    RISKY,
    "another property is the same in all events of a stream",
    "Servers that speak the old document do not promise it: it may differ from event to event.",
)
CONSTANT_REMOVED: Final = kind(
    "DIF457 stream-constant-removed",
    RISKY,
    SAFE,
    "a property may differ from event to event",
    "Who read it from one event for all may be wrong now.",
)
KEEP_ALIVE_ADDED: Final = kind(
    "DIF458 keep-alive-added",
    RISKY,
    SAFE,
    "a stream is kept alive by an event without data",
    "Who does not know the event may take it for one with data.",
)
KEEP_ALIVE_REMOVED: Final = kind(
    "DIF459 keep-alive-removed",
    SAFE,
    RISKY,
    "a stream is no longer kept alive by an event",
    "Servers that speak the old document may go on sending it.",
)
ERROR_ADDED: Final = kind(
    "DIF461 stream-error-added",
    RISKY,
    SAFE,
    "an event reports an error within a stream",
    "Who does not know it takes an answer that failed for one that did not.",
)
ERROR_REMOVED: Final = kind(
    "DIF462 stream-error-removed",
    SAFE,
    RISKY,
    "no event reports an error within a stream any more",
    "Servers that speak the old document may go on sending it.",
)
REPLACED: Final = kind(
    "DIF463 stream-event-replaced",
    BREAKING,
    BREAKING,
    "another event reports errors or keeps a stream alive",
    "Who waits for the old one does not know the new one, and takes it for one of the answer's.",
)
TEXT: Final = kind(
    "DIF464 stream-text-changed",
    RISKY,
    RISKY,
    "the text of a stream is carried by another event or field",
    "`text` and `replacement` of `x-event-stream` say where the text is; from elsewhere it is "
    "gathered in part, or not at all.",
)
ORDER_ADDED: Final = kind(
    "DIF465 stream-order-told",
    SAFE,
    SAFE,
    "the order of a stream's events is now told",
    "`x-event-stream` is new. It says what was so before, as far as anybody knows.",
)
ORDER_REMOVED: Final = kind(
    "DIF466 stream-order-untold",
    SAFE,
    SAFE,
    "the order of a stream's events is no longer told",
    "`x-event-stream` is gone, so nothing says which event ends the stream.",
)
KINDS: Final = (
    ITEMS, TAG, END_ADDED, END_REMOVED, LATE_ADDED, LATE_REMOVED, CONSTANT_ADDED, CONSTANT_REMOVED,
    KEEP_ALIVE_ADDED, KEEP_ALIVE_REMOVED, ERROR_ADDED, ERROR_REMOVED, REPLACED, TEXT, ORDER_ADDED,
    ORDER_REMOVED,
)  # fmt: skip

_WORD: Final = "x-event-stream"


class _List(NamedTuple):
    """A list of the word: what each entry says, and the kinds of one more and one less."""

    field: str
    says: str
    added: Kind
    removed: Kind


_LISTS: Final = (
    _List("ends", "ends the stream", END_ADDED, END_REMOVED),
    _List("after-end", "follows the end of the stream", LATE_ADDED, LATE_REMOVED),
    _List("constant", "is the same in all events", CONSTANT_ADDED, CONSTANT_REMOVED),
)
_EVENTS: Final = (
    _List("keep-alive", "keeps the stream alive", KEEP_ALIVE_ADDED, KEEP_ALIVE_REMOVED),
    _List("error", "reports an error", ERROR_ADDED, ERROR_REMOVED),
)


def same_framing(old: Held, new: Held) -> bool:
    """Whether both are described as a whole, or both item by item."""
    fields = [{"schema", "itemSchema"} & media.value.keys() for media in (old, new)]
    return bool(fields[0] & fields[1]) or not all(fields)


def changes(old: Held, new: Held) -> Iterator[Change]:
    """What changed of the order of a stream's events."""
    before, after = old.value.get(_WORD), new.value.get(_WORD)
    if before == after:
        return
    places = f"{old.pointer}/{_WORD}", f"{new.pointer}/{_WORD}"
    if not isinstance(before, dict):
        yield ORDER_ADDED.change("the order of the events is now told", None, places[1])
    elif not isinstance(after, dict):
        yield ORDER_REMOVED.change("the order of the events is no longer told", places[0], None)
    else:
        yield from _word_changes(before, after, places)


def _word_changes(
    old: dict[str, Any], new: dict[str, Any], places: tuple[str, str]
) -> Iterator[Change]:
    if old.get("tag") != new.get("tag"):
        yield TAG.change(f"events are told apart by {quoted(new.get('tag'))}", *places)
    for listed in _LISTS:
        before, after = (_names(word.get(listed.field)) for word in (old, new))
        for name in after:
            if name not in before:
                yield listed.added.change(f"{quoted(name)} {listed.says}", *places)
        for name in before:
            if name not in after:
                yield listed.removed.change(f"{quoted(name)} no longer {listed.says}", *places)
    for event in _EVENTS:
        yield from _event_changes(event, old.get(event.field), new.get(event.field), places)
    for field in ("text", "replacement"):
        if old.get(field) != new.get(field):
            yield TEXT.change(f"{quoted(field)} is carried otherwise", *places)


def _event_changes(event: _List, old: Any, new: Any, places: tuple[str, str]) -> Iterator[Change]:
    if old == new:
        return
    if old is None:
        yield event.added.change(f"{quoted(new)} {event.says}", *places)
    elif new is None:
        yield event.removed.change(f"{quoted(old)} no longer {event.says}", *places)
    else:
        yield REPLACED.change(f"{quoted(new)} {event.says} in place of {quoted(old)}", *places)


def _names(value: Any) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else []
