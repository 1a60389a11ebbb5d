"""A subject and a target into an outcome, by schemathesis: all phases, all checks.

Knows nothing of the command line; what schemathesis reports in its own forms goes to a folder.
"""

from __future__ import annotations

import copy
import time
from typing import TYPE_CHECKING, Any, Final

from schemathesis import openapi
from schemathesis.cli.commands.run.context import ExecutionContext
from schemathesis.cli.commands.run.handlers.html import HtmlReportHandler
from schemathesis.cli.commands.run.handlers.junitxml import JunitXMLHandler
from schemathesis.cli.events import LoadingFinished, LoadingStarted
from schemathesis.config import SchemathesisConfig
from schemathesis.config._output import DEFAULT_KEYS_TO_SANITIZE
from schemathesis.engine import StopReason, events, from_schema

from . import checks
from .credentials import REDACTED
from .failures import from_early_end, from_end, from_error, from_scenario
from .outcome import Outcome
from .redaction import redact_answer
from .target import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from schemathesis import BaseSchema, Case, HookContext
    from schemathesis import Response as Answer
    from schemathesis.engine.recorder import Interaction

    from .filter import FailureFilter
    from .options import Options
    from .subject import Subject
    from .target import Target

HTML: Final = "html"
JUNIT: Final = "junit.xml"

# A stream is read to its end, however many events it has; TIMEOUT bounds it.
_ALL_EVENTS = 1_000_000


def run(
    subject: Subject,
    target: Target,
    failure_filter: FailureFilter,
    options: Options,
    progress: Callable[[str], None],
) -> Outcome:
    """Make requests of every kind and look at the answers. The reports are written anew."""
    started = time.monotonic()
    outcome = Outcome()
    schema = _schema(subject, target, options)
    checks.register(subject)
    schema.hooks.register_hook_with_name(failure_filter.keeps, "filter_failure")

    def after_call(_context: HookContext, _case: Case[Any], answer: Answer) -> None:
        redact_answer(target, answer)

    schema.hooks.register_hook_with_name(after_call, "after_call")
    for event in _reported(schema, target, options.report):
        _count(event, subject, target, outcome)
        if isinstance(event, events.PhaseStarted):
            progress(event.phase.name.display)
    outcome.seconds = time.monotonic() - started
    return outcome


def _schema(subject: Subject, target: Target, options: Options) -> BaseSchema:
    hidden = [*DEFAULT_KEYS_TO_SANITIZE, *target.headers]
    config = SchemathesisConfig.from_dict(
        {
            "seed": options.seed,
            "base-url": target.url,
            "headers": target.headers,
            "request-timeout": TIMEOUT,
            "max-stream-events": _ALL_EVENTS,
            # One fault must not hide the next.
            "continue-on-failure": True,
            # The same seed gives the same cases, whatever an earlier run found.
            "generation": {"max-examples": options.max_examples, "database": "none"},
            "cache": {"enabled": False},
            "output": {"sanitization": {"replacement": REDACTED, "keys-to-sanitize": hidden}},
        }
    )
    # schemathesis changes the tree that it is given.
    return openapi.from_dict(copy.deepcopy(subject.tree), config=config)


def _count(event: Any, subject: Subject, target: Target, outcome: Outcome) -> None:
    if isinstance(event, events.ScenarioFinished):
        for key, node in event.recorder.cases.items():
            operation = subject.operations[node.value.operation.label]
            outcome.cases[operation.id, event.phase.value] += 1
            # Other methods are tried too, and OPTIONS needs no key.
            own = node.value.method.upper() == node.value.operation.method.upper()
            if own and _is_success(event.recorder.interactions.get(key)):
                outcome.succeeded.add(operation.id)
        outcome.failures += from_scenario(event, subject, target)
    elif isinstance(event, events.NonFatalError):
        outcome.failures.append(from_error(event, subject, target))
    elif isinstance(event, events.FatalError):
        raise event.exception
    elif isinstance(event, events.EngineFinished):
        if event.stop_reason is StopReason.INTERRUPTED:
            raise KeyboardInterrupt
        outcome.failures += from_end(event, subject, target)
        if event.stop_reason is not StopReason.COMPLETED:
            outcome.failures.append(from_early_end(event, subject))


def _is_success(interaction: Interaction | None) -> bool:
    answer = interaction.response if interaction else None
    return answer is not None and answer.status_code // 100 == 2  # noqa: PLR2004 - RFC 9110 §15.3


def _reported(schema: BaseSchema, target: Target, report: Path) -> Iterator[Any]:
    """The events of a run, each also given to schemathesis' own reports."""
    context = ExecutionContext(config=schema.config)
    handlers = [HtmlReportHandler(report / HTML), JunitXMLHandler(report / JUNIT)]
    for handler in handlers:
        handler.start(context)
    for event in _events(schema, target):
        if isinstance(event, events.ScenarioFinished):
            _redact_asides(event, target)
        context.on_event(event)
        for handler in handlers:
            handler.handle_event(context, event)
        yield event
    for handler in handlers:
        handler.shutdown(context)


def _redact_asides(event: events.ScenarioFinished, target: Target) -> None:
    """Take the key out of the answers to what checks asked on the side: no hook sees those."""
    for interaction in event.recorder.interactions.values():
        if interaction.response is not None:
            redact_answer(target, interaction.response)


def _events(schema: BaseSchema, target: Target) -> Iterator[Any]:
    loading = LoadingStarted(location=target.url)
    yield loading
    yield LoadingFinished.from_schema(
        schema, location=target.url, start_time=loading.timestamp, base_url=target.url
    )
    yield from from_schema(schema).execute()
