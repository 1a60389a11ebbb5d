"""The schemas of two documents into what changed between them, told once however many meet it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diff.change import Change, Direction

from . import bound_rules, rules
from .comparison import Comparison
from .effects import Told, moves_values, verdicts
from .form import TYPES
from .forms import Forms
from .named import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.diff.side import Side
    from specloom.diff.unchanged import Unchanged

    from .form import Child, Form

RULES: Final = (*rules.RULES, *bound_rules.RULES)


class _Key(NamedTuple):
    """Two schemas, by who sends their values."""

    old: Child
    new: Child
    direction: Direction


_Graph = dict[_Key, list[_Key]]


class _Met(NamedTuple):
    """Who meets a change, and on which way."""

    operations: dict[str, None]
    directions: set[Direction]


class Schemas:
    """Compares the schemas that operations meet, each pair once for each direction."""

    def __init__(self, old: Side, new: Side, unchanged: Unchanged) -> None:
        """Nothing is compared before it is asked for."""
        self._unchanged = unchanged
        self._old = Forms(old)
        self._new = Forms(new)
        self._comparison = Comparison(self._old, self._new)
        self._taken_for_same: set[tuple[str, str]] = set()
        self._told: dict[_Key, list[Told]] = {}
        self._around: _Graph = {}
        self._within: _Graph = {}
        self._met: dict[_Key, dict[str, None]] = {}

    def take_for_same(self, places: Iterable[tuple[str, str]]) -> None:
        """Count schemas as one that say the same where they stand, and there alone."""
        self._taken_for_same.update(places)

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

    def types(self, old: str, new: str) -> set[str] | None:
        """The types that either of two schemas allows; None if any will do."""
        found = {*self._old.of((old,)).types, *self._new.of((new,)).types}
        return None if len(found) == len(TYPES) else found

    def changes(self) -> list[Change]:
        """Every change of all that was compared, with the operations that meet it."""
        found: dict[Change, _Met] = {}
        moved, operations = self._moved(), self._operations()
        for key, told in self._told.items():
            if told:
                for one in told:
                    if one.rule is not rules.OVERLAPPING or key in moved:
                        met = found.setdefault(self._change(one, key.direction), _Met({}, set()))
                        met.operations.update(operations[key])
                        met.directions.add(key.direction)
        return [_met_by(one, met) for one, met in found.items()]

    def _change(self, told: Told, direction: Direction) -> Change:
        clients, servers = verdicts(told.effect, direction)
        forms, place = (self._old, told.old) if told.new is None else (self._new, told.new)
        message = (
            f"{named(forms.side, told.within or place, told.rule)}: {told.message}".removeprefix(
                ": "
            )
        )
        return Change(told.rule, message, told.old, told.new, clients, servers)

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
            self._within[key] = within
            for one in within:
                self._around.setdefault(one, []).append(key)
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
        return len(old) == len(new) and all(
            places in self._taken_for_same or self._unchanged(*places)
            for places in zip(old, new, strict=True)
        )

    def _moved(self) -> set[_Key]:
        """The schemas that allow other values than before, or have such within them."""
        tops = [key for key, told in self._told.items() if any(map(moves_values, told))]
        return set(_reached(self._around, tops))

    def _operations(self) -> dict[_Key, dict[str, None]]:
        """The operations that meet two schemas, in the order in which they were compared."""
        found: dict[_Key, dict[str, None]] = {}
        for top, operations in self._met.items():
            for key in _reached(self._within, [top]):
                found.setdefault(key, {}).update(operations)
        return found


def _reached(graph: _Graph, keys: Iterable[_Key]) -> Iterator[_Key]:
    """Some schemas, and all that the graph leads to from them."""
    found = dict.fromkeys(keys)
    pending = list(found)
    while pending:
        one = pending.pop()
        yield one
        further = [key for key in graph.get(one, ()) if key not in found]
        found.update(dict.fromkeys(further))
        pending += dict.fromkeys(further)


def _placed(told: Told, places: dict[str | None, str | None]) -> Told:
    return told._replace(old=places.get(told.old, told.old), new=places.get(told.new, told.new))


def _met_by(change: Change, met: _Met) -> Change:
    return replace(
        change,
        operations=tuple(met.operations),
        sent=Direction.REQUEST in met.directions,
        answered=Direction.RESPONSE in met.directions,
    )
