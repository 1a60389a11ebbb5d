"""What our words say of an operation: what chooses a stream, how it pages, what may be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .calls import Call

SELECTOR_CHANGED: Final = kind(
    "DIF467 stream-selector-changed",
    BREAKING,
    BREAKING,
    "a stream is chosen by another field or value",
    "Who chooses by the old one gets the answer that was not asked for.",
)
SELECTOR_ADDED: Final = kind(
    "DIF468 stream-selector-told",
    SAFE,
    SAFE,
    "what chooses a stream is now told",
    "`x-stream-selector` is new; what it says was so before, as far as anybody knows.",
)
SELECTOR_REMOVED: Final = kind(
    "DIF469 stream-selector-untold",
    SAFE,
    SAFE,
    "what chooses a stream is no longer told",
    "`x-stream-selector` is gone; media types and schemas say what can still be answered.",
)
PAGING_CHANGED: Final = kind(
    "DIF470 paging-changed",
    BREAKING,
    BREAKING,
    "a list is paged otherwise",
    "`x-pagination` names other parameters or places; who pages the old way misses items, or "
    "reads them twice.",
)
PAGING_ADDED: Final = kind(
    "DIF471 paging-told",
    SAFE,
    SAFE,
    "how a list pages is now told",
    "`x-pagination` is new; what it says was so before, as far as anybody knows.",
)
PAGING_REMOVED: Final = kind(
    "DIF472 paging-untold",
    SAFE,
    SAFE,
    "how a list pages is no longer told",
    "`x-pagination` is gone; parameters and schemas say what can still be paged.",
)
ONCE: Final = kind(
    "DIF473 repeating-forbidden",
    RISKY,
    SAFE,
    "an operation may no longer be repeated without harm",
    "It was idempotent (RFC 9110 §9.2.2, `x-idempotent`); who sends it again after a failure may "
    "now do its work twice.",
)
AGAIN: Final = kind(
    "DIF474 repeating-allowed",
    SAFE,
    RISKY,
    "an operation may be repeated without harm",
    "It is idempotent now. Servers that speak the old document may do its work twice.",
)
KINDS: Final = (
    SELECTOR_CHANGED, SELECTOR_ADDED, SELECTOR_REMOVED, PAGING_CHANGED, PAGING_ADDED,
    PAGING_REMOVED, ONCE, AGAIN,
)  # fmt: skip

_WORDS: Final = (
    ("x-stream-selector", "what chooses a stream", SELECTOR_ADDED, SELECTOR_REMOVED,
     SELECTOR_CHANGED),
    ("x-pagination", "how the list pages", PAGING_ADDED, PAGING_REMOVED, PAGING_CHANGED),
)  # fmt: skip
_IDEMPOTENT: Final = "x-idempotent"
# RFC 9110 §9.2.2, and QUERY of OAS 3.2 §4.9.
_IDEMPOTENT_METHODS: Final = frozenset(
    {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"}
)


def changes(old: Call, new: Call) -> Iterator[Change]:
    """What changed of our words on an operation."""
    for word, what, added, removed, changed in _WORDS:
        before, after = old.operation.value.get(word), new.operation.value.get(word)
        places = f"{old.operation.pointer}/{word}", f"{new.operation.pointer}/{word}"
        if before == after:
            continue
        if before is None:
            yield added.change(f"{what} is now told", None, places[1])
        elif after is None:
            yield removed.change(f"{what} is no longer told", places[0], None)
        else:
            yield changed.change(f"{what} has changed", *places)
    if _idempotent(old) != _idempotent(new):
        kind_, state = (AGAIN, "now") if _idempotent(new) else (ONCE, "no longer")
        places = old.operation.pointer, new.operation.pointer
        yield kind_.change(f"the operation is {state} idempotent", *places)


def _idempotent(call: Call) -> bool:
    told = call.operation.value.get(_IDEMPOTENT)
    return told if isinstance(told, bool) else call.method in _IDEMPOTENT_METHODS
