"""The command line: arguments into calls of the pipeline, findings into text and an exit status.

0 clean; 1 the document is at fault; 2 called wrongly, or something can't be read, written or
reached; 3 the generated output is stale. Decides nothing about documents.
"""

from __future__ import annotations

import gc
import json
import re
import signal
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn, TypeVar

import typer

from specloom.config import Config, load_config
from specloom.contract.command import Stages
from specloom.contract.command import register as register_contract
from specloom.contract.merge_command import register as register_contract_merge
from specloom.diagnostics import Collector, HaltedError
from specloom.diff_command import register as register_diff
from specloom.lint_command import register as register_lint
from specloom.report import text as text_report
from specloom.rules_command import register as register_rules
from specloom.terminal import progress, quiet_when_cut_off
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from specloom.document.load import Document
    from specloom.emit.client_calls import Sent
    from specloom.pipeline import Outcome

T = TypeVar("T")

STALE: Final = 3

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help can be quoted, and spares the import of rich.
    rich_markup_mode=None,
)


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that holds specloom.toml.")]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer gives it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415

        print(f"specloom {version('specloom')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Turn a checked-in OpenAPI document into a typed Python client, and find its faults."""


def main() -> None:
    """Run the command that the arguments name."""
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 whatever the locale; a file's name may be no text at all.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _end)
    app()


def _end(number: int, _: FrameType | None) -> NoReturn:
    """End as on an interrupt, so that what was begun is cleaned up."""
    raise SystemExit(128 + number)


# The commands import the pipeline when they run: `--help` should not wait for it.


@app.command(epilog="Example: specloom init https://api.example.com/openapi.json --name example")
def init(
    source: Annotated[str, typer.Argument(metavar="URL-or-FILE", help="The OpenAPI document.")],
    *,
    name: Annotated[
        str | None,
        typer.Option(help="What to call the project; else its document's title tells."),
    ] = None,
) -> None:
    """Start a new spec/NAME from a document: what `generate`, `lint` and `contract` take."""
    from specloom import new_project  # noqa: PLC0415

    if name is not None and not re.search("^[^A-Za-z0-9]*[A-Za-z]", name):
        raise typer.BadParameter(
            "its first word must begin with a letter of ASCII", param_hint="--name"
        )
    collector = Collector()
    try:
        folder = new_project.create(source, name, datetime.now(UTC).date(), collector)
    except HaltedError:
        folder = None
    folder = _sound(folder, collector)
    print(f"made {folder}; now:\n  specloom generate {folder}\n  specloom lint {folder}")


@app.command(epilog="Example: specloom generate spec/completion --check")
def generate(
    directory: Folder = Path(),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 3 if the output is stale.")
    ] = False,
    templates: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Templates that take the place of specloom's of the same name.",
        ),
    ] = None,
) -> None:
    """Write the typed client that the document describes."""
    from specloom import pipeline  # noqa: PLC0415

    # A sixth of a generation's time would go into looking for garbage; it makes hardly any.
    gc.disable()
    collector = Collector()
    with progress(plain=True) as tell:
        stages = partial(pipeline.generate, check=check, templates=templates, progress=tell)
        result = _collect(directory, stages, collector)
    outcome = _sound(result, collector)
    _tell(outcome, check=check)
    if check and outcome.changes:
        raise typer.Exit(STALE)


@app.command(epilog="Example: specloom effective spec/completion > effective.json")
def effective(directory: Folder = Path()) -> None:
    """Print the corrected document, in OpenAPI 3.2."""
    from specloom import pipeline  # noqa: PLC0415

    _print_tree(_run(directory, pipeline.effective))


@app.command(epilog="Example: specloom normalize spec/completion > normalized.json")
def normalize(directory: Folder = Path()) -> None:
    """Print the document that the client is made from."""
    from specloom import pipeline  # noqa: PLC0415

    _print_tree(_run(directory, pipeline.normalized))


def _run(directory: Path, stages: Callable[[Config, Collector], T]) -> T:
    """What the stages give. What they find goes to stderr, and exits if there is an error."""
    collector = Collector()
    return _sound(_collect(directory, stages, collector), collector)


def _collect(
    directory: Path, stages: Callable[[Config, Collector], T], collector: Collector
) -> T | None:
    """What the stages give; None if they could not go on, and the collector says why."""
    try:
        return stages(load_config(directory, collector), collector)
    except HaltedError:
        return None


def _sound(result: T | None, collector: Collector) -> T:
    """The result, once what was found has gone to stderr; exits if there is an error."""
    if collector.diagnostics:
        text_report.write(collector.by_place, sys.stderr)
    if result is None or collector.errors:
        raise typer.Exit(collector.exit_status)
    return result


def _print_tree(document: Document) -> None:
    with quiet_when_cut_off():
        print(json.dumps(document.tree, ensure_ascii=False, indent=2), flush=True)


def _tell(outcome: Outcome, *, check: bool) -> None:
    """Say what was changed, or what is stale."""
    changed = [*outcome.changes.written, *outcome.changes.deleted]
    for path in sorted(changed) if check else ():
        print(f"stale: {printable(path)}")
    wrote = f"{len(outcome.changes.written)} files written, {len(outcome.changes.deleted)} deleted"
    files = f"{len(changed)} files stale" if check else wrote
    operations = f"{outcome.operations} of {outcome.operations_in_document} operations"
    print(f"{operations}, {outcome.widened} widened; {files}")
    if outcome.untold:
        told = f"{outcome.untold} finding{'s' if outcome.untold > 1 else ''}"
        print(f"nothing has changed since the run that told {told}", file=sys.stderr)


def _effective(config: Config, collector: Collector) -> Document:
    from specloom import pipeline  # noqa: PLC0415

    return pipeline.effective(config, collector)


def _client_calls(config: Config) -> Callable[[Sent], str | None] | None:
    """What writes requests as calls of the client; None where none can be made of the document."""
    from specloom import pipeline  # noqa: PLC0415

    try:
        return pipeline.client_calls(config, Collector())
    except HaltedError:
        return None


register_lint(app)
register_rules(app)
register_diff(app)
register_contract(app, Stages(_effective, _client_calls, _run))
register_contract_merge(app)
