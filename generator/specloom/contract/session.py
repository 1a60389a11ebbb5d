"""The order of a contract test: settings, server, requests, known faults, report.

Knows nothing of the command line, and of schemathesis only that `engine` is heavy.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.config import BAD_CONFIG, FILE_NAME
from specloom.diagnostics import Location

from . import checks, engine
from .bounded import answers_within
from .credentials import SHORTEST, Credentials, credentials
from .expectations import Expectations
from .failures import from_no_success
from .filter import FailureFilter
from .findings import group
from .known_faults import load_known_faults
from .links import find_link
from .live_faults import reason
from .redaction import redact_text_file, redact_xml_file
from .report import Report, write_json
from .rules import NO_SCHEME, UNREACHABLE, UNWRITABLE_REPORT
from .server import served
from .settings import read_settings
from .stop import CHECK as STOP
from .stop import PHASE as STOP_PHASE
from .stop import check_stop
from .subject import Subject
from .target import TIMEOUT, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from specloom.config import Config
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

    from .findings import FailedCheck
    from .links import Link
    from .options import Options
    from .outcome import Outcome
    from .settings import Settings, Stop

SERVER_LOG: Final = "server.log"


def run(
    config: Config,
    document: Document,
    options: Options,
    collector: Collector,
    progress: Callable[[str], None],
) -> Report:
    """Test a server. Raises HaltedError if there is none, or the settings are wrong."""
    subject = Subject(document)
    names = [operation.id for operation in subject.operations.values()]
    settings = read_settings(config, names, {*checks.names(), STOP}, collector)
    links = _stop_links(subject, settings, config, collector)
    _make_folder(options.report, collector)
    with (
        answers_within(TIMEOUT),
        _target(subject, settings, config, options, collector) as target,
    ):
        progress(f"target: {target.url}, seed {options.seed}")
        _warn_of_short_key(options, progress)
        _check_reachable(target, collector)
        expectations = Expectations(settings.expectations)
        failure_filter = FailureFilter(subject, expectations)
        outcome = engine.run(subject, target, failure_filter, options, progress)
        if outcome.total and not outcome.succeeded:
            outcome.failures.append(from_no_success(subject))
        _run_stops(subject, target, links, outcome)
    failures = _explained(subject, target, outcome.failures, config, options, collector)
    report = Report(
        target.url, options.seed, outcome, group(failures), names, expectations.unused,
        options.replay,
    )  # fmt: skip
    write_json(report, options.report / "report.json")
    redact_xml_file(target, options.report / engine.JUNIT)
    redact_text_file(target, options.report / engine.HTML / "index.html")
    if options.url is None:
        redact_text_file(target, options.report / SERVER_LOG)
    return report


def _warn_of_short_key(options: Options, progress: Callable[[str], None]) -> None:
    if options.key and len(options.key) < SHORTEST:
        progress(f"a key of less than {SHORTEST} characters stays where an answer repeats it")


def _make_folder(folder: Path, collector: Collector) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        collector.halt(UNWRITABLE_REPORT, str(error.strerror), Location(str(folder)))


@contextmanager
def _target(
    subject: Subject, settings: Settings, config: Config, options: Options, collector: Collector
) -> Iterator[Target]:
    if options.url is not None:
        held = _credentials(subject, options.key, config, collector) if options.key else None
        yield Target(options.url.rstrip("/"), held)
        return
    log = options.report / SERVER_LOG
    with served(settings, config.folder, log, collector) as (url, key):
        yield Target(url, credentials(subject.tree, key))


def _credentials(subject: Subject, key: str, config: Config, collector: Collector) -> Credentials:
    found = credentials(subject.tree, key)
    if found is None:
        collector.halt(NO_SCHEME, "no header takes a key", _settings_place(config))
    return found


def _check_reachable(target: Target, collector: Collector) -> None:
    problem = target.unreachable()
    if problem:
        collector.halt(UNREACHABLE, target.redact(problem), Location(target.url))


def _stop_links(
    subject: Subject, settings: Settings, config: Config, collector: Collector
) -> list[tuple[Stop, Link]]:
    links = []
    for stop in settings.stops:
        link = find_link(subject, stop.operation, stop.link)
        if link is None:
            message = f"{stop.operation} has no link called {stop.link!r}"
            collector.halt(BAD_CONFIG, message, _settings_place(config))
        links.append((stop, link))
    return links


def _run_stops(
    subject: Subject, target: Target, links: list[tuple[Stop, Link]], outcome: Outcome
) -> None:
    for stop, link in links:
        outcome.cases[stop.operation, STOP_PHASE] += 1
        failure = check_stop(subject, target, stop, link)
        if failure:
            outcome.failures.append(failure)


def _explained(  # noqa: PLR0913, PLR0917 - all that a known fault is recognized by
    subject: Subject,
    target: Target,
    failures: list[FailedCheck],
    config: Config,
    options: Options,
    collector: Collector,
) -> list[FailedCheck]:
    """The failures, those known as faults of deployed servers marked; our own has no excuse."""
    if options.url is None or not config.document.known_faults:
        return failures
    faults = load_known_faults(config.folder / config.document.known_faults, collector)
    return [
        replace(failure, known=reason(subject.tree, target, faults, failure))
        for failure in failures
    ]


def _settings_place(config: Config) -> Location:
    return Location(str(config.folder / FILE_NAME))
