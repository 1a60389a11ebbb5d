"""The schemas of two documents into what changed between them, told once however many meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diff.change import Change, Direction

from . import bound_rules, rules
from .comparison import Comparison
from .effects import Told, moves_values, verdicts
from .forms import Forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.diff.side import Side
    from specloom.diff.unchanged import Unchanged

    from .form import Child, Form

RULES: Final = (*rules.RULES, *bound_rules.RULES)


class _Key(NamedTuple):
    """Two schemas, by who sends their values."""

    old: Child
    new: Child
    direction: Direction


class Schemas:
    """Compares the schemas that operations meet, each pair once for each direction."""

    def __init__(self, old: Side, new: Side, unchanged: Unchanged) -> None:
        """Nothing is compared before it is asked for."""
        self._unchanged = unchanged
        self._old = Forms(old)
        self._new = Forms(new)
        self._comparison = Comparison(self._old, self._new)
        self._told: dict[_Key, list[Told]] = {}
        self._around: dict[_Key, set[_Key]] = {}
        self._met: dict[_Key, dict[str, None]] = {}

    def compare(
        self, old: str | None, new: str | None, direction: Direction, operation: str
    ) -> None:
        """Compare two schemas that an operation meets; None where there is none.

        What comes of it, `changes` tells at the end.
        """
        key = _Key((old,) if old is not None else (), (new,) if new is not None else (), direction)
        if self._is_unchanged(key.old, key.new):
            return
        self._met.setdefault(key, {})[operation] = None
        self._compare(key)

    def changes(self) -> list[Change]:
        """Every change of all that was compared, with the operations that meet it."""
        found: dict[Change, dict[str, None]] = {}
        moved = self._moved()
        for key, told in self._told.items():
            if told:
                operations = self._operations(key)
                for one in told:
                    if one.rule is not rules.OVERLAPPING or key in moved:
                        found.setdefault(_change(one, key.direction), {}).update(operations)
        return [
            Change(one.rule, one.message, one.old, one.new, one.clients, one.servers, tuple(met))
            for one, met in found.items()
        ]

    def _compare(self, top: _Key) -> None:
        pending = [top]
        while pending:
            key = pending.pop()
            if key in self._told:
                continue
            self._told[key] = told = []
            within: list[_Key] = []
            old, new = self._old.of(key.old), self._new.of(key.new)
            referred = self._places(key, old, new)
            for step in self._comparison.steps(old, new, key.direction):
                if isinstance(step, Told):
                    told.append(_placed(step, referred))
                elif not self._is_unchanged(step.old, step.new):
                    within.append(_Key(step.old, step.new, key.direction))
            for one in within:
                self._around.setdefault(one, set()).add(key)
            pending += reversed(within)

    def _places(self, key: _Key, old: Form, new: Form) -> dict[str | None, str | None]:
        """Where to tell what a reference changed that leads to another component than before.

        A component that was renamed is told of as any other, where it is written.
        """
        is_renamed = (
            self._new.side.value(old.pointer) is None and self._old.side.value(new.pointer) is None
        )
        if not (key.old and key.new):
            # What allows anything because nothing is said stands nowhere.
            return {"": None}
        if old.pointer == new.pointer or is_renamed:
            return {}
        return {old.pointer: key.old[0], new.pointer: key.new[0]}

    def _is_unchanged(self, old: Child, new: Child) -> bool:
        return len(old) == len(new) and all(map(self._unchanged, old, new))

    def _moved(self) -> set[_Key]:
        """The schemas that allow other values than before, or have such within them."""
        tops = [key for key, told in self._told.items() if any(map(moves_values, told))]
        return set(self._reached(*tops))

    def _operations(self, key: _Key) -> dict[str, None]:
        """The operations that meet two schemas, in the order in which they were compared."""
        return {name: None for one in self._reached(key) for name in self._met.get(one, ())}

    def _reached(self, *keys: _Key) -> Iterator[_Key]:
        """Schemas and all around them."""
        seen, pending = set(keys), list(keys)
        while pending:
            one = pending.pop()
            yield one
            further = self._around.get(one, set()) - seen
            seen |= further
            pending += further


def _placed(told: Told, places: dict[str | None, str | None]) -> Told:
    return told._replace(old=places.get(told.old, told.old), new=places.get(told.new, told.new))


def _change(told: Told, direction: Direction) -> Change:
    clients, servers = verdicts(told.effect, direction)
    return Change(told.rule, told.message, told.old, told.new, clients, servers)
