"""What a project says of its contract tests: the document, its settings, its scenarios.

Knows nothing of servers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.config import BAD_CONFIG, FILE_NAME
from specloom.contract.answers.operations import operations
from specloom.contract.answers.subject import Subject
from specloom.contract.findings import checks
from specloom.contract.findings.check_rules import CHECK_RULES
from specloom.contract.phases.scenarios import load_scenarios
from specloom.contract.plan.settings import read_settings
from specloom.contract.requests.links import find_link
from specloom.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specloom.config import Config
    from specloom.contract.exchanges.exchange import Request
    from specloom.contract.plan.settings import Settings, Stop
    from specloom.contract.requests.links import Link
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

    from .scenario import Scenario


@dataclass(frozen=True, slots=True)
class Project:
    """A document to hold servers to, and what is known beside it; a stop comes with its link.

    `calls` writes a request as a call of the generated client; None if no client can be made.
    """

    config: Config
    subject: Subject
    settings: Settings
    scenarios: Sequence[Scenario]
    stops: Sequence[tuple[Stop, Link]]
    calls: Callable[[Request], str | None] | None

    @property
    def operations(self) -> list[str]:
        """The ids of the document's operations."""
        return [operation.id for operation in self.subject.operations.values()]

    @property
    def own_checks(self) -> dict[str, str]:
        """What the checks of the scenarios mean, by name."""
        return {
            check: text for scenario in self.scenarios for check, text in scenario.checks.items()
        }


def read_project(
    config: Config,
    document: Document,
    calls: Callable[[Request], str | None] | None,
    collector: Collector,
) -> Project:
    """Read a project. Raises HaltedError if its settings are wrong."""
    names = [operation.id for operation in operations(document.tree).values()]
    settings = read_settings(config, names, {*checks.names(), *CHECK_RULES}, collector)
    subject = Subject(document, closed=settings.undeclared_fields)
    scenarios = load_scenarios(settings.scenarios, config, collector)
    _check_scenarios(scenarios, names, config, collector)
    stops = [(stop, _link(subject, stop, config, collector)) for stop in settings.stops]
    return Project(config, subject, settings, scenarios, stops, calls)


def _check_scenarios(
    scenarios: Sequence[Scenario], names: Sequence[str], config: Config, collector: Collector
) -> None:
    """Raises HaltedError if one is about no operation: it could never be played."""
    place = Location(str(config.folder / FILE_NAME))
    for scenario in scenarios:
        unknown = ", ".join(sorted(set(scenario.operations).difference(names)))
        if unknown or not scenario.operations:
            needed = f"no operation of the document: {unknown}" if unknown else "no operation"
            message = f"`contract.scenarios`: {scenario.name!r} names {needed}"
            collector.add(BAD_CONFIG, message, place)
    collector.halt_on_errors()


def _link(subject: Subject, stop: Stop, config: Config, collector: Collector) -> Link:
    link = find_link(subject, stop.operation, stop.link)
    if link is None:
        message = f"{stop.operation} has no link called {stop.link!r}"
        collector.halt(BAD_CONFIG, message, Location(str(config.folder / FILE_NAME)))
    return link
