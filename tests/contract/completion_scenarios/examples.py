"""The examples that a state machine tries, and the smallest that fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from specloom.contract.scenario import Scenario

from . import client
from .apart import USERS_MESSAGE
from .app import open_app
from .completions import USAGE
from .feedback import CHANGED, NOTHING, ONCE, RATABLE
from .machine import Machine
from .operations import CREATE, FEEDBACKS, RATE, UPLOAD
from .uploads import CHECKS
from .world import NEW_IDS

if TYPE_CHECKING:
    from specloom.contract.exchanges.exchange import Exchange
    from specloom.contract.scenario import Server

    from .app import App

STEPS = 10
SHRINKING = 10.0
"""Seconds to look for a smaller example than the first that fails."""


@dataclass
class Examples:
    """The exchanges of the example that runs, and the last that failed with its exchanges.

    Hypothesis could look for a smaller one for minutes, so that it is told that none fails.
    """

    current: list[Exchange] = field(default_factory=list)
    failing: list[Exchange] = field(default_factory=list)
    error: Exception | None = None
    _until: float = 0.0

    def record(self, exchange: Exchange) -> None:
        """Take note of an exchange."""
        self.current.append(exchange)

    def begin(self) -> bool:
        """Begin a new example; False if there is no time for more."""
        self.current.clear()
        return self.error is None or time.monotonic() < self._until

    def fail(self, error: Exception) -> None:
        """Keep the example that has just failed."""
        if self.error is None:
            self._until = time.monotonic() + SHRINKING
        self.error, self.failing = error, list(self.current)


def _run(server: Server) -> None:
    examples = Examples()
    try:
        with open_app(replace(server, record=examples.record)) as app:
            _try(app, examples, server)
    finally:
        for exchange in examples.failing or examples.current:
            server.record(exchange)


def _try(app: App, examples: Examples, server: Server) -> None:
    # Any factory will do, as the docstring of what takes it says.
    factory: Any = seed(server.seed)(partial(Machine, app, examples))
    try:
        run_state_machine_as_test(
            factory,
            settings=settings(
                max_examples=server.examples,
                stateful_step_count=STEPS,
                database=None,
                deadline=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
                report_multiple_bugs=False,
                print_blob=False,
            ),
        )
    except Exception:
        if examples.error is None:
            raise
        raise examples.error from None


ANY_ORDER = Scenario(
    "any_order",
    {
        NEW_IDS: "No message has the id of another.",
        RATABLE: "A user can rate a message of theirs.",
        CHANGED: "What is listed is what was said last.",
        ONCE: "The feedback on a message is listed once.",
        NOTHING: "Where there is no feedback none can be revoked.",
        USERS_MESSAGE: "A user can't rate another's message.",
        **CHECKS,
        **USAGE,
        **client.CHECKS,
    },
    _run,
    (RATE, CREATE, FEEDBACKS, UPLOAD),
)
