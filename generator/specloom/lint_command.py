"""`specloom lint`: arguments into findings and an exit status.

0 clean; 1 the document is at fault; 2 called wrongly, or something can't be read. Decides nothing
about documents.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from specloom.config import load_project
from specloom.diagnostics import Collector, HaltedError, Severity
from specloom.terminal import progress, quiet_when_cut_off

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specloom.config import Config
    from specloom.diagnostics import Diagnostic, Rule

WRONGLY_CALLED: Final = 2


class Form(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"
    HTML = "html"


class FailOn(StrEnum):
    """The least finding that fails a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    HINT = "hint"
    NEVER = "never"


_Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="DIR|FILE",
        show_default=False,
        help="The folder that holds specloom.toml; the working directory if none is given. Or a "
        "document: what the specloom.toml beside it says holds for it if it names it.",
    ),
]
_FormOption = Annotated[Form, typer.Option("--format", help="How the findings are written.")]
_Upstream = Annotated[
    bool, typer.Option("--upstream", help="Look at the document without its corrections.")
]
_Select = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help="Rules to look for, in the place of `[lint] select`: codes, beginnings of codes, "
        "names, `recommended` or `all`, separated by commas.",
    ),
]
_Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="RULES", help="Rules to leave out, in the place of `[lint] ignore`."),
]
_Slow = Annotated[
    bool,
    typer.Option("--slow", help="Have openapi-spec-validator judge the document, too."),
]
_FailOn = Annotated[FailOn, typer.Option(help="The least finding for which the exit status is 1.")]


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command(epilog="Example: specloom lint spec/completion --format json")(lint)


def lint(  # noqa: PLR0913 - one parameter to an option
    paths: _Paths = None,
    *,
    form: _FormOption = Form.TEXT,
    upstream: _Upstream = False,
    select: _Select = None,
    ignore: _Ignore = None,
    fail_on: _FailOn = FailOn.ERROR,
    slow: _Slow = False,
) -> None:
    """Find what is wrong with a document, its corrections applied."""
    # Looking for garbage takes a sixth of the time; there is hardly any.
    gc.disable()
    asked = {"select": _words(select, "--select"), "ignore": _words(ignore, "--ignore")}
    given = {key: words for key, words in asked.items() if words}
    collector = Collector()
    with progress(plain=False) as tell:
        tell("lint")
        projects = [_project(path, given, collector) for path in paths or [Path()]]
        looked_for = [
            rule
            for index, config in enumerate(projects)
            if config and config not in projects[:index]
            for rule in _look(config, collector, upstream=upstream, slow=slow)
        ]
    with quiet_when_cut_off():
        _write(form, collector.by_place, looked_for)
    raise typer.Exit(_status(collector.diagnostics, fail_on))


def _words(given: Sequence[str] | None, option: str) -> tuple[str, ...]:
    """The words of an option, each of which names rules."""
    words = tuple(word.strip() for text in given or () for word in text.split(",") if word.strip())
    if words:
        from specloom import lint as stage  # noqa: PLC0415 - heavy
        from specloom.lint import selection  # noqa: PLC0415 - the same

        for _, message in selection.unknown(stage.RULES, words):
            raise typer.BadParameter(message, param_hint=option)
    return words


def _project(path: Path, given: dict[str, tuple[str, ...]], collector: Collector) -> Config | None:
    """What is set for a path, by options first; None if that can't be read."""
    try:
        config = load_project(path, collector)
    except HaltedError:
        return None
    lint = config.lint
    select, ignore = given.get("select", lint.select), given.get("ignore", lint.ignore)
    return replace(config, lint=replace(lint, select=select, ignore=ignore))


def _look(config: Config, collector: Collector, *, upstream: bool, slow: bool) -> list[Rule]:
    """The rules that were looked for, their findings in the collector; none if it went wrong."""
    from specloom import lint as stage  # noqa: PLC0415 - heavy
    from specloom import pipeline  # noqa: PLC0415 - heavy

    look = pipeline.linted_upstream if upstream else pipeline.linted
    try:
        # What is wrong with the words that choose them is told by the stage.
        looked_for = stage.looked_for(config, Collector())
        look(config, collector, slow=slow)
    except HaltedError:
        typer.echo(
            f"the rest of {config.folder / config.document.upstream} was not looked at", err=True
        )
        return []
    return looked_for


def _write(form: Form, findings: list[Diagnostic], looked_for: list[Rule]) -> None:
    from specloom.report import github, html, json, junit, sarif, text  # noqa: PLC0415 - last

    if form is Form.TEXT:
        text.write(findings, sys.stdout)
    elif form is Form.JUNIT:
        typer.echo(junit.render(findings, looked_for))
    else:
        renderers: dict[Form, Callable[[list[Diagnostic]], str]] = {
            Form.JSON: json.render,
            Form.GITHUB: github.render,
            Form.SARIF: sarif.render,
            Form.HTML: html.render,
        }
        typer.echo(renderers[form](findings))


def _status(findings: Sequence[Diagnostic], fail_on: FailOn) -> int:
    """The gravest status of the findings that fail the run; what stops it does so in any case."""
    order = [severity.value for severity in Severity]
    failing = order[: order.index(fail_on) + 1] if fail_on is not FailOn.NEVER else []
    stopping = [found for found in findings if found.rule.exit_status == WRONGLY_CALLED]
    statuses = [found.rule.exit_status for found in findings if found.severity in failing]
    return WRONGLY_CALLED if stopping else max(statuses, default=0)
