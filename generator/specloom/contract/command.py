"""`specloom contract`: arguments into a run, its report into lines and an exit status.

0 clean; 1 the server strays from the document; 2 called wrongly, or nothing answers. It is given
the stages before it, and knows nothing of them.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from importlib.util import find_spec
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer

from specloom.terminal import quiet_when_cut_off

from . import arguments
from .arguments import Depth, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.config import Config
    from specloom.contract.exchanges.exchange import Request
    from specloom.contract.plan.options import Options
    from specloom.contract.replays.replayed import Replayed
    from specloom.contract.reports.report import Report
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

    from .project import Project

WRONGLY_CALLED: Final = 2


@dataclass(frozen=True, slots=True)
class Stages:
    """What the command needs of the stages before it.

    `effective` gives the document to test against, `client_calls` what writes requests as calls
    of the generated client, if one can be made; `run` applies stages to a folder's settings, and
    ends the program if they can't go on.
    """

    effective: Callable[[Config, Collector], Document]
    client_calls: Callable[[Config], Callable[[Request], str | None] | None]
    run: Callable[[Path, Callable[[Config, Collector], Any]], Any]


def register(app: typer.Typer, stages: Stages) -> None:
    """Add the command to an app."""

    @app.command(epilog="Example: specloom contract spec/completion --url http://127.0.0.1:8765/v1")
    def contract(  # noqa: PLR0913 - one parameter to an option
        directory: arguments.Folder = Path(),
        *,
        url: arguments.Url = None,
        api_key: arguments.Key = None,
        other_api_key: arguments.OtherKey = None,
        profile: arguments.DepthOption = Depth.DEFAULT,
        max_time: arguments.MaxTime = None,
        seed: arguments.Seed = arguments.SEED,
        only: arguments.Only = None,
        skip: arguments.Skip = None,
        read_only: arguments.ReadOnly = False,
        shard: arguments.ShardOption = "1/1",
        workers: arguments.Workers = 1,
        rate: arguments.Rate = None,
        timeout: arguments.Timeout = arguments.TIMEOUT,
        max_response_time: arguments.MaxResponseTime = None,
        recordings: arguments.Recordings = None,
        version: arguments.Version = None,
        replay: arguments.Replay = None,
        report_folder: arguments.ReportFolder = arguments.REPORT_FOLDER,
        form: arguments.FormOption = Form.TEXT,
    ) -> None:
        """Hold a running server to the document, with requests of every kind."""
        _check_installed()
        arguments.check_source(url, recordings, version, replay)
        arguments.check_max_time(max_time, profile)
        arguments.check_rate(rate)
        _check_url(url)
        _check_key(api_key, "--api-key")
        _check_key(other_api_key, "--other-api-key")
        from specloom.contract.plan.invocation import invocation, recordings_invocation  # noqa: PLC0415 - only this command needs it
        from specloom.contract.plan.options import PROFILES, Options  # noqa: PLC0415 - the same

        asked = Options(
            url, api_key, seed, PROFILES[profile], report_folder, "",
            other_api_key, tuple(only or ()), tuple(skip or ()), read_only,
            arguments.read_shard(shard), workers, rate, timeout, max_response_time, max_time,
        )  # fmt: skip
        with _own_faults_told():
            if recordings:
                same = recordings_invocation(directory, asked, recordings, version)
                options = changed(asked, replay=same)
                report = _looked_at(stages, directory, options, recordings, version)
                _tell(report, form, report_folder)
            options = changed(asked, replay=invocation(directory, asked))
            if replay:
                _replay(stages, directory, options, replay)
            _tell(_tested(stages, directory, options), form, report_folder)


@contextmanager
def _own_faults_told() -> Iterator[None]:
    """Say what went wrong in specloom itself, which is no finding: where, and of what type.

    The error's own text is left out, since a key may be in it.
    """
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not pass for a finding
        typer.echo(
            f"specloom itself failed, and tells nothing of the server: {_where(error)}", err=True
        )
        raise typer.Exit(WRONGLY_CALLED) from None


def _where(error: Exception) -> str:
    """The type of an error and the last line of ours that it went through."""
    frames = [
        (frame.f_globals.get("__name__", ""), line) for frame, line in walk_tb(error.__traceback__)
    ]
    ours = [(name, line) for name, line in frames if name.startswith("specloom.")]
    name, line = ours[-1] if ours else frames[-1]
    why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
    return f"{type(error).__name__}{why} in {name}, line {line}"


def _project(stages: Stages, config: Config, collector: Collector) -> Project:
    from .project import read_project  # noqa: PLC0415 - heavy

    document = stages.effective(config, collector)
    return read_project(config, document, stages.client_calls(config), collector)


def _tested(stages: Stages, directory: Path, options: Options) -> Report:
    from specloom.contract.reports.progress import shown_progress  # noqa: PLC0415 - only this command needs it

    from .session import run_phases  # noqa: PLC0415 - heavy

    def test(config: Config, collector: Collector) -> Report:
        project = _project(stages, config, collector)
        with shown_progress() as progress:
            return run_phases(project, options, collector, progress)

    report: Report = stages.run(directory, test)
    return report


def _looked_at(
    stages: Stages, directory: Path, options: Options, paths: list[Path], version: str | None
) -> Report:
    from .session import look_at_recordings  # noqa: PLC0415 - heavy

    def look(config: Config, collector: Collector) -> Report:
        project = _project(stages, config, collector)
        return look_at_recordings(project, options, paths, version, collector)

    report: Report = stages.run(directory, look)
    return report


def _replay(stages: Stages, directory: Path, options: Options, finding: str) -> NoReturn:
    from specloom.contract.replays.replayed import lines  # noqa: PLC0415 - heavy
    from specloom.contract.reports.progress import shown_progress  # noqa: PLC0415 - only this command needs it

    from .replaying import replay_finding  # noqa: PLC0415 - heavy

    def again(config: Config, collector: Collector) -> Replayed:
        project = _project(stages, config, collector)
        with shown_progress() as progress:
            return replay_finding(project, options, finding, collector, progress)

    replayed: Replayed = stages.run(directory, again)
    for line in lines(replayed):
        typer.echo(line)
    raise typer.Exit(int(replayed.fails))


def _check_installed() -> None:
    if find_spec("schemathesis") is None:
        _refuse("this command needs more: install `specloom[contract]`")


def _check_url(url: str | None) -> None:
    from specloom.contract.transport.target import wrong_url  # noqa: PLC0415 - heavy

    problem = wrong_url(url) if url is not None else None
    if problem:
        _refuse(f"--url can't be used: {problem}")


def _check_key(key: str | None, option: str) -> None:
    from specloom.contract.transport.credentials import wrong_key  # noqa: PLC0415 - only this command needs it

    problem = wrong_key(key) if key else None
    if problem:
        _refuse(f"{option} can't be used: {problem}")


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(WRONGLY_CALLED)


def _tell(report: Report, form: Form, folder: Path) -> NoReturn:
    from specloom.contract.reports.writing import tell  # noqa: PLC0415 - heavy

    with quiet_when_cut_off():
        tell(report, form.value, folder, sys.stdout)
    raise typer.Exit(report.exit_status)
