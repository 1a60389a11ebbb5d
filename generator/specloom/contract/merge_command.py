"""`specloom contract-merge`: the report folders of a run's shards into one.

0 clean; 1 the server strays from the document; 2 they are not the shards of one run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from . import arguments
from .arguments import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONGLY_CALLED: Final = 2

_JUNIT: Final = "junit.xml"

_Folders = Annotated[
    list[Path], typer.Argument(metavar="DIR...", help="The `--report` folder of each shard.")
]


def register(app: typer.Typer) -> None:
    """Add the command to an app."""

    @app.command(
        "contract-merge",
        epilog="Example: specloom contract-merge shards/* --report build/contract",
    )
    def contract_merge(
        folders: _Folders,
        *,
        report_folder: arguments.ReportFolder = arguments.REPORT_FOLDER,
        form: arguments.FormOption = Form.TEXT,
    ) -> None:
        """Join the reports of a contract test that was made in shards."""
        from specloom.contract.reports.merge import disagreements, merge  # noqa: PLC0415 - only this command needs it

        shards = [_read(folder) for folder in folders]
        try:
            _check(list(disagreements(shards)))
            merged = merge(shards, report_folder)
        except (KeyError, TypeError, ValueError) as error:
            _refuse(f"these are no reports of this version of specloom: {error!r}")
        _write(merged, folders, report_folder)
        _tell(merged, form, report_folder)
        raise typer.Exit(int(any(not finding["known"] for finding in merged["findings"])))


def _read(folder: Path) -> dict[str, Any]:
    path = folder / "report.json"
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        _refuse(f"{path} can't be read: {error}")
    if not isinstance(plain, dict):
        _refuse(f"{path} is no report")
    return plain


def _check(problems: Sequence[str]) -> None:
    if problems:
        _refuse(f"these are not the shards of one run: {'; '.join(problems)}")


def _write(merged: dict[str, Any], folders: Sequence[Path], folder: Path) -> None:
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - only this command needs it

    from specloom.contract.reports.merged_junit import merged_junit  # noqa: PLC0415 - the same
    from specloom.contract.reports.writing import write_reports  # noqa: PLC0415 - the same

    try:
        junit = merged_junit([shard / _JUNIT for shard in folders])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _JUNIT).write_bytes(junit)
        write_reports(merged, folder)
    except (OSError, ParseError) as error:
        _refuse(str(error))


def _tell(merged: dict[str, Any], form: Form, folder: Path) -> None:
    from specloom.contract.reports.writing import render  # noqa: PLC0415 - only this command needs it

    typer.echo(render(merged, form.value, folder))


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(WRONGLY_CALLED)
