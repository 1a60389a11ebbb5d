"""The links of an answer, which say what its values lead to and are not sent."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from specloom.diff.schemas.words import quoted

from .calls import calls
from .kind import SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change
    from specloom.diff.side import Side

    from .both import Held

ADDED: Final = kind(
    "DIF360 link-added",
    SAFE,
    SAFE,
    "an answer leads to another operation",
    "A link says what could be done before (OAS 3.2 §4.20); nothing of it is sent.",
)
REMOVED: Final = kind(
    "DIF361 link-removed",
    SAFE,
    SAFE,
    "an answer no longer leads to an operation",
    "Who follows links by the document finds none; nothing that is sent has changed.",
)
CHANGED: Final = kind(
    "DIF362 link-changed",
    SAFE,
    SAFE,
    "a link leads elsewhere, or with other values",
    "Who follows links by the document follows this one elsewhere; nothing that is sent has "
    "changed.",
)
KINDS: Final = (ADDED, REMOVED, CHANGED)

_TELLING: Final = ("operationRef", "parameters", "requestBody", "server")


def changes(old: Held, new: Held) -> Iterator[Change]:
    """What changed of the links of an answer."""
    before, after = old.children("links"), new.children("links")
    for name, link in after.items():
        if name not in before:
            yield ADDED.change(f"the link {quoted(name)} is new", None, link.pointer)
        elif not _alike(before[name], link):
            places = before[name].pointer, link.pointer
            yield CHANGED.change(f"the link {quoted(name)} has changed", *places)
    for name, link in before.items():
        if name not in after:
            yield REMOVED.change(f"the link {quoted(name)} is gone", link.pointer, None)


def _alike(old: Held, new: Held) -> bool:
    if any(old.value.get(field) != new.value.get(field) for field in _TELLING):
        return False
    if old.value.get("operationId") == new.value.get("operationId"):
        return True
    before, after = _targets(old), _targets(new)
    return bool(before & after) or not (before or after)


def _targets(link: Held) -> set[tuple[str, str]]:
    """The operation that a link names, whatever its name is."""
    return _by_identifier(link.side).get(str(link.value.get("operationId")), set())


@lru_cache(maxsize=2)
def _by_identifier(side: Side) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for call in calls(side, "paths"):
        found.setdefault(call.identifier, set()).add(call.key)
    return found
