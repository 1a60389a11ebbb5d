"""`specloom diff`: two documents into what changed, and an exit status.

0: nothing changed that fails the run; 1: something did; 2: called wrongly, or a document can't be
read. Decides nothing about documents.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from specloom.config import UNNAMED, load_project
from specloom.diagnostics import Collector, HaltedError
from specloom.terminal import progress, quiet_when_cut_off

if TYPE_CHECKING:
    from specloom.config import Config
    from specloom.diff.difference import Difference

UNREADABLE: Final = 2


class Form(StrEnum):
    """How a difference is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CHANGELOG = "changelog"
    GITHUB = "github"
    SARIF = "sarif"


class FailOn(StrEnum):
    """The least change that fails a run."""

    BREAKING = "breaking"
    CLIENT_BREAKING = "client-breaking"
    RISKY = "risky"
    NEVER = "never"


_Place = Annotated[
    Path,
    typer.Argument(
        metavar="DIR|FILE", help="A folder that holds specloom.toml, or a document by itself."
    ),
]
_FormOption = Annotated[
    Form,
    typer.Option(
        "--format",
        help="How the changes are written: `markdown` for a pull request, `changelog` for the "
        "client's own.",
    ),
]
_FailOn = Annotated[
    FailOn,
    typer.Option(
        help="What makes the exit status 1: what breaks clients on the wire, or also programs that "
        "use the generated client, or also what is risky for clients."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command(epilog="Example: specloom diff old/openapi.json spec/completion")(diff)


def diff(
    old: _Place,
    new: _Place,
    *,
    form: _FormOption = Form.TEXT,
    fail_on: _FailOn = FailOn.BREAKING,
) -> None:
    """Tell what changed from one document to another, and whom it breaks."""
    # As much time would go into looking for garbage as into comparing; there is hardly any.
    gc.disable()
    collector = Collector()
    with progress(plain=False) as tell:
        tell("diff")
        found = _difference(old, new, collector)
    if collector.diagnostics:
        from specloom.report import text  # noqa: PLC0415 - most documents are valid

        text.write(collector.by_place, sys.stderr)
    if found is None:
        raise typer.Exit(UNREADABLE)
    told = _rendered(found, form)
    if told:
        with quiet_when_cut_off():
            typer.echo(told)
    raise typer.Exit(int(_fails(found, fail_on)))


def _difference(old: Path, new: Path, collector: Collector) -> Difference | None:
    """What changed; None if a document can't be read, and the collector says why."""
    from specloom import pipeline  # noqa: PLC0415 - heavy

    try:
        before, after = load_project(old, collector), load_project(new, collector)
        before, after = _called_alike(before, after), _called_alike(after, before)
        return pipeline.difference(before, after, collector)
    except HaltedError:
        return None


def _called_alike(config: Config, other: Config) -> Config:
    """The settings of a project; a document by itself has the client of what it is compared to."""
    return replace(config, client=other.client) if config.client == UNNAMED else config


def _rendered(found: Difference, form: Form) -> str:
    from specloom.diff.report import json, markdown, text  # noqa: PLC0415 - the rest comes first
    from specloom.report import github, sarif  # noqa: PLC0415 - the same

    if form is Form.CHANGELOG:
        return found.changelog.rstrip("\n")
    if form is Form.GITHUB:
        return github.render(found.findings)
    if form is Form.SARIF:
        return sarif.render(found.findings)
    renderers = {Form.TEXT: text.render, Form.JSON: json.render, Form.MARKDOWN: markdown.render}
    return renderers[form](found)


def _fails(found: Difference, fail_on: FailOn) -> bool:
    from specloom.diff.change import Verdict  # noqa: PLC0415 - the comparison comes first

    # Where no client can be made of both, nobody knows that its programs go on.
    in_client = found.client is None or any(change.breaking for change in found.client)
    return {
        FailOn.BREAKING: bool(found.of(Verdict.BREAKING)),
        FailOn.CLIENT_BREAKING: bool(found.of(Verdict.BREAKING)) or in_client,
        FailOn.RISKY: bool(found.of(Verdict.BREAKING) or found.of(Verdict.RISKY)) or in_client,
        FailOn.NEVER: False,
    }[fail_on]
