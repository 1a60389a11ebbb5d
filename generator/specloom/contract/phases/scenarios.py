"""The scenarios that `[contract] scenarios` names into trials of a server.

Knows nothing of what a scenario does, nor of documents.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from specloom.config import BAD_CONFIG, FILE_NAME
from specloom.contract.answers.fault import Fault
from specloom.contract.plan.phases import SCENARIOS
from specloom.contract.scenario import Scenario, Server, Skipped, Strayed
from specloom.diagnostics import Collector, HaltedError, Location

from .trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from specloom.config import Config
    from specloom.contract.exchanges.exchange import Exchange

SCENARIO_ERROR: Final = "scenario_error"
"""The check that a scenario fails which ends in any other way than by Strayed or Skipped."""

LONGEST: Final = 60.0
"""Seconds that one scenario may take."""


def load_scenarios(
    entries: Sequence[str], config: Config, collector: Collector
) -> tuple[Scenario, ...]:
    """All scenarios of files and package folders, which may import the generated client.

    Paths are relative to specloom.toml. Raises HaltedError if one can't be loaded.
    """
    place = Location(str(config.folder / FILE_NAME))
    found: dict[str, Scenario] = {}
    with _importable(config.output):
        for entry in entries:
            for scenario in _load(entry, (config.folder / entry).resolve(), place, collector):
                if scenario.name in found:
                    message = f"two scenarios are called {scenario.name!r}"
                    collector.halt(BAD_CONFIG, f"`contract.scenarios`: {message}", place)
                found[scenario.name] = scenario
    return tuple(found.values())


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Have imports look into a folder first, within the block."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _load(entry: str, path: Path, place: Location, collector: Collector) -> Sequence[Scenario]:
    try:
        found = getattr(_module(path), "SCENARIOS", None)
    except HaltedError:
        raise
    except Exception as error:  # noqa: BLE001 - a project's code may raise anything
        message = f"{entry!r} can't be loaded: {type(error).__name__}: {error}"
        collector.halt(BAD_CONFIG, f"`contract.scenarios`: {message}", place)
    if not _is_scenarios(found):
        message = f"{entry!r} must define SCENARIOS, a sequence of Scenario"
        collector.halt(BAD_CONFIG, f"`contract.scenarios`: {message}", place)
    return found


def _module(path: Path) -> Any:
    """Import a file, or a folder as a package, under a name that is nobody else's."""
    is_package = path.is_dir()
    name = "_scenarios" + str(path).replace("/", "_").replace(".", "_")
    spec = spec_from_file_location(
        name,
        path / "__init__.py" if is_package else path,
        submodule_search_locations=[str(path)] if is_package else None,
    )
    if spec is None or spec.loader is None:
        raise ImportError("it is neither a Python file nor a folder")
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _is_scenarios(found: Any) -> TypeGuard[Sequence[Scenario]]:
    return isinstance(found, Sequence) and all(isinstance(each, Scenario) for each in found)


def run_scenarios(
    scenarios: Sequence[Scenario], server: Server, seconds: float = LONGEST
) -> Iterator[Trial]:
    """Try each on a server, for so long at most; gives a Trial for each."""
    for scenario in scenarios:
        exchanges: list[Exchange] = []
        deadline = time.monotonic() + seconds
        bounded = replace(server, record=exchanges.append, deadline=deadline)
        outcome = _outcome(scenario, bounded)
        yield replace(outcome, exchanges=tuple(exchanges))


def _outcome(scenario: Scenario, server: Server) -> Trial:
    """What a scenario comes to, without its exchanges."""
    trial = Trial(SCENARIOS, scenario.operations[0], scenario.name, checks=tuple(scenario.checks))
    try:
        scenario.run(server)
    except Strayed as strayed:
        if strayed.operation in scenario.operations:
            return _failed(trial, strayed.operation, Fault(strayed.check, strayed.message))
        return _failed(trial, trial.operation, Fault(strayed.check, str(strayed)))
    except Skipped as skipped:
        return replace(trial, checks=(), skipped=str(skipped))
    except Exception as error:  # noqa: BLE001 - a project's code may raise anything
        message = f"{type(error).__name__}: {error}"
        return _failed(trial, trial.operation, Fault(SCENARIO_ERROR, message))
    return trial


def _failed(trial: Trial, operation: str, fault: Fault) -> Trial:
    """The same, failed: whether the other checks would pass is unknown."""
    return replace(trial, operation=operation, faults=(fault,), checks=(fault.check,))
