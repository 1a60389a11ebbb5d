"""A subject and a target into an outcome: schemathesis' phases, and ours after the first.

Knows nothing of the command line; what schemathesis reports in its own forms goes to a folder.
"""

from __future__ import annotations

import copy
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from schemathesis import openapi
from schemathesis.cli.events import LoadingFinished, LoadingStarted
from schemathesis.config import SchemathesisConfig
from schemathesis.config._output import DEFAULT_KEYS_TO_SANITIZE
from schemathesis.core.errors import NoLinksFound
from schemathesis.engine import StopReason, events, from_schema
from schemathesis.engine.run import TESTING_PHASES, PhaseName

from specloom.contract.findings import checks
from specloom.contract.findings.counting import count
from specloom.contract.findings.failures import from_early_end, from_end, from_error, from_scenario
from specloom.contract.findings.outcome import Outcome
from specloom.contract.findings.untested import told_by, untested
from specloom.contract.phases.trial_events import as_event
from specloom.contract.plan.phases import SCHEMATHESIS_PHASES, STATEFUL
from specloom.contract.reports.forms_of_schemathesis import reported
from specloom.contract.transport.credentials import REDACTED
from specloom.contract.transport.deep_answers import deep_answers_unread
from specloom.contract.transport.redaction import redact_answer
from specloom.contract.transport.waits import waits_bounded

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from schemathesis import BaseSchema, Case, HookContext
    from schemathesis import Response as Answer

    from specloom.contract.answers.subject import Subject
    from specloom.contract.findings.filter import FailureFilter
    from specloom.contract.findings.findings import FailedCheck
    from specloom.contract.phases.trial import Trial
    from specloom.contract.plan.options import Options
    from specloom.contract.plan.plan import Plan, Unit
    from specloom.contract.reports.progress import Progress
    from specloom.contract.transport.patience import Patience
    from specloom.contract.transport.target import Target

# A stream is read to its end, however many events it has; the timeout bounds it.
_ALL_EVENTS = 1_000_000

_LONG_PHASES = [phase for phase in TESTING_PHASES if phase is not PhaseName.EXAMPLES]


def run(  # noqa: PLR0913, PLR0917 - all that a run is made of
    subject: Subject,
    target: Target,
    plan: Plan,
    failure_filter: FailureFilter,
    options: Options,
    patience: Patience,
    trials: Iterable[Trial],
    progress: Progress,
) -> Outcome:
    """Make requests of every kind and look at the answers. The reports are written anew.

    `trials` are those of our own phases; they are made as they are taken.
    """
    started = time.monotonic()
    outcome = Outcome()
    schema = _schema(subject, target, plan, options)
    checks.register(subject)
    schema.hooks.register_hook_with_name(failure_filter.keeps, "filter_failure")

    def after_call(_context: HookContext, _case: Case[Any], answer: Answer) -> None:
        redact_answer(target, answer)

    schema.hooks.register_hook_with_name(after_call, "after_call")
    made = _events(schema, subject, target, trials)
    ended: set[Unit] = set()
    with (
        waits_bounded(schema, patience),
        deep_answers_unread(),
        closing(made),
        closing(reported(made, schema, target, options.report)) as told,
    ):
        for event in told:
            found = _count(event, subject, target, outcome)
            ended |= told_by(event, subject)
            progress.count(outcome.total, len(outcome.failures))
            if isinstance(event, events.PhaseStarted):
                progress(event.phase.name.display)
                patience.renew()
            if options.until and any(map(options.until, found)):
                break
    outcome.skipped |= untested(plan, ended)
    outcome.seconds = time.monotonic() - started
    return outcome


def _schema(subject: Subject, target: Target, plan: Plan, options: Options) -> BaseSchema:
    hidden = [*DEFAULT_KEYS_TO_SANITIZE, *target.headers]
    profile = options.profile
    # What a server answered changes with each run, and would change what is asked next.
    repeatable = {"extra-data-sources": {"responses": False}}
    config = SchemathesisConfig.from_dict(
        {
            "seed": options.seed,
            "base-url": target.url,
            "headers": target.headers,
            "request-timeout": options.timeout,
            "max-stream-events": _ALL_EVENTS,
            "workers": options.workers,
            **({"rate-limit": options.rate} if options.rate else {}),
            **({"max-time": options.max_time} if options.max_time else {}),
            **_longest_answer(options),
            # One fault must not hide the next.
            "continue-on-failure": True,
            # The same seed gives the same cases, whatever an earlier run found.
            "generation": {"max-examples": profile.max_examples, "database": "none"},
            "phases": {
                "examples": repeatable,
                "coverage": {**repeatable, **_unsafe_probes(options)},
                "fuzzing": {**repeatable, "error-feedback": {"enabled": False}},
                "stateful": {
                    "enabled": bool(plan.operations(STATEFUL)),
                    "generation": {"max-examples": profile.max_sequences, "database": "none"},
                },
            },
            "operations": [_selected(label, plan, subject) for label in subject.operations],
            "cache": {"enabled": False},
            "output": {"sanitization": {"replacement": REDACTED, "keys-to-sanitize": hidden}},
        }
    )
    # schemathesis changes the tree that it is given.
    return openapi.from_dict(copy.deepcopy(subject.tree), config=config)


def _longest_answer(options: Options) -> dict[str, Any]:
    """The check of an answer's time, if it is asked for."""
    if options.max_response_time is None:
        return {}
    return {"checks": {"max_response_time": options.max_response_time}}


def _unsafe_probes(options: Options) -> dict[str, Any]:
    """Methods that the document doesn't have are tried with all but safe ones among them."""
    return {"unexpected-methods": []} if options.read_only else {}


def _selected(label: str, plan: Plan, subject: Subject) -> dict[str, Any]:
    """The phases of one operation."""
    operation = subject.operations[label].id
    chosen = {phase: plan.has(operation, phase) for phase in SCHEMATHESIS_PHASES}
    return {
        "include-name": label,
        "enabled": any(chosen.values()),
        "phases": {phase: {"enabled": enabled} for phase, enabled in chosen.items()},
    }


def _count(event: Any, subject: Subject, target: Target, outcome: Outcome) -> list[FailedCheck]:
    """Take an event into the outcome; the failures that it brought."""
    found: list[FailedCheck] = []
    if isinstance(event, events.ScenarioFinished):
        count(event, subject, outcome)
        found = list(from_scenario(event, subject, target))
    elif isinstance(event, events.NonFatalError):
        found = [from_error(event, subject, target)]
    elif isinstance(event, events.FatalError):
        raise event.exception
    elif isinstance(event, events.EngineFinished):
        if event.stop_reason is StopReason.INTERRUPTED:
            raise KeyboardInterrupt
        found = list(from_end(event, subject, target))
        if event.stop_reason not in {StopReason.COMPLETED, StopReason.MAX_TIME}:
            found.append(from_early_end(event, subject))
    outcome.failures += found
    return found


def _events(
    schema: BaseSchema, subject: Subject, target: Target, trials: Iterable[Trial]
) -> Generator[Any]:
    """What schemathesis tells of its phases, with our own after the examples: they are short."""
    loading = LoadingStarted(location=target.url)
    yield loading
    yield LoadingFinished.from_schema(
        schema, location=target.url, start_time=loading.timestamp, base_url=target.url
    )
    stream = from_schema(schema).execute()
    waiting: Iterable[Trial] = trials
    try:
        for event in stream:
            if _after_examples(event):
                for trial in waiting:
                    yield as_event(trial, schema, subject, target)
                waiting = ()
            if not _lacks_links(event):
                yield event
    finally:
        stream.stop()
        for _ in stream:
            pass  # its workers end what they are at


def _lacks_links(event: Any) -> bool:
    """Whether it says that no link is among the operations that were chosen: that is no failure."""
    return isinstance(event, events.NonFatalError) and isinstance(event.value, NoLinksFound)


def _after_examples(event: Any) -> bool:
    """Whether the document's examples are done, which are few and telling."""
    if isinstance(event, events.PhaseStarted | events.PhaseFinished):
        return event.phase.name in _LONG_PHASES
    return isinstance(event, events.EngineFinished)
