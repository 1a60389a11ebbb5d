"""Holds any server with two apps to what must be true of it, whatever is done in any order.

The apps answer by the embedded model, whose steering the rules use; nobody else asks them now.
"""

from collections.abc import Sequence
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.behaviour.state_machine.completion_rules import CompletionRules
from tests.behaviour.state_machine.reach_rules import ReachRules
from tests.behaviour.state_machine.target import open_target


class CompletionApps(CompletionRules, ReachRules):
    """Everything that can be done to two apps."""


def check(
    base_url: str,
    keys: Sequence[str],
    *,
    files_are_private: bool = True,
    max_examples: int = 30,
    steps: int = 25,
) -> None:
    """Run examples of so many steps; AssertionError, or an error of the client, where one fails.

    `keys` open two apps. `files_are_private` is whether one user can't bring another's file.
    """
    with open_target(base_url, keys, files_are_private=files_are_private) as target:
        run_state_machine_as_test(
            # Any factory will do, as its docstring says.
            partial(CompletionApps, target),  # type: ignore[arg-type]
            settings=settings(
                max_examples=max_examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=False,
                print_blob=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
