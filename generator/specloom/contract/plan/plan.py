"""What a run does: which phases, of which operations, and which scenarios.

Knows nothing of how a phase is done. A shard does its part, and all shards together everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .choice import chosen
from .phases import (
    AUTHENTICATION,
    COVERAGE,
    EXAMPLES,
    FUZZING,
    INPUTS,
    PAGING,
    SCENARIOS,
    STATEFUL,
    STOP,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from specloom.contract.answers.subject import Subject
    from specloom.contract.scenario import Scenario

    from .options import Options

Unit = tuple[str, str]
"""An operation's id and a phase; of what is done at once, `ALL` and the phase, or a scenario."""

ALL: Final = "*"

_BY_OPERATION: Final = (EXAMPLES, COVERAGE, FUZZING, AUTHENTICATION, INPUTS, PAGING)
# How long a unit takes beside others.
_WEIGHTS: Final = {
    STATEFUL: 8, FUZZING: 4, SCENARIOS: 4, COVERAGE: 2, INPUTS: 2, STOP: 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """The units of a run, and the operations that were chosen, also by other shards."""

    chosen: tuple[str, ...]
    units: frozenset[Unit]

    def has(self, operation: str, phase: str) -> bool:
        """Whether a phase of an operation is to be run."""
        return operation in self.chosen and not self.units.isdisjoint(
            {(operation, phase), (ALL, phase)}
        )

    def has_scenario(self, name: str) -> bool:
        """Whether a scenario is to be run."""
        return _scenario_unit(name) in self.units

    def operations(self, phase: str) -> list[str]:
        """The operations of a phase, sorted."""
        return [operation for operation in self.chosen if self.has(operation, phase)]


def plan_of(operation: str, phase: str, scenarios: Sequence[str]) -> Plan:
    """One phase of one operation, or some scenarios, by name."""
    units = {_scenario_unit(name) for name in scenarios} or {(operation, phase)}
    return Plan((operation,), frozenset(units))


def make_plan(
    subject: Subject,
    options: Options,
    scenarios: Sequence[Scenario] = (),
    stopped: Collection[str] = (),
) -> Plan:
    """The shard's part of all that was asked for; `stopped` are the operations with a stop."""
    operations = tuple(chosen(subject.operations, options))
    units = {(operation, phase) for operation in operations for phase in _BY_OPERATION}
    units |= {(operation, STOP) for operation in stopped if operation in operations}
    units |= {
        _scenario_unit(scenario.name)
        for scenario in scenarios
        if _why_not(scenario, operations, options) is None
    }
    if operations:
        units.add((ALL, STATEFUL))
    return Plan(operations, deal(units, options.shard))


def left_out(
    subject: Subject, options: Options, scenarios: Sequence[Scenario]
) -> dict[Unit, list[str]]:
    """Why scenarios don't keep to what was chosen, by what they are about."""
    operations = chosen(subject.operations, options)
    found: dict[Unit, list[str]] = {}
    for scenario in scenarios:
        if reason := _why_not(scenario, operations, options):
            found.setdefault((scenario.operations[0], SCENARIOS), []).append(reason)
    return found


def _why_not(scenario: Scenario, operations: Sequence[str], options: Options) -> str | None:
    """Why a scenario is not to be played; None if it keeps to what was chosen."""
    missing = ", ".join(sorted(set(scenario.operations).difference(operations)))
    if missing:
        return f"scenario {scenario.name} needs what was not chosen: {missing}"
    if options.read_only and not scenario.reads_only:
        return f"scenario {scenario.name} does not only read"
    return None


def _scenario_unit(name: str) -> Unit:
    return (ALL, f"{SCENARIOS}:{name}")


def deal(units: Iterable[Unit], shard: tuple[int, int]) -> frozenset[Unit]:
    """The units of one shard, `(2, 5)` the second of five; all take about as long."""
    number, count = shard
    hands: list[set[Unit]] = [set() for _ in range(count)]
    loads = [0] * count
    for unit in sorted(units, key=lambda unit: (-_weight(unit), unit)):
        lightest = loads.index(min(loads))
        hands[lightest].add(unit)
        loads[lightest] += _weight(unit)
    return frozenset(hands[number - 1])


def _weight(unit: Unit) -> int:
    return _WEIGHTS.get(unit[1].partition(":")[0], 1)
