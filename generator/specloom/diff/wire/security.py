"""What an operation asks of its callers: alternatives, each of schemes and scopes (OAS 3.2 §4.30).

An old alternative goes on being accepted if some new one asks for nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.schemas.words import quoted

from .kind import BREAKING, SAFE, Kind, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.diff.change import Change

    from .calls import Call
    from .schemes import Schemes

ANONYMOUS_REFUSED: Final = kind(
    "DIF400 anonymous-refused",
    BREAKING,
    SAFE,
    "an operation can no longer be called without a key",
    "Calls without one are answered 401, and whoever makes them needs a key first.",
)
ANONYMOUS_ALLOWED: Final = kind(
    "DIF401 anonymous-allowed",
    SAFE,
    BREAKING,
    "an operation can be called without a key",
    "Servers that speak the old document answer 401 to calls without one.",
)
REMOVED: Final = kind(
    "DIF402 security-removed",
    BREAKING,
    SAFE,
    "an operation no longer accepts a way to authenticate",
    "Calls that use it are answered 401, and whoever makes them needs another key or token first.",
)
ADDED: Final = kind(
    "DIF403 security-added",
    SAFE,
    BREAKING,
    "an operation accepts another way to authenticate",
    "Servers that speak the old document answer 401 to calls that use it.",
)
SCOPE_REQUIRED: Final = kind(
    "DIF404 scope-required",
    BREAKING,
    SAFE,
    "an operation requires another scope",
    "Tokens without it are answered 403, and whoever has one must ask for another.",
)
SCOPE_DROPPED: Final = kind(
    "DIF405 scope-no-longer-required",
    SAFE,
    BREAKING,
    "an operation no longer requires a scope",
    "Servers that speak the old document answer 403 to tokens without it.",
)
KINDS: Final = (
    ANONYMOUS_REFUSED, ANONYMOUS_ALLOWED, REMOVED, ADDED, SCOPE_REQUIRED, SCOPE_DROPPED,
)  # fmt: skip


class _What(NamedTuple):
    """What an alternative that one side alone accepts is told as."""

    anonymous: Kind
    scope: Kind
    whole: Kind
    accepted: str
    required: str


_LOST: Final = _What(
    ANONYMOUS_REFUSED, SCOPE_REQUIRED, REMOVED, "no longer accepted", "now required"
)
_GAINED: Final = _What(
    ANONYMOUS_ALLOWED, SCOPE_DROPPED, ADDED, "now accepted", "no longer required"
)

Alternative = dict[str, frozenset[str]]
"""The scopes that are required of each scheme, under the scheme's name in the new document."""


def changes(schemes: Schemes, old: Call, new: Call, *, own: bool) -> Iterator[Change]:
    """What changed of what an operation asks for; with `own`, only of what it says itself."""
    before, place = _required(old, own=own)
    after, now = _required(new, own=own)
    renamed = [{schemes.names.get(name, name): one[name] for name in one} for one in before]
    for alternative in renamed:
        if not any(_fits(alternative, one) for one in after):
            yield _told(alternative, after, _LOST, (place, now))
    for alternative in after:
        if not any(_fits(alternative, one) for one in renamed):
            yield _told(alternative, renamed, _GAINED, (place, now))


def schemes_of(call: Call, *, own: bool) -> set[str]:
    """The names of the schemes that an operation accepts."""
    return {name for alternative in _required(call, own=own)[0] for name in alternative}


def _required(call: Call, *, own: bool) -> tuple[list[Alternative], str]:
    """The alternatives, and where they are listed; one that asks for nothing if none is."""
    place, value = f"{call.operation.pointer}/security", call.operation.value.get("security")
    if not isinstance(value, list):
        root = None if own else call.operation.side.tree.get("security")
        place, value = ("/security", root) if isinstance(root, list) else (place, [])
    listed = [_alternative(one) for one in value if isinstance(one, dict)]
    return listed or [{}], place


def _alternative(value: Mapping[str, Any]) -> Alternative:
    return {
        name: frozenset(map(str, scopes) if isinstance(scopes, list) else ())
        for name, scopes in value.items()
    }


def _fits(given: Alternative, asked: Alternative) -> bool:
    """Whether who gives all of one gives all that another asks for."""
    return all(name in given and scopes <= given[name] for name, scopes in asked.items())


def _told(
    one: Alternative, others: list[Alternative], what: _What, places: tuple[str, str]
) -> Change:
    if not one:
        return what.anonymous.change(f"a call without a key is {what.accepted}", *places)
    near = next((other for other in others if other.keys() == one.keys()), None)
    if near is None:
        listed = " with ".join(map(quoted, sorted(one)))
        alone = " alone" if any(one.keys() < other.keys() for other in others) else ""
        return what.whole.change(f"{listed}{alone} is {what.accepted}", *places)
    listed = ", ".join(sorted(quoted(scope) for name in one for scope in near[name] - one[name]))
    return what.scope.change(f"the scope {listed} is {what.required}", *places)
