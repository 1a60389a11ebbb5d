"""What is sent as a request's body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted

from . import content
from .both import places, said
from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both, Held
    from .calls import Call

REQUIRED_ADDED: Final = kind(
    "DIF250 required-body-added",
    BREAKING,
    RISKY,
    "a request body is new, and required",
    "Requests that were complete are refused.",
)
REQUIRED_REMOVED: Final = kind(
    "DIF251 required-body-removed",
    RISKY,
    BREAKING,
    "a required request body is gone",
    "A server may ignore it or refuse it where it is still sent; servers that speak the old "
    "document go on requiring it.",
)
OPTIONAL_ADDED: Final = kind(
    "DIF252 optional-body-added",
    SAFE,
    RISKY,
    "a request body is new, and optional",
    "Nobody sends it yet. Servers that speak the old document most likely ignore it.",
)
OPTIONAL_REMOVED: Final = kind(
    "DIF253 optional-body-removed",
    RISKY,
    SAFE,
    "an optional request body is gone",
    "Where it is still sent, a server may refuse it, or ignore what was asked for.",
)
BECAME_REQUIRED: Final = kind(
    "DIF254 body-became-required",
    BREAKING,
    SAFE,
    "a request body is now required",
    "Requests without it were complete, and are refused now.",
)
BECAME_OPTIONAL: Final = kind(
    "DIF255 body-became-optional",
    SAFE,
    BREAKING,
    "a request body is no longer required",
    "Servers that speak the old document refuse requests without it.",
)
MEDIA_TYPE_ADDED: Final = kind(
    "DIF256 request-media-type-added",
    SAFE,
    BREAKING,
    "a request body may have another media type",
    "Servers that speak the old document answer 415 to it.",
)
MEDIA_TYPE_REMOVED: Final = kind(
    "DIF257 request-media-type-removed",
    BREAKING,
    SAFE,
    "a request body may no longer have a media type",
    "Who sends it is answered 415 (RFC 9110 §15.5.16). Keep taking it for as long as it is sent.",
)
KINDS: Final = (
    REQUIRED_ADDED, REQUIRED_REMOVED, OPTIONAL_ADDED, OPTIONAL_REMOVED, BECAME_REQUIRED,
    BECAME_OPTIONAL, MEDIA_TYPE_ADDED, MEDIA_TYPE_REMOVED,
)  # fmt: skip

_FIELD: Final = "requestBody"


def changes(both: Both, old: Call, new: Call) -> Iterator[Change]:
    """What changed of the request body."""
    before, after = old.operation.child(_FIELD), new.operation.child(_FIELD)
    has = _FIELD in old.operation.value, _FIELD in new.operation.value
    if has == (False, True):
        found = REQUIRED_ADDED if said(after.value, "required") else OPTIONAL_ADDED
        yield found.change("a request body is new", None, after.pointer)
    elif has == (True, False):
        found = REQUIRED_REMOVED if said(before.value, "required") else OPTIONAL_REMOVED
        yield found.change("the request body is gone", before.pointer, None)
    elif all(has):
        yield from _changes(both, before, after)


def _changes(both: Both, old: Held, new: Held) -> Iterator[Change]:
    required = said(old.value, "required"), said(new.value, "required")
    if required == (False, True):
        message = "the request body is now required"
        yield BECAME_REQUIRED.change(message, *places(old, new, "required"))
    elif required == (True, False):
        message = "the request body is no longer required"
        yield BECAME_OPTIONAL.change(message, *places(old, new, "required"))
    found = content.media_types(old, new)
    for name, media in found.gone:
        message = f"the request body may no longer be {quoted(name)}"
        yield MEDIA_TYPE_REMOVED.change(message, media.pointer, None)
    for name, media in found.added:
        message = f"the request body may be {quoted(name)}"
        yield MEDIA_TYPE_ADDED.change(message, None, media.pointer)
    for name, before, after in found.both:
        yield from content.changes(both, before, after, name, Direction.REQUEST)
