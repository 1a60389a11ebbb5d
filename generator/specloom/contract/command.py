"""`specloom contract`: arguments into a run, its report into lines and an exit status.

0 clean; 1 the server strays from the document; 2 called wrongly, or nothing answers. It is given
the stages before it, and knows nothing of them.
"""

from __future__ import annotations

import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.config import Config
    from specloom.diagnostics import Collector
    from specloom.document.load import Document

    from .report import Report

WRONGLY_CALLED: Final = 2
SEED: Final = 1
MAX_EXAMPLES: Final = 200

_Folder = Annotated[
    Path, typer.Argument(metavar="[DIR]", help="The folder that holds specloom.toml.")
]
_Url = Annotated[
    str | None,
    typer.Option(help="Base URL of the server; left out, `[contract] serve` is started."),
]
_Key = Annotated[
    str | None,
    typer.Option(envvar="SPECLOOM_API_KEY", help="Key to the server; never shown or kept."),
]
_Seed = Annotated[int, typer.Option(min=0, help="The same seed makes the same requests.")]
_MaxExamples = Annotated[
    int, typer.Option(min=1, help="How many random requests an operation gets at most.")
]
_ReportFolder = Annotated[Path, typer.Option("--report", help="Folder for the reports.")]


def register(
    app: typer.Typer,
    effective: Callable[[Config, Collector], Document],
    run: Callable[[Path, Callable[[Config, Collector], Any]], Any],
) -> None:
    """Add the command to an app.

    `effective` gives the document to test against; `run` applies stages to a folder's settings,
    and ends the program if they can't go on.
    """

    @app.command(epilog="Example: specloom contract spec/completion --url http://127.0.0.1:8765/v1")
    def contract(  # noqa: PLR0913 - one parameter to an option
        directory: _Folder = Path(),
        *,
        url: _Url = None,
        api_key: _Key = None,
        seed: _Seed = SEED,
        max_examples: _MaxExamples = MAX_EXAMPLES,
        report_folder: _ReportFolder = Path("build/contract"),
    ) -> None:
        """Hold a running server to the document, with requests of every kind."""
        _check_installed()
        from .options import Options  # noqa: PLC0415 - only this command needs it
        from .session import run as test  # noqa: PLC0415 - heavy

        _check_url(url)
        replay = _replay(directory, url, seed, max_examples)
        options = Options(url, api_key, seed, max_examples, report_folder, replay)
        report = run(
            directory,
            lambda config, collector: test(
                config, effective(config, collector), options, collector, _progress
            ),
        )
        _tell(report, report_folder)
        raise typer.Exit(report.exit_status)


def _check_installed() -> None:
    if find_spec("schemathesis") is None:
        _refuse("this command needs more: install `specloom[contract]`")


def _check_url(url: str | None) -> None:
    from .target import wrong_url  # noqa: PLC0415 - heavy

    problem = wrong_url(url) if url is not None else None
    if problem:
        _refuse(f"--url can't be used: {problem}")


def _refuse(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(WRONGLY_CALLED)


def _replay(directory: Path, url: str | None, seed: int, max_examples: int) -> str:
    where = ["--url", url] if url else []
    numbers = ["--seed", str(seed), "--max-examples", str(max_examples)]
    return shlex.join(["specloom", "contract", str(directory), *where, *numbers])


def _progress(stage: str) -> None:
    typer.echo(stage, err=True)


def _tell(report: Report, folder: Path) -> None:
    from .report import lines  # noqa: PLC0415 - heavy

    for line in lines(report, folder):
        typer.echo(line)
