"""A project's own templates take the place of specloom's, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from specloom import cli

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

DOCUMENT = """\
openapi: 3.1.0
info: {title: Menu, version: '1'}
paths: {/menu: {get: {operationId: listMenu, responses: {'204': {description: None}}}}}
"""
SETTINGS = """\
[document]
upstream = "openapi.yaml"
[client]
distribution = "menu-client"
package = "menu"
class_name = "Menu"
output = "out"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT)
    (tmp_path / "specloom.toml").write_text(SETTINGS)
    return tmp_path


def generate(project: Path, name: str, text: str, *options: str) -> Result:
    template = project / "own" / name
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(text)
    arguments = ["generate", str(project), "--templates", str(project / "own"), *options]
    return CliRunner().invoke(cli.app, arguments)


def test_one_template_is_replaced_and_the_others_stay(project: Path) -> None:
    told = generate(project, "package/README.md.jinja", "# {{ package.title | prose }}, ours\n")
    assert told.exit_code == 0, told.output
    assert (project / "out/README.md").read_text() == "# Menu, ours\n"
    assert "list_menu" in (project / "out/api.md").read_text()


def test_check_takes_the_same_templates(project: Path) -> None:
    template = ("package/README.md.jinja", "ours\n")
    generate(project, *template)
    assert generate(project, *template, "--check").exit_code == 0
    assert CliRunner().invoke(cli.app, ["generate", str(project), "--check"]).exit_code == 3


def test_a_template_may_build_on_the_one_that_it_replaces(project: Path) -> None:
    text = '{% include "specloom/package/README.md.jinja" %}\nAsk #menu for help.\n'
    assert generate(project, "package/README.md.jinja", text).exit_code == 0
    readme = (project / "out/README.md").read_text()
    assert readme.startswith("# menu-client")
    assert readme.endswith("Ask #menu for help.\n")


def test_a_linked_folder_is_checked_as_it_is_used(project: Path) -> None:
    (project / "own").mkdir()
    (project / "shared").mkdir()
    (project / "own/package").symlink_to(project / "shared")
    (project / "shared/back").symlink_to(project / "own")
    assert generate(project, "package/README.md.jinja", "ours\n").exit_code == 0
    assert (project / "out/README.md").read_text() == "ours\n"
    told = generate(project, "package/other.jinja", "")
    assert told.exit_code == 2
    assert "own/package/other.jinja:1:1 error[TPL001]" in told.output


@pytest.mark.parametrize(
    ("name", "text", "place", "reason"),
    [
        ("package/README.jinja", "", "own/package/README.jinja:1:1", "replaces no template"),
        ("package/README.md.jinja", "\n{{ x", "own/package/README.md.jinja:2:1", "end of"),
        ("package/README.md.jinja", "\n\n{{ x }}", "own/package/README.md.jinja:3:1", "'x' is"),
        ("package/README.md.jinja", "{{ 1 / 0 }}", "own/package/README.md.jinja:1:1", "division"),
        ("client/client.py.jinja", "def", "own:1:1", "_client.py"),
    ],
)
def test_what_a_template_does_wrong_is_said_at_its_line(
    project: Path, name: str, text: str, place: str, reason: str
) -> None:
    told = generate(project, name, text)
    assert told.exit_code == 2
    assert f"{place} error[TPL001]" in told.output
    assert reason in told.output
    assert not (project / "out").exists()


def test_a_folder_without_templates_is_a_mistake(project: Path) -> None:
    (project / "own").mkdir()
    arguments = ["generate", str(project), "--templates", str(project / "own")]
    told = CliRunner().invoke(cli.app, arguments)
    assert told.exit_code == 2
    assert "holds no template" in told.output
