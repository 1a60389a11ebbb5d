"""`specloom rules` and `specloom explain`: what is looked for, and why.

0 done; 2 called wrongly.
"""

from __future__ import annotations

from enum import StrEnum
from textwrap import fill, indent
from typing import Annotated, Final

import typer

from specloom.terminal import quiet_when_cut_off

WRONGLY_CALLED: Final = 2


class ListForm(StrEnum):
    """How the rules are listed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.command(epilog="Example: specloom rules --format markdown")(rules)
    app.command(epilog="Example: specloom explain OAS404")(explain)


def rules(
    form: Annotated[
        ListForm, typer.Option("--format", help="How the rules are listed.")
    ] = ListForm.TEXT,
) -> None:
    """List every rule by subject; `off` are those that only `--select` looks for."""
    from specloom import catalogue  # noqa: PLC0415 - heavy
    from specloom.report import rule_list  # noqa: PLC0415 - only this command needs it

    renderers = {
        ListForm.TEXT: rule_list.text,
        ListForm.JSON: rule_list.json_text,
        ListForm.MARKDOWN: rule_list.markdown,
    }
    with quiet_when_cut_off():
        typer.echo(renderers[form](catalogue.RULES))


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="CODE|NAME", help="The code of a finding, as in error[OAS404], or its name."
        ),
    ],
) -> None:
    """Say why a rule exists and what to do about its findings, with a bad and a good document."""
    from specloom import catalogue  # noqa: PLC0415 - heavy
    from specloom.fragments import fragments_of  # noqa: PLC0415 - only this command needs it

    rule = catalogue.find(code)
    if rule is None:
        typer.echo(f"no rule has the code or name {code}", err=True)
        raise typer.Exit(WRONGLY_CALLED)
    with quiet_when_cut_off():
        typer.echo(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.summary}\n")
        typer.echo(fill(rule.explanation, 100))
        for fragment in fragments_of(rule.code):
            typer.echo(f"\n{fragment.title}:\n\n{indent(fragment.text, '    ')}")
