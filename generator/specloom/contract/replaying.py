"""The order of a replay: server, requests, and the finding's phase where that alone can tell.

Knows nothing of the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.contract.findings.expectations import Expectations
from specloom.contract.phases.scenarios import SCENARIO_ERROR
from specloom.contract.plan.plan import Plan, plan_of
from specloom.contract.replays.replay import decided, replay
from specloom.contract.replays.reported_finding import check_whose
from specloom.contract.transport.tested_server import tested_server

from .trying import own_phases

if TYPE_CHECKING:
    from specloom.contract.plan.options import Options
    from specloom.contract.replays.replayed import Replayed
    from specloom.contract.reports.progress import Progress
    from specloom.diagnostics import Collector

    from .project import Project


def replay_finding(
    project: Project, options: Options, finding: str, collector: Collector, progress: Progress
) -> Replayed:
    """Make what led to a finding of the last report once more. Raises HaltedError."""
    report = options.report / "report.json"
    check_whose(report, options.url, collector)
    with tested_server(project, options, collector, progress) as server:
        again = replay(report, finding, project.subject, server.sender, collector)
        if again.phase is None:
            return again
        plan = _plan_of(again, project, options)
        expectations = Expectations(project.settings.expectations)
        own = own_phases(project, options, server, plan, expectations, progress)
        trials = list(own.trials())
    return decided(again, trials, collector)


def _plan_of(again: Replayed, project: Project, options: Options) -> Plan:
    """The phase of a finding alone, or the scenarios that have its check."""
    finding = again.finding
    scenarios = [
        scenario.name
        for scenario in project.scenarios
        if finding.check in {*scenario.checks, SCENARIO_ERROR}
        and (scenario.reads_only or not options.read_only)
    ]
    return plan_of(finding.operation, again.phase or "", scenarios)
