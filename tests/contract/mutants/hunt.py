"""One faulty server into the failure by which the contract suite catches it.

The server runs as a process of its own: it and the suite share no code.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from specloom.config import load_config
from specloom.contract.plan.options import PROFILES, Options
from specloom.contract.project import Project, read_project
from specloom.contract.session import run_phases
from specloom.diagnostics import Collector
from specloom.pipeline import effective
from tests.contract.runs import Quiet
from tests.server_process import running_completion_server

if TYPE_CHECKING:
    from specloom.contract.findings.findings import FailedCheck

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "spec" / "completion"
SETTINGS = Path(__file__).with_name("server.toml")
KEY = "app-mutants-key-of-my-app"
OTHER_KEY = "app-mutants-key-of-other-app"

Until = Callable[["FailedCheck"], bool]


@dataclass(frozen=True)
class Hunt:
    """What came of a hunt: the checks that failed until it ended, in order, without repeats."""

    fault: str
    seed: int
    seconds: float
    checks: tuple[str, ...]
    said: tuple[str, ...]


def hunt(fault: str | None, seed: int, profile: str, until: Until | None = None) -> Hunt:
    """Test a server with a fault, or a sound one, until a failure that is looked for."""
    options = ["--ephemeral", str(SETTINGS)]
    started = time.monotonic()
    with (
        running_completion_server(*options, *(["--fault", fault] if fault else [])) as server,
        TemporaryDirectory() as folder,
    ):
        failures = _tested(server.base_url, Path(folder), seed, profile, until)
    seconds = time.monotonic() - started
    checks = tuple(dict.fromkeys(failure.check for failure in failures))
    said = tuple(
        f"{one.phase} {one.operation} {one.check}: {' '.join(one.message.split())[:200]}"
        for one in failures
    )
    return Hunt(fault or "", seed, seconds, checks, said)


def _tested(
    base_url: str, folder: Path, seed: int, profile: str, until: Until | None
) -> list[FailedCheck]:
    options = Options(
        base_url, KEY, seed, PROFILES[profile], folder, "", other_key=OTHER_KEY, until=until
    )
    return run_phases(_project(), options, Collector(), Quiet()).outcome.failures


@cache
def _project() -> Project:
    """The flagship, none of whose deployed servers' faults is excused here."""
    config = load_config(SPEC, Collector())
    document = effective(config, Collector())
    strict = replace(config, document=replace(config.document, known_faults=None))
    return read_project(strict, document, None, Collector())
