"""Two documents into the changes of their operations, each told once with all that meet it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from specloom.diff.schemas import Schemas
from specloom.diff.unchanged import Unchanged

from . import bodies, callbacks, operations, parameters, responses, security, servers, words
from .both import Both
from .calls import calls, pairs
from .schemes import schemes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.diff.change import Change
    from specloom.diff.side import Side

    from .calls import Call


class Comparison:
    """Gathers the changes of two documents."""

    def __init__(self, old: Side, new: Side) -> None:
        """Nothing is compared yet."""
        self._old, self._new = old, new
        self._unchanged = Unchanged(old, new)
        self._schemas = Schemas(old, new, self._unchanged)
        self._schemes = schemes(old, new)
        self._met: dict[Change, dict[str, None]] = {}

    def changes(self) -> list[Change]:
        """Every change, operations first, then what is within schemas."""
        self._compare_paths()
        self._compare_webhooks()
        told = [replace(one, operations=tuple(met)) for one, met in self._met.items()]
        return [*told, *self._schemas.changes()]

    def _compare_paths(self) -> None:
        found = pairs(calls(self._old, "paths"), calls(self._new, "paths"))
        for old, new in found.both:
            self._compare(old, new)
        for call in found.added:
            self._tell(call.name, [operations.added(call)])
        for call in found.gone:
            self._tell(call.name, [operations.removed(call)])

    def _compare(self, old: Call, new: Call) -> None:
        self._tell(new.name, self._outside(old, new))
        if old.key == new.key and self._same(old, new):
            return
        both = Both(self._old, self._new, self._schemas, new.name)
        self._tell(new.name, _within(both, old, new))
        self._tell(new.name, words.changes(old, new))
        self._compare_callbacks(old, new)

    def _outside(self, old: Call, new: Call) -> Iterator[Change]:
        """What changed of what is said of several operations at once."""
        yield from servers.changes(old, new)
        yield from security.changes(self._schemes, old, new, own=False)
        for name in sorted(security.schemes_of(old, own=False)):
            yield from self._schemes.changes.get(name, ())

    def _same(self, old: Call, new: Call) -> bool:
        """Whether two operations are written alike, with the parameters of their paths."""
        parts = [(old.operation.pointer, new.operation.pointer)]
        if "parameters" in old.item.value or "parameters" in new.item.value:
            parts.append((f"{old.item.pointer}/parameters", f"{new.item.pointer}/parameters"))
        return all(self._unchanged(*part) for part in parts)

    def _compare_webhooks(self) -> None:
        found = pairs(calls(self._old, "webhooks"), calls(self._new, "webhooks"))
        for old, new in found.both:
            self._compare_turned(f"webhook {new.path}", old, new)
        for call, change in callbacks.webhook_changes(found):
            self._tell(f"webhook {call.path}", [change])

    def _compare_callbacks(self, old: Call, new: Call) -> None:
        found = callbacks.callbacks(old, new)
        self._tell(new.name, callbacks.callback_changes(found))
        for before, after in found.both:
            self._compare_turned(f"{new.name} calling {after.name}", before, after)

    def _compare_turned(self, name: str, old: Call, new: Call) -> None:
        """Compare what the API asks of its clients; where it does so, each side says itself."""
        if self._same(old, new):
            return
        both = Both(self._old, self._new, self._schemas, name, turned=True)
        asked = security.changes(self._schemes, old, new, own=True)
        found = chain(_within(both, old, new), asked)
        self._tell(name, (change.turned() for change in found))

    def _tell(self, operation: str, changes: Iterable[Change]) -> None:
        for change in changes:
            self._met.setdefault(change, {})[operation] = None


def _within(both: Both, old: Call, new: Call) -> Iterator[Change]:
    """What changed of what an operation says of its request and its answers."""
    yield from operations.changes(old, new)
    yield from parameters.changes(both, old, new)
    yield from bodies.changes(both, old, new)
    yield from responses.changes(both, old, new)
