"""The security schemes of two documents into pairs, by their names, else by what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.schemas.words import quoted

from .both import Held
from .kind import BREAKING, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change
    from specloom.diff.side import Side

CHANGED: Final = kind(
    "DIF406 security-scheme-changed",
    BREAKING,
    BREAKING,
    "a key is sent in another way",
    "The type, place or name of what a security scheme asks for has changed, so what is sent is "
    "not looked for.",
)
FLOW_REMOVED: Final = kind(
    "DIF407 flow-removed",
    BREAKING,
    SAFE,
    "tokens are no longer given in a way",
    "Who gets tokens by the flow gets none.",
)
FLOW_ADDED: Final = kind(
    "DIF408 flow-added",
    SAFE,
    BREAKING,
    "tokens are given in another way",
    "Servers that speak the old document do not give tokens by the flow.",
)
FLOW_MOVED: Final = kind(
    "DIF409 flow-moved",
    BREAKING,
    BREAKING,
    "tokens are asked for at another URL",
    "Who asks at the old one may get none.",
)
KINDS: Final = (CHANGED, FLOW_REMOVED, FLOW_ADDED, FLOW_MOVED)

_URLS: Final = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


class Schemes(NamedTuple):
    """By the name of an old scheme, the name that it has now and what changed of it."""

    names: dict[str, str]
    changes: dict[str, list[Change]]


def schemes(old: Side, new: Side) -> Schemes:
    """The schemes of both documents; of several that ask for the same, each by its turn."""
    before, after = _schemes(old), _schemes(new)
    names = {
        name: name
        for name in sorted(before)
        if name in after and _asked(before[name]) == _asked(after[name])
    }
    free: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(after.keys() - names.keys(), reverse=True):
        free.setdefault(_asked(after[name]), []).append(name)
    for name in sorted(before.keys() - names.keys()):
        if alike := free.get(_asked(before[name])):
            names[name] = alike.pop()
    # What is left keeps its name, and asks for something else.
    taken = set(names.values())
    names |= {name: name for name in sorted(before.keys() - names.keys() - taken) if name in after}
    changed = {name: list(_changes(now, before[name], after[now])) for name, now in names.items()}
    return Schemes(names, changed)


def _schemes(side: Side) -> dict[str, Held]:
    return Held(side, "", side.tree).child("components").children("securitySchemes")


def _asked(scheme: Held) -> tuple[str, ...]:
    """What a caller sends."""
    value: dict[str, Any] = scheme.value
    if value.get("type") == "apiKey":
        place, name = str(value.get("in")), str(value.get("name"))
        return ("apiKey", place, name.lower() if place == "header" else name)
    if value.get("type") == "http":
        return ("http", str(value.get("scheme")).lower())
    return (str(value.get("type")), str(value.get("openIdConnectUrl", "")))


def _changes(name: str, old: Held, new: Held) -> Iterator[Change]:
    places = old.pointer, new.pointer
    if _asked(old) != _asked(new):
        yield CHANGED.change(f"what {quoted(name)} asks for is sent in another way", *places)
        return
    before, after = (one.child("flows").value for one in (old, new))
    for flow in dict.fromkeys((*after, *before)):
        if flow.startswith("x-"):
            continue
        if flow not in before:
            yield FLOW_ADDED.change(f"{quoted(name)} has the flow {flow}", *places)
        elif flow not in after:
            yield FLOW_REMOVED.change(f"{quoted(name)} no longer has the flow {flow}", *places)
        elif _urls(before[flow]) != _urls(after[flow]):
            yield FLOW_MOVED.change(f"the flow {flow} of {quoted(name)} has another URL", *places)


def _urls(flow: Any) -> list[Any]:
    return [flow.get(field) for field in _URLS] if isinstance(flow, dict) else []
