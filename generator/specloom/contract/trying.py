"""A project, a server and a plan into our own phases, ready to be tried.

Knows nothing of what becomes of the trials.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from specloom.contract.phases.own_phases import OwnPhases
from specloom.contract.plan.choice import SAFE_METHODS, permitted

from .scenario import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.contract.findings.expectations import Expectations
    from specloom.contract.plan.options import Options
    from specloom.contract.plan.plan import Plan
    from specloom.contract.plan.settings import Stop
    from specloom.contract.requests.links import Link
    from specloom.contract.transport.tested_server import TestedServer

    from .project import Project


def stops_of(project: Project, options: Options) -> list[tuple[Stop, Link]]:
    """The stops that may be made: their links lead to nothing that is skipped."""
    sendable = permitted(project.subject.operations, options)
    return [
        (stop, link)
        for stop, link in project.stops
        if link.label in sendable
        and (not options.read_only or link.label.partition(" ")[0] in SAFE_METHODS)
    ]


def own_phases(  # noqa: PLR0913, PLR0917 - all that our phases are made of
    project: Project,
    options: Options,
    server: TestedServer,
    plan: Plan,
    expectations: Expectations,
    progress: Callable[[str], None],
) -> OwnPhases:
    """Our phases of a plan, kept to what was not skipped."""
    held = server.target.credentials
    subject = copy(project.subject)
    subject.operations = permitted(subject.operations, options)
    return OwnPhases(
        subject,
        server.sender,
        plan,
        expectations,
        stops_of(project, options),
        project.scenarios,
        Server(
            server.target.url,
            held.key if held else None,
            held.other if held else None,
            options.seed,
            options.profile.scenario_examples,
            {stop.operation: stop.body for stop, _ in project.stops},
        ),
        quick=options.profile.name == "quick",
        safe_only=options.read_only,
        progress=progress,
    )
