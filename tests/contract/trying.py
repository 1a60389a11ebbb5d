"""A document and a server, for the tests of the phases that are made of trials."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from completion_server import ServerSettings, serve_settings
from completion_server.settings import builtin_apps
from specloom import pipeline
from specloom.config import load_config
from specloom.contract.answers.subject import Subject
from specloom.contract.transport.credentials import credentials
from specloom.contract.transport.sender import Sender
from specloom.contract.transport.target import Target
from specloom.diagnostics import Collector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.contract.phases.trial import Trial

SPEC = Path(__file__).parents[2] / "spec" / "completion"
KEY = "app-key-of-trials"


@cache
def flagship() -> Subject:
    """The document of the completion server."""
    collector = Collector()
    return Subject(pipeline.effective(load_config(SPEC, collector), collector))


@contextmanager
def flagship_sender(*faults: str) -> Iterator[Sender]:
    """Serve the flagship with faults, and send to it with its key."""
    settings = ServerSettings(apps=builtin_apps(KEY, word_delay=0.0), faults=faults)
    with serve_settings(settings) as url, sender_to(url, flagship()) as sender:
        yield sender


def sender_to(url: str, subject: Subject) -> Sender:
    """Send to a server with the key of these tests."""
    return Sender(Target(url, credentials(subject.tree, KEY)), 10.0)


def found(trials: Iterable[Trial]) -> set[str]:
    """The checks that failed."""
    return {fault.check for trial in trials for fault in trial.faults}
