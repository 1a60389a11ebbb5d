"""The command line says what it does, and its exit status says what came of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from specloom import catalogue, cli
from specloom.emit.write import Changes
from specloom.pipeline import Outcome

ROOT = Path(__file__).parents[2]
FLAGSHIP = ROOT / "spec" / "completion"
COMMANDS = sorted(typer.main.get_group(cli.app).commands)
KEYS = ["code", "rule", "severity", "message", "hint", "file", "line", "column", "pointer"]

run = CliRunner().invoke


def specloom(
    *arguments: str, code: str = "from specloom.cli import main; main()"
) -> subprocess.Popen[str]:
    """The program itself, as a shell would start it."""
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
    # The help of a long option stands in the next line.
    for option in re.findall(r"^  (?:--|\[?[A-Z]+\]? ).*(?:\n {10,}.*)*$", text, re.MULTILINE):
        assert re.search(r"\S(  +|\n +)\S", option.strip()), f"no help text: {option}"


def test_program_help_lists_the_commands() -> None:
    text = run(cli.app, ["--help"]).output
    assert [command for command in COMMANDS if command not in text] == []


def test_program_says_its_version() -> None:
    result = run(cli.app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"specloom {version('specloom')}\n")


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


def test_being_told_to_end_cleans_up() -> None:
    stages = (
        "import time\nfrom specloom import cli\n"
        "def app():\n"
        "    try:\n        print('begun', flush=True); time.sleep(20)\n"
        "    finally:\n        print('cleaned up')\n"
        "cli.app = app\ncli.main()\n"
    )
    with specloom(code=stages) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        process.terminate()
        assert (process.wait(timeout=20), process.stdout.read()) == (143, "cleaned up\n")


RESPONSES = {"204": {"description": "Done."}, "4XX": {"description": "Refused."}}
ELSEWHERE: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "A", "version": "1", "description": "A."},
    "servers": [{"url": "https://a.example"}],
    "paths": {
        "/a": {"$ref": "#/components/pathItems/A"},
        "/b": {
            "post": {
                "operationId": "b",
                "responses": RESPONSES,
                "callbacks": {"told": {"https://b.example": {"put": {"responses": RESPONSES}}}},
            }
        },
    },
    "components": {
        "pathItems": {
            "A": {
                "get": {"operationId": "a", "responses": RESPONSES},
                "additionalOperations": {"COPY": {"operationId": "c", "responses": RESPONSES}},
            }
        }
    },
}
"""Two operations of a path item that is elsewhere, another, and one that is a callback's."""


@pytest.mark.parametrize(
    ("chosen", "counted"),
    [
        ("", "3 of 3 operations, 0 widened; "),
        ('paths = ["/a"]', "2 of 3 operations, 0 widened; "),
        ('ids = ["c"]', "1 of 3 operations, 0 widened; "),
    ],
)
def test_the_operations_of_a_client_are_counted_and_chosen(
    flagship: Path, chosen: str, counted: str
) -> None:
    (flagship / "openapi.json").write_text(json.dumps(ELSEWHERE))
    with (flagship / "specloom.toml").open("a") as file:
        file.write(f"[operations]\n{chosen}\n")
    assert counted in run(cli.app, ["generate", str(flagship), "--check"]).output


def test_what_the_client_offers_less_exactly_is_shown_and_counted(flagship: Path) -> None:
    operation = {"operationId": "send", "security": [{"mutual": []}], "responses": RESPONSES}
    components = {"securitySchemes": {"mutual": {"type": "mutualTLS"}}}
    document = ELSEWHERE | {"paths": {"/a": {"post": operation}}, "components": components}
    (flagship / "openapi.json").write_text(json.dumps(document))
    result = run(cli.app, ["generate", str(flagship), "--check"])
    assert "warning[GEN010]" in result.stderr
    assert "1 of 1 operations, 1 widened; " in result.stdout
    assert result.exit_code == 3


def test_what_the_client_could_not_do_ends_with_status_1(flagship: Path) -> None:
    paths = {"/a": {"$ref": "#/components/pathItems/Gone"}}
    (flagship / "openapi.json").write_text(json.dumps(ELSEWHERE | {"paths": paths}))
    result = run(cli.app, ["generate", str(flagship)])
    assert "error[DOC043]" in result.stderr
    assert (result.exit_code, (flagship / "out").exists()) == (1, False)


def test_a_path_does_not_reach_the_terminal_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    cli._tell(Outcome(1, 1, 0, Changes((), ("a\x1b[2J.py",))), check=True)
    assert capsys.readouterr().out.splitlines()[0] == "stale: a[2J.py"


HEAVY = (
    "datamodel_code_generator", "schemathesis", "jinja2",
    "specloom.normalize", "specloom.translate", "specloom.emit",
)  # fmt: skip


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
