"""The answers of an operation: their statuses, and what each holds.

`4XX` and `default` speak for every status that is not told by itself (OAS 3.2 §4.17).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diff.change import Direction

from . import content, headers, links
from .both import Held
from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .both import Both
    from .calls import Call

STATUS_CHANGED: Final = kind(
    "DIF300 success-status-changed",
    BREAKING,
    BREAKING,
    "success has another status",
    "Who looks for the old status takes the answer for a failure.",
)
SUCCESS_ADDED: Final = kind(
    "DIF301 success-status-added",
    RISKY,
    SAFE,
    "an operation may succeed, or redirect, with another status",
    "Who does not know it treats it as the first of its class (RFC 9110 §15), and may not know "
    "what it holds.",
)
SUCCESS_REMOVED: Final = kind(
    "DIF302 success-status-removed",
    SAFE,
    RISKY,
    "an operation no longer succeeds, or redirects, with a status",
    "Servers that speak the old document may go on answering it, and who does not know it may "
    "not know what it holds.",
)
ERROR_ADDED: Final = kind(
    "DIF303 error-status-added",
    SAFE,
    SAFE,
    "an operation may fail with another status",
    "Who does not know it treats it as the first of its class (RFC 9110 §15), as any failure.",
)
ERROR_REMOVED: Final = kind(
    "DIF304 error-status-removed",
    SAFE,
    SAFE,
    "an operation no longer fails with a status",
    "Nobody gets it any more. Any failure may happen whatever the document says.",
)
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
KINDS: Final = (
    STATUS_CHANGED, SUCCESS_ADDED, SUCCESS_REMOVED, ERROR_ADDED, ERROR_REMOVED, MEDIA_TYPE_ADDED,
    MEDIA_TYPE_REMOVED, CONTENT_ADDED, CONTENT_REMOVED,
)  # fmt: skip

_Responses = dict[str, Held]


def changes(both: Both, old: Call, new: Call) -> Iterator[Change]:
    """What changed of the answers."""
    before, after = _responses(old), _responses(new)
    gone = [status for status in before if status not in after]
    added = [status for status in after if status not in before]
    for status in after:
        if status in before:
            yield from _changes(both, before[status], after[status], status)
    changed = _changed_success(gone, added)
    if changed:
        status, now = changed
        places = before[status].pointer, after[now].pointer
        yield STATUS_CHANGED.change(f"success is {now}, and was {status}", *places)
        yield from _changes(both, before[status], after[now], now)
        gone.remove(status)
        added.remove(now)
    for status in added:
        if known := _covering(status, before):
            yield from _changes(both, before[known], after[status], status)
        else:
            found = SUCCESS_ADDED if _is_success(status, after) else ERROR_ADDED
            yield found.change(f"the answer may be {status}", None, after[status].pointer)
    for status in gone:
        if known := _covering(status, after):
            yield from _changes(both, before[status], after[known], status)
        else:
            found = SUCCESS_REMOVED if _is_success(status, before) else ERROR_REMOVED
            yield found.change(f"the answer is no longer {status}", before[status].pointer, None)


def _responses(call: Call) -> _Responses:
    entries = call.operation.children("responses")
    return {status: one for status, one in entries.items() if not status.startswith("x-")}


def _changed_success(gone: list[str], added: list[str]) -> tuple[str, str] | None:
    """The one status of success that is gone, and the one that is there in its place."""
    old, new = ([one for one in some if one.startswith("2")] for some in (gone, added))
    return (old[0], new[0]) if len(old) == len(new) == 1 else None


def _is_success(status: str, known: _Responses) -> bool:
    """Whether a status is no failure; `default` is none where nothing else tells of success."""
    if status == "default":
        return not any(one.startswith("2") for one in known)
    return status.startswith(("2", "3"))


def _covering(status: str, known: _Responses) -> str:
    """What spoke for a status that is not told by itself; nothing if nothing did."""
    if status != (same_class := f"{status[:1]}XX") and same_class in known:
        return same_class
    fits = "default" in known and _is_success(status, known) == _is_success("default", known)
    return "default" if fits and status != "default" else ""


def _changes(both: Both, old: Held, new: Held, status: str) -> Iterator[Change]:
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
        message = f"the answer {status} is no longer `{name}`"
        yield MEDIA_TYPE_REMOVED.change(message, media.pointer, None)
    for name, media in found.added:
        yield MEDIA_TYPE_ADDED.change(f"the answer {status} may be `{name}`", None, media.pointer)
    for name, before, after in found.both:
        yield from content.changes(both, before, after, name, Direction.RESPONSE)
