"""The server under test, found at its URL or started, and spoken to with patience.

Knows nothing of what is asked of it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.config import FILE_NAME
from specloom.contract.plan.rules import NO_SCHEME, UNREACHABLE, UNWRITABLE_REPORT
from specloom.diagnostics import Location

from .bounded import answers_within
from .credentials import SHORTEST, Credentials, credentials
from .patience import Patience
from .rate import seconds_between
from .redaction import redact_text_file
from .sender import Sender
from .server import served
from .surroundings import own_surroundings
from .target import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from specloom.contract.plan.options import Options
    from specloom.contract.project import Project
    from specloom.diagnostics import Collector

SERVER_LOG: Final = "server.log"


@dataclass(frozen=True, slots=True)
class TestedServer:
    """A server that answers, and what speaks to it."""

    target: Target
    sender: Sender
    patience: Patience


@contextmanager
def tested_server(
    project: Project, options: Options, collector: Collector, progress: Callable[[str], None]
) -> Iterator[TestedServer]:
    """The server within the block. Raises HaltedError if there is none."""
    make_folder(options.report, collector)
    patience = Patience(options.timeout)
    pause = seconds_between(options.rate) if options.rate else 0.0
    with (
        answers_within(options.timeout),
        _target(project, options, collector) as target,
        own_surroundings(),
        Sender(
            target,
            options.timeout,
            pause=pause,
            patience=patience,
            safe_only=options.read_only,
        ) as sender,
    ):
        progress(f"target: {target.url}, seed {options.seed}, profile {options.profile.name}")
        if options.key and len(options.key) < SHORTEST:
            progress(f"a key of less than {SHORTEST} characters stays where an answer repeats it")
        _check_reachable(target, collector)
        yield TestedServer(target, sender, patience)


def make_folder(folder: Path, collector: Collector) -> None:
    """Make the folder of the reports. Raises HaltedError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        collector.halt(UNWRITABLE_REPORT, str(error.strerror), Location(str(folder)))


@contextmanager
def _target(project: Project, options: Options, collector: Collector) -> Iterator[Target]:
    if options.url is not None:
        held = _credentials(project, options, collector) if options.key else None
        yield Target(options.url.rstrip("/"), held)
        return
    settings, log = project.settings, options.report / SERVER_LOG
    with served(settings, project.config.folder, log, collector) as (url, key):
        other = settings.other_key and settings.other_key.replace("{key}", key)
        target = Target(url, credentials(project.subject.tree, key, other))
        try:
            yield target
        finally:
            redact_text_file(target, log)


def _credentials(project: Project, options: Options, collector: Collector) -> Credentials:
    found = credentials(project.subject.tree, options.key or "", options.other_key)
    if found is None:
        place = Location(str(project.config.folder / FILE_NAME))
        collector.halt(NO_SCHEME, "no header takes a key", place)
    return found


def _check_reachable(target: Target, collector: Collector) -> None:
    problem = target.unreachable()
    if problem:
        collector.halt(UNREACHABLE, target.redact(problem), Location(target.url))
