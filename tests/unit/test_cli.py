"""The command line says what it does, and its exit status says what came of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from specloom import catalogue, cli

ROOT = Path(__file__).parents[2]
FLAGSHIP = ROOT / "spec" / "completion"
COMMANDS = sorted(typer.main.get_group(cli.app).commands)
KEYS = ["code", "severity", "message", "file", "line", "column", "pointer"]

run = CliRunner().invoke


def specloom(*arguments: str) -> subprocess.Popen[str]:
    """The program itself, as a shell would start it."""
    code = "from specloom.cli import main; main()"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "generator")}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.fixture
def flagship(tmp_path: Path) -> Path:
    """A copy of the flagship's folder, without its corrections."""
    shutil.copy(FLAGSHIP / "openapi.json", tmp_path)
    (tmp_path / "specloom.toml").write_text(
        '[client]\ndistribution = "a"\npackage = "a"\nclass_name = "A"\noutput = "out"\n'
    )
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_explains_each_option(command: str) -> None:
    text = run(cli.app, [command, "--help"]).output
    assert f"Example: specloom {command}" in text
    for line in re.findall(r"^  (?:--|\[?[A-Z]+\]? ).*$", text, re.MULTILINE):
        assert re.search(r"\S  +\S", line.strip()), f"no help text: {line}"


def test_program_help_lists_the_commands() -> None:
    text = run(cli.app, ["--help"]).output
    assert [command for command in COMMANDS if command not in text] == []


@pytest.mark.parametrize("code", [rule.code for rule in catalogue.RULES])
def test_every_code_is_explained(code: str) -> None:
    result = run(cli.app, ["explain", code.lower()])
    assert result.exit_code == 0
    assert result.output.startswith(f"{code} ")


def test_unknown_code_is_a_wrong_call() -> None:
    result = run(cli.app, ["explain", "OAS000"])
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("arguments", [["frobnicate"], ["lint", "--format", "xml"], ["explain"]])
def test_wrong_call(arguments: list[str]) -> None:
    assert run(cli.app, arguments).exit_code == 2


def test_findings_as_json(flagship: Path) -> None:
    result = run(cli.app, ["lint", str(flagship), "--format", "json"])
    findings = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {tuple(finding) for finding in findings} == {tuple(KEYS)}
    assert "OAS404" in {finding["code"] for finding in findings}


def test_findings_as_text_go_to_stdout_in_the_order_of_the_document(flagship: Path) -> None:
    result = run(cli.app, ["lint", str(flagship)])
    lines = [int(line) for line in re.findall(r"openapi\.json:(\d+):", result.stdout)]
    assert lines == sorted(lines)
    assert re.search(r"^\d+ errors, ", result.stdout.splitlines()[-1])


def test_corrected_flagship_is_clean() -> None:
    result = run(cli.app, ["lint", str(FLAGSHIP)])
    assert result.exit_code == 0


def test_upstream_is_looked_at_without_corrections() -> None:
    result = run(cli.app, ["lint", str(FLAGSHIP), "--upstream"])
    assert result.exit_code == 1
    assert "OAS404" in result.stdout


def test_suppressions_are_not_about_the_upstream_document(flagship: Path) -> None:
    with (flagship / "specloom.toml").open("a") as file:
        file.write('[[lint.suppress]]\ncode = "OAS404"\npointer = "/paths"\nreason = "none"\n')
    assert "OAS990" in run(cli.app, ["lint", str(flagship)]).stdout
    assert "OAS990" not in run(cli.app, ["lint", str(flagship), "--upstream"]).stdout


def test_effective_document_is_json_in_3_2() -> None:
    result = run(cli.app, ["effective", str(FLAGSHIP)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["openapi"] == "3.2.0"


def test_normalized_document_is_json() -> None:
    result = run(cli.app, ["normalize", str(FLAGSHIP)])
    assert result.exit_code == 0
    assert "components" in json.loads(result.stdout)


def test_folder_is_the_current_one_if_none_is_given(
    flagship: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(flagship)
    assert "openapi.json:" in run(cli.app, ["lint"]).stdout


@pytest.mark.slow
def test_stale_output_is_status_3(flagship: Path) -> None:
    (flagship / "openapi.json").write_text(
        '{"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"get": '
        '{"operationId": "getA", "responses": {"204": {"description": "b"}, '
        '"404": {"description": "c"}}}}}}'
    )
    stale = run(cli.app, ["generate", str(flagship), "--check"])
    assert (stale.exit_code, (flagship / "out").exists()) == (3, False)
    assert "stale: " in stale.stdout
    assert run(cli.app, ["generate", str(flagship)]).exit_code == 0
    assert run(cli.app, ["generate", str(flagship), "--check"]).exit_code == 0


@pytest.mark.slow
def test_reader_that_leaves_early_is_no_fault() -> None:
    process = specloom("effective", str(FLAGSHIP))
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert (process.wait(timeout=20), process.stderr.read()) == (0, "")
    process.stderr.close()


HEAVY = ("datamodel_code_generator", "schemathesis", "jinja2")


@pytest.mark.parametrize("arguments", [["--help"], ["lint", str(FLAGSHIP)]])
def test_start_is_not_slowed_by_what_is_not_needed(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom specloom.cli import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "generator")}
    result = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert result.stderr.strip() == "[]"
