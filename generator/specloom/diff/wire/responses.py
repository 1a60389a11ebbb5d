"""The answers of an operation: which statuses they have.

`4XX` and `default` speak for every status that is not told by itself (OAS 3.2 §4.17).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import answers
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
SUCCESS_GONE: Final = kind(
    "DIF309 success-gone",
    BREAKING,
    SAFE,
    "an operation no longer succeeds at all",
    "It had a status of success, and only failures are left: who calls it is answered nothing "
    "that it can use.",
)
SUCCESS_TOLD: Final = kind(
    "DIF310 success-told",
    SAFE,
    BREAKING,
    "an operation succeeds, and nothing told that it could",
    "Nobody looks for an answer yet. Servers that speak the old document only fail.",
)
KINDS: Final = (
    STATUS_CHANGED, SUCCESS_ADDED, SUCCESS_REMOVED, ERROR_ADDED, ERROR_REMOVED, SUCCESS_GONE,
    SUCCESS_TOLD,
)  # fmt: skip

_Responses = dict[str, Held]


def changes(both: Both, old: Call, new: Call) -> Iterator[Change]:
    """What changed of the answers."""
    before, after = _responses(old), _responses(new)
    gone = [status for status in before if status not in after]
    added = [status for status in after if status not in before]
    for status in after:
        if status in before:
            yield from answers.changes(both, before[status], after[status], status)
    for status in [one for one in added if _covering(one, before)]:
        added.remove(status)
        yield from answers.of_class(both, before[_covering(status, before)], after[status], status)
    for status in [one for one in gone if _covering(one, after)]:
        gone.remove(status)
        yield from answers.of_class(both, before[status], after[_covering(status, after)], status)
    yield from _success_changes(both, before, after, (gone, added))
    for status in added:
        found = SUCCESS_ADDED if _is_success(status, after) else ERROR_ADDED
        found = SUCCESS_TOLD if found is SUCCESS_ADDED and not _successes(before) else found
        yield found.change(f"the answer may be {status}", None, after[status].pointer)
    for status in gone:
        found = SUCCESS_REMOVED if _is_success(status, before) else ERROR_REMOVED
        found = SUCCESS_GONE if found is SUCCESS_REMOVED and not _successes(after) else found
        yield found.change(f"the answer is no longer {status}", before[status].pointer, None)


def _success_changes(
    both: Both, before: _Responses, after: _Responses, statuses: tuple[list[str], list[str]]
) -> Iterator[Change]:
    """What took the place of the successes of before; takes both from the statuses."""
    gone, added = statuses
    lost = [one for one in gone if _is_success(one, before)]
    come = [one for one in added if _is_success(one, after)]
    old, new = ([one for one in some if one.startswith("2")] for some in (lost, come))
    if len(old) == len(new) == 1:
        lost, come = old, new
        yield from answers.changes(both, before[old[0]], after[new[0]], new[0])
    elif not (old or new) or lost != _successes(before) or come != _successes(after):
        return
    if lost and come:
        message = f"success is {' or '.join(come)}, and was {' or '.join(lost)}"
        yield STATUS_CHANGED.change(message, before[lost[0]].pointer, after[come[0]].pointer)
        gone[:] = [one for one in gone if one not in lost]
        added[:] = [one for one in added if one not in come]


def _responses(call: Call) -> _Responses:
    entries = call.operation.children("responses")
    return {status: one for status, one in entries.items() if not status.startswith("x-")}


def _successes(known: _Responses) -> list[str]:
    return [status for status in known if _is_success(status, known)]


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
