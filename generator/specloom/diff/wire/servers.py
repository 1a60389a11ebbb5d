"""Where an operation is called: its own servers, else those of its path, else the document's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from specloom.diff.schemas.words import quoted

from .both import Held
from .calls import VARIABLE
from .kind import BREAKING, RISKY, SAFE, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.change import Change

    from .calls import Call

DEFAULT_ADDED: Final = kind(
    "DIF430 default-server-added",
    SAFE,
    BREAKING,
    "a new server is the first that is called",
    "Clients that are made from the new document call it, and not servers that were there before.",
)
DEFAULT_REMOVED: Final = kind(
    "DIF431 default-server-removed",
    BREAKING,
    SAFE,
    "the server that is called first is no longer listed",
    "Clients go on calling it; keep it listed for as long as it answers.",
)
ADDED: Final = kind(
    "DIF432 server-added",
    SAFE,
    RISKY,
    "another server is listed",
    "Who chooses it calls no server that was there before.",
)
REMOVED: Final = kind(
    "DIF433 server-removed",
    RISKY,
    SAFE,
    "a server is no longer listed",
    "Who had chosen it goes on calling it.",
)
DEFAULT_CHANGED: Final = kind(
    "DIF434 default-server-changed",
    SAFE,
    SAFE,
    "another of the listed servers comes first",
    "Clients that are made from the new document call it unless told otherwise; the one that was "
    "first is there still.",
)
VALUE_REMOVED: Final = kind(
    "DIF435 server-value-removed",
    BREAKING,
    SAFE,
    "a variable of a server's URL no longer takes a value",
    "Who had chosen it calls a server that is not there any more.",
)
VALUE_ADDED: Final = kind(
    "DIF436 server-value-added",
    SAFE,
    BREAKING,
    "a variable of a server's URL takes another value",
    "Who chooses it calls no server that was there before.",
)
VARIABLE_DEFAULT: Final = kind(
    "DIF437 server-default-changed",
    RISKY,
    RISKY,
    "a variable of a server's URL has another default",
    "Who leaves it as it is calls another server than before.",
)
KINDS: Final = (
    DEFAULT_ADDED, DEFAULT_REMOVED, ADDED, REMOVED, DEFAULT_CHANGED, VALUE_REMOVED, VALUE_ADDED,
    VARIABLE_DEFAULT,
)  # fmt: skip

_AUTHORITY: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


class _Server(NamedTuple):
    url: str
    pointer: str
    variables: list[tuple[str, dict[str, Any]]]
    """In the order of the URL, since their names are not sent."""
    by_default: str
    """The URL with the variables' defaults."""


def changes(old: Call, new: Call) -> Iterator[Change]:
    """What changed of where an operation is called."""
    before, after = _servers(old), _servers(new)
    before = {_known_as(url, server, after): server for url, server in before.items()}
    first, now = next(iter(before)), next(iter(after))
    for at, url in enumerate(after):
        if url in before:
            if url == _compared(before[url].url):
                yield from _variable_changes(before[url], after[url])
        else:
            found = ADDED if at else DEFAULT_ADDED
            yield found.change(
                f"the server {quoted(after[url].url)} is new", None, after[url].pointer
            )
    if first != now and first in after and now in before:
        message = f"the server {quoted(after[now].url)} comes first"
        yield DEFAULT_CHANGED.change(message, before[first].pointer, after[now].pointer)
    for at, url in enumerate(before):
        if url not in after:
            found = REMOVED if at else DEFAULT_REMOVED
            message = f"the server {quoted(before[url].url)} is no longer listed"
            yield found.change(message, before[url].pointer, None)


def _servers(call: Call) -> dict[str, _Server]:
    """The servers of an operation by their URLs; the place of the document, `/`, if none."""
    side = call.operation.side
    for holder in (call.operation, call.item, Held(side, "", side.tree)):
        found = {_compared(one.url): one for one in map(_server, holder.items("servers"))}
        if found:
            return found
    return {"": _Server("/", "", [], "")}


def _known_as(url: str, server: _Server, others: dict[str, _Server]) -> str:
    """A server's URL; if it is spelt with other variables elsewhere, as it is spelt there."""
    same = (one for one, other in others.items() if other.by_default == server.by_default)
    return url if url in others else next(same, url)


def _server(server: Held) -> _Server:
    url = str(server.value.get("url", "/"))
    variables = server.children("variables")
    named = [(name, variables[name].value) for name in VARIABLE.findall(url) if name in variables]
    defaults = {name: str(one.value.get("default", "")) for name, one in variables.items()}
    by_default = VARIABLE.sub(lambda match: defaults.get(match[1], ""), url)
    return _Server(url, server.pointer, named, _compared(by_default))


def _compared(url: str) -> str:
    """A URL without what makes no difference: names of variables, a last slash, case of hosts."""
    plain = VARIABLE.sub("{}", url).rstrip("/")
    return _AUTHORITY.sub(lambda match: match[0].lower(), plain)


def _variable_changes(old: _Server, new: _Server) -> Iterator[Change]:
    places = old.pointer, new.pointer
    for (_, before), (name, after) in zip(old.variables, new.variables, strict=False):
        called = f"the variable {quoted(name)} of {quoted(new.url)}"
        if before.get("default") != after.get("default"):
            message = f"{called} is {quoted(after.get('default'))} by default"
            yield VARIABLE_DEFAULT.change(message, *places)
        # Without a list any value is taken.
        known, listed = before.get("enum"), after.get("enum")
        if isinstance(listed, list):
            for value in known if isinstance(known, list) else ["any other value"]:
                if value not in listed:
                    message = f"{called} no longer takes {quoted(value)}"
                    yield VALUE_REMOVED.change(message, *places)
        if isinstance(known, list):
            for value in listed if isinstance(listed, list) else ["any other value"]:
                if value not in known:
                    message = f"{called} takes {quoted(value)}"
                    yield VALUE_ADDED.change(message, *places)
