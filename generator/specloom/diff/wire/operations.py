"""Operations that are gone, new or moved, and what is said of one as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.schemas.words import quoted

from .both import places as places_of
from .both import said
from .kind import BREAKING, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .calls import Call

REMOVED: Final = kind(
    "DIF100 operation-removed",
    BREAKING,
    SAFE,
    "an operation is gone",
    "Clients that call it are answered 404 or 405. Deprecate it first, and keep it for as long as "
    "it is called.",
)
ADDED: Final = kind(
    "DIF101 operation-added",
    SAFE,
    BREAKING,
    "an operation is new",
    "No client calls it yet. Servers that speak the old document do not know it.",
)
MOVED: Final = kind(
    "DIF102 operation-moved",
    BREAKING,
    BREAKING,
    "an operation has another method or path",
    "It is known by its operationId. To callers it is gone from where they call it; answer there, "
    "too, for as long as they do.",
)
DEPRECATED: Final = kind(
    "DIF110 operation-deprecated",
    SAFE,
    SAFE,
    "an operation is deprecated",
    "It goes on as before, but callers should look for another (OAS 3.2 §4.10).",
)
RESTORED: Final = kind(
    "DIF111 operation-no-longer-deprecated",
    SAFE,
    SAFE,
    "an operation is no longer deprecated",
    "Callers may go on with it, and need not look for another.",
)
KINDS: Final = (REMOVED, ADDED, MOVED, DEPRECATED, RESTORED)


def removed(call: Call) -> Change:
    """An operation that the new document does not have."""
    return REMOVED.change("the operation is gone", call.operation.pointer, None)


def added(call: Call) -> Change:
    """An operation that the old document does not have."""
    return ADDED.change("the operation is new", None, call.operation.pointer)


def changes(old: Call, new: Call) -> Iterator[Change]:
    """What changed of an operation as a whole."""
    places = old.operation.pointer, new.operation.pointer
    if old.key != new.key:
        yield MOVED.change(f"{quoted(old.name)} is now {quoted(new.name)}", *places)
    places = places_of(old.operation, new.operation, "deprecated")
    deprecated = said(old.operation.value, "deprecated"), said(new.operation.value, "deprecated")
    if deprecated == (False, True):
        yield DEPRECATED.change("the operation is deprecated", *places)
    elif deprecated == (True, False):
        yield RESTORED.change("the operation is no longer deprecated", *places)
