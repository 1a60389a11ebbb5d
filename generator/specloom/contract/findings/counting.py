"""Scenarios as schemathesis reports them into the counts of an outcome.

Knows nothing of failures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schemathesis.engine.events import ScenarioFinished
    from schemathesis.engine.recorder import Interaction

    from specloom.contract.answers.subject import Subject

    from .outcome import Outcome


def count(event: ScenarioFinished, subject: Subject, outcome: Outcome) -> None:
    """Count a scenario's requests, answers and checks."""
    recorder = event.recorder
    for key, node in recorder.cases.items():
        operation = subject.operations[node.value.operation.label].id
        for check in recorder.checks.get(key, ()):
            outcome.checked[operation, check.name] += 1
        interaction = recorder.interactions.get(key)
        if interaction is not None:
            outcome.cases[operation, event.phase.value] += 1
            _count_answer(interaction, node.value, operation, outcome)
        elif event.skip_reason:
            outcome.skipped[operation, event.phase.value] = event.skip_reason


def _count_answer(interaction: Interaction, case: Any, operation: str, outcome: Outcome) -> None:
    answer = interaction.response
    if answer is None:
        return
    outcome.statuses[operation, answer.status_code] += 1
    outcome.latencies[operation].append(answer.elapsed)
    # Other methods are tried too, and OPTIONS needs no key.
    own = case.method.upper() == case.operation.method.upper()
    if own and answer.status_code // 100 == 2:  # noqa: PLR2004 - RFC 9110 §15.3
        outcome.succeeded.add(operation)
