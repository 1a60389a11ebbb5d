"""The order of a contract test: server, requests, known faults, report.

Knows nothing of the command line, and of schemathesis only that `engine` is heavy.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from specloom.contract.evidence.evidence import check_recordings, recorded_server
from specloom.contract.findings.expectations import Expectations
from specloom.contract.findings.failures import from_no_success
from specloom.contract.findings.filter import FailureFilter
from specloom.contract.findings.findings import group
from specloom.contract.findings.known_faults import load_known_faults
from specloom.contract.findings.live_faults import explained
from specloom.contract.phases.authentication import scheme_names
from specloom.contract.plan.choice import check_choice
from specloom.contract.plan.phases import STOP
from specloom.contract.plan.plan import Plan, left_out, make_plan
from specloom.contract.reports.merge import is_futile
from specloom.contract.reports.report import Report
from specloom.contract.reports.report_json import plain_report
from specloom.contract.reports.writing import write_reports
from specloom.contract.transport.tested_server import make_folder, tested_server

from . import engine
from .trying import own_phases, stops_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from specloom.contract.answers.subject import Subject
    from specloom.contract.findings.excuses import Unmet
    from specloom.contract.findings.findings import FailedCheck
    from specloom.contract.findings.outcome import Outcome
    from specloom.contract.plan.options import Options
    from specloom.contract.reports.progress import Progress
    from specloom.contract.transport.target import Target
    from specloom.diagnostics import Collector

    from .project import Project


def run_phases(
    project: Project,
    options: Options,
    collector: Collector,
    progress: Progress,
) -> Report:
    """Test a server, and write the reports. Raises HaltedError if there is none."""
    check_choice(project.subject.operations, options, collector)
    plan = make_plan(
        project.subject,
        options,
        project.scenarios,
        stopped=[stop.operation for stop, _ in stops_of(project, options)],
    )
    expectations = Expectations(project.settings.expectations)
    with tested_server(project, options, collector, progress) as server:
        outcome = engine.run(
            project.subject,
            server.target,
            plan,
            FailureFilter(project.subject, expectations),
            options,
            server.patience,
            own_phases(project, options, server, plan, expectations, progress).trials(),
            progress,
        )
    _note_left_out(project, options, plan, outcome)
    # A shard may hold nothing that could succeed; merging looks at all of them.
    if options.shard == (1, 1) and _is_futile(project.subject, outcome):
        outcome.failures.append(from_no_success(project.subject))
    failures, unmet = _explained(project, options, server.target, outcome.failures, collector)
    report = Report(
        server.target.url, options.seed, outcome, group(failures), project.operations,
        expectations.unused, options.replay, profile=options.profile.name, subject=project.subject,
        plan=plan, server=server.target, shard=options.shard, client=project.calls,
        own_checks=project.own_checks, keyed=_keyed(project.subject),
        unused_known_faults=[f"{fault.operation} of {version}: {fault.reason}"
                             for fault, version in unmet],
    )  # fmt: skip
    write_reports(plain_report(report), options.report)
    return report


def _is_futile(subject: Subject, outcome: Outcome) -> bool:
    keyed = _keyed(subject)
    cases: Counter[str] = Counter()
    for (operation, _), count in outcome.cases.items():
        cases[operation] += count
    return is_futile(
        {
            "cases": {"all": cases[one.id]},
            "succeeded": one.id in outcome.succeeded,
            "keyed": one.id in keyed,
        }
        for one in subject.operations.values()
    )


def _keyed(subject: Subject) -> frozenset[str]:
    """The operations that demand a key, by their ids."""
    return frozenset(one.id for one in subject.operations.values() if scheme_names(subject, one))


def _note_left_out(project: Project, options: Options, plan: Plan, outcome: Outcome) -> None:
    """Say of scenarios and stops that the choice left out why nothing was tried."""
    reasons = left_out(project.subject, options, project.scenarios)
    made = stops_of(project, options)
    for stop, link in project.stops:
        if stop.operation in plan.chosen and (stop, link) not in made:
            reasons[stop.operation, STOP] = [f"what stops it, {link.label}, is skipped"]
    for unit, whys in reasons.items():
        said = [outcome.skipped[unit]] if unit in outcome.skipped else []
        outcome.skipped[unit] = "; ".join([*said, *whys])


def look_at_recordings(
    project: Project,
    options: Options,
    paths: Sequence[Path],
    version: str | None,
    collector: Collector,
) -> Report:
    """Hold recorded exchanges to the document, and write the reports. Raises HaltedError."""
    expectations = Expectations(project.settings.expectations)
    outcome = check_recordings(
        project.config, project.subject, paths, version, collector, expectations
    )
    make_folder(options.report, collector)
    report = Report(
        ", ".join(map(str, paths)), options.seed, outcome, group(outcome.failures),
        project.operations, expectations.unused, options.replay, subject=project.subject,
        server=recorded_server(project.subject.tree), client=project.calls,
        keyed=_keyed(project.subject), replayable=False,
    )  # fmt: skip
    write_reports(plain_report(report), options.report)
    return report


def _explained(
    project: Project,
    options: Options,
    target: Target,
    failures: list[FailedCheck],
    collector: Collector,
) -> tuple[list[FailedCheck], list[Unmet]]:
    """The failures, those known as faults of deployed servers marked; our own has no excuse."""
    known = project.config.document.known_faults
    if options.url is None or not known:
        return failures, []
    faults = load_known_faults(project.config.folder / known, collector)
    return explained(project.subject.tree, target, faults, failures)
