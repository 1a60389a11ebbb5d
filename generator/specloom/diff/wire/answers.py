"""What one answer of an operation holds, whatever its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction
from specloom.diff.schemas.words import quoted

from . import content, headers, links
from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both, Held

MEDIA_TYPE_ADDED: Final = kind(
    "DIF305 response-media-type-added",
    RISKY,
    BREAKING,
    "an answer may have another media type",
    "Who does not say in `Accept` what it reads may get it. Servers that speak the old document "
    "can't give it to those who ask for it.",
)
MEDIA_TYPE_REMOVED: Final = kind(
    "DIF306 response-media-type-removed",
    BREAKING,
    RISKY,
    "an answer no longer has a media type",
    "Who asks for it is answered 406, or in another.",
)
CONTENT_ADDED: Final = kind(
    "DIF307 response-content-added",
    SAFE,
    BREAKING,
    "an answer now has a body",
    "Who did not look for a body does not see it. Servers that speak the old document send none.",
)
CONTENT_REMOVED: Final = kind(
    "DIF308 response-content-removed",
    BREAKING,
    SAFE,
    "an answer no longer has a body",
    "Who reads it finds nothing there.",
)
ERROR_BODY_UNTOLD: Final = kind(
    "DIF311 error-body-untold",
    RISKY,
    SAFE,
    "an error is told by itself, without the body that was told of its class",
    "`4XX`, `5XX` or `default` promised a body that is not told of this status. Where it is sent "
    "all the same, say so; who reads it otherwise finds nothing.",
)
ERROR_BODY_TOLD: Final = kind(
    "DIF312 error-body-told",
    SAFE,
    RISKY,
    "an error is told by its class, with a body that was not told of it",
    "`4XX`, `5XX` or `default` speaks for it now, and promises a body. Servers that speak the "
    "old document may send none.",
)
KINDS: Final = (
    MEDIA_TYPE_ADDED, MEDIA_TYPE_REMOVED, CONTENT_ADDED, CONTENT_REMOVED, ERROR_BODY_UNTOLD,
    ERROR_BODY_TOLD,
)  # fmt: skip


def changes(both: Both, old: Held, new: Held, status: str) -> Iterator[Change]:
    """What changed of one answer."""
    has = bool(old.value.get("content")), bool(new.value.get("content"))
    if has == (False, True):
        message = f"the answer {status} now has a body"
        yield CONTENT_ADDED.change(message, old.pointer, new.pointer)
    elif has == (True, False):
        message = f"the answer {status} no longer has a body"
        yield CONTENT_REMOVED.change(message, old.pointer, new.pointer)
    else:
        yield from _content_changes(both, old, new, status)
    yield from headers.changes(both, old, new)
    yield from links.changes(old, new)


def _content_changes(both: Both, old: Held, new: Held, status: str) -> Iterator[Change]:
    found = content.media_types(old, new)
    for name, media in found.gone:
        message = f"the answer {status} is no longer {quoted(name)}"
        yield MEDIA_TYPE_REMOVED.change(message, media.pointer, None)
    for name, media in found.added:
        yield MEDIA_TYPE_ADDED.change(
            f"the answer {status} may be {quoted(name)}", None, media.pointer
        )
    for name, before, after in found.both:
        yield from content.changes(both, before, after, name, Direction.RESPONSE)


def of_class(both: Both, old: Held, new: Held, status: str) -> Iterator[Change]:
    """What changed of an answer that is told by itself in one document, by its class in another."""
    has = bool(old.value.get("content")), bool(new.value.get("content"))
    if status.startswith("2") or has[0] == has[1]:
        yield from changes(both, old, new, status)
    elif has[0]:
        message = f"the answer {status} is told by itself now, without a body"
        yield ERROR_BODY_UNTOLD.change(message, old.pointer, new.pointer)
    else:
        message = f"the answer {status} is told by its class now, with a body"
        yield ERROR_BODY_TOLD.change(message, old.pointer, new.pointer)
