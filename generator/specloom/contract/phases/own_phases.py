"""The phases that schemathesis doesn't have, one after the other, as trials.

Each is made in a module of its own; here is what they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from specloom.contract.plan.phases import AUTHENTICATION, INPUTS, PAGING, SCENARIOS, STOP
from specloom.contract.requests.bases import find_base

from .authentication import try_authentication
from .inputs import try_inputs
from .paging import try_paging
from .scenarios import run_scenarios
from .stop import try_stop
from .trial import Trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from specloom.contract.answers.operations import Operation
    from specloom.contract.answers.subject import Subject
    from specloom.contract.findings.expectations import Expectations
    from specloom.contract.plan.plan import Plan
    from specloom.contract.plan.settings import Stop
    from specloom.contract.requests.bases import Base
    from specloom.contract.requests.links import Link
    from specloom.contract.scenario import Scenario, Server
    from specloom.contract.transport.sender import Sender


@dataclass(slots=True)
class OwnPhases:
    """What our phases need; with `quick` they try less, with `safe_only` nothing that changes."""

    subject: Subject
    sender: Sender
    plan: Plan
    expectations: Expectations
    stops: Sequence[tuple[Stop, Link]]
    scenarios: Sequence[Scenario]
    server: Server
    quick: bool
    safe_only: bool
    progress: Callable[[str], None]
    _bases: dict[str, Base | None] = field(default_factory=dict)

    def trials(self) -> Iterator[Trial]:
        """Make them, as they are taken."""
        by_operation: dict[str, Callable[[Operation], Iterator[Trial]]] = {
            AUTHENTICATION: self._authentication,
            INPUTS: self._inputs,
            PAGING: self._paging,
        }
        for phase, tried in by_operation.items():
            self._begin(phase)
            for operation in self._planned(phase):
                yield from tried(operation)
        self._begin(SCENARIOS)
        yield from self._scenarios()
        self._begin(STOP)
        for stop, link in self.stops:
            if self.plan.has(stop.operation, STOP):
                yield try_stop(self.subject, self.sender, stop, link)

    def _begin(self, phase: str) -> None:
        self.progress(phase.capitalize())
        self.sender.renew()

    def _scenarios(self) -> Iterator[Trial]:
        for scenario in self.scenarios:
            if not self.plan.has_scenario(scenario.name):
                continue
            if self.sender.waits_in_vain:
                # Each would wait for as long as a scenario may take.
                about, reason = scenario.operations[0], "the server answers nothing any more"
                yield Trial(SCENARIOS, about, scenario.name, skipped=reason)
            else:
                yield from run_scenarios([scenario], self.server)

    def _planned(self, phase: str) -> list[Operation]:
        """The operations of a phase; those that delete are last."""
        operations = self.subject.operations.values()
        planned = [one for one in operations if self.plan.has(one.id, phase)]
        return sorted(planned, key=lambda operation: operation.pointer[-1] == "delete")

    def _base(self, operation: Operation) -> Base | None:
        if operation.id not in self._bases:
            self._bases[operation.id] = find_base(
                self.subject, self.sender, operation, safe_only=self.safe_only
            )
        return self._bases[operation.id]

    def _authentication(self, operation: Operation) -> Iterator[Trial]:
        yield from try_authentication(self.subject, self.sender, operation, self._base(operation))

    def _inputs(self, operation: Operation) -> Iterator[Trial]:
        yield from try_inputs(
            self.subject,
            self.sender,
            operation,
            self._base(operation),
            self.expectations,
            quick=self.quick,
        )

    def _paging(self, operation: Operation) -> Iterator[Trial]:
        yield from try_paging(
            self.subject,
            self.sender,
            operation,
            self._base(operation),
            safe_only=self.safe_only,
        )
