"""A document into its operations, and two documents' operations into pairs.

An operation is known by its method and the shape of its path: `/a/{x}` and `/a/{y}` are one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.document.walk import METHODS

from .both import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.diff.side import Side

VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


class Call(NamedTuple):
    """One operation: how it is called, and what is said of it."""

    method: str
    path: str
    shape: str
    """What a server knows the path by: the names of variables are not sent."""
    identifier: str
    """What it may still be known by elsewhere; nothing if by nothing."""
    item: Held
    operation: Held

    @property
    def name(self) -> str:
        """The operation as people call it, `GET /pets`."""
        return f"{self.method} {self.path}"

    @property
    def key(self) -> tuple[str, str]:
        """What a server tells it by."""
        return self.method, self.shape


def calls(side: Side, field: str) -> Iterator[Call]:
    """The operations under `paths` or `webhooks`."""
    top = Held(side, "", side.tree)
    for path, item in top.children(field).items():
        if not path.startswith("x-"):
            shape = VARIABLE.sub("{}", path) if field == "paths" else path
            for method, operation in operations_of(item):
                identifier = str(operation.value.get("operationId", ""))
                yield Call(method, path, shape, identifier, item, operation)


def operations_of(item: Held) -> Iterator[tuple[str, Held]]:
    """The operations of a path item by their methods."""
    for method in METHODS:
        if isinstance(item.value.get(method), dict):
            yield method.upper(), item.child(method)
    yield from item.children("additionalOperations").items()


class Pairs(NamedTuple):
    """Two documents' operations: those of both, as in the new one, and those of one alone."""

    both: list[tuple[Call, Call]]
    gone: list[Call]
    added: list[Call]


def pairs(old: Iterable[Call], new: Iterable[Call]) -> Pairs:
    """The same operations by method and path, else by their operationId."""
    rest = dict(_keyed(old))
    found = [(rest.pop(key, None), call) for key, call in _keyed(new)]
    by_identifier = {call.identifier: key for key, call in rest.items() if call.identifier}
    both, added = [], []
    for known, call in found:
        moved = by_identifier.pop(call.identifier, None) if known is None else None
        known = rest.pop(moved) if moved else known  # noqa: PLW2901 - what it was called before
        if known:
            both.append((known, call))
        else:
            added.append(call)
    return Pairs(both, list(rest.values()), added)


def _keyed(calls: Iterable[Call]) -> Iterator[tuple[tuple[str, str, int], Call]]:
    """Each call under a key of its own, though two paths may have one shape."""
    seen: Counter[tuple[str, str]] = Counter()
    for call in calls:
        yield (*call.key, seen[call.key]), call
        seen[call.key] += 1
