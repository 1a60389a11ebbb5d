"""Lint in other people's repositories: the action, the hook, and what each of them runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.composite_action import CompositeAction, program

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "lint" / "OAS404" / "bad.yaml"
BROKEN = ROOT / "tests" / "lint" / "OAS201" / "bad.yaml"
ACTION = CompositeAction("lint-spec")
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that holds the program itself."""
    main = "from specloom.cli import main; main()"
    program(tmp_path, "specloom", f'exec "{sys.executable}" -c "{main}" "$@"')
    return tmp_path


def test_no_script_holds_an_input() -> None:
    assert [step["run"] for step in ACTION.steps if "${{" in step.get("run", "")] == []


def test_what_is_read_is_declared_and_what_is_declared_is_read() -> None:
    text = (ACTION.folder / "action.yml").read_text(encoding="utf-8")
    read = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)
    assert sorted(read) == sorted(ACTION.defaults)


@pytest.mark.parametrize(
    ("version", "installed"),
    [("", f"{ACTION.folder}/../../.."), ("1.2; echo $(id)", "specloom==1.2; echo $(id)")],
)
def test_it_installs_its_own_specloom_or_the_one_that_is_asked_for(
    version: str, installed: str, tmp_path: Path
) -> None:
    program(tmp_path, "python", 'printf "%s\\n" "$@"')
    assert (
        ACTION.run_step("Install", {"version": version}, tmp_path).stdout.splitlines()[-1]
        == installed
    )


def test_inputs_become_options_whatever_they_hold(tmp_path: Path) -> None:
    program(tmp_path, "specloom", 'printf "%s\\n" "$@"')
    inputs = {
        "paths": "--help\na b/$(id).yaml\n",
        "select": '"; touch x; "',
        "ignore": "OAS1,OAS2",
        "upstream": "true",
        "fail-on": "warning",
    }
    assert ACTION.run_step("Lint", inputs, tmp_path).stdout.splitlines() == [
        "lint", '--select="; touch x; "', "--ignore=OAS1,OAS2", "--upstream", "--fail-on=warning",
        "--format=github", "--", "--help", "a b/$(id).yaml",
    ]  # fmt: skip


@pytest.mark.slow
def test_it_shows_findings_at_their_lines_and_keeps_them(programs: Path) -> None:
    report = programs / "lint.sarif"
    inputs = {
        "paths": str(BAD.relative_to(ROOT)),
        "select": "OAS404",
        "fail-on": "warning",
        "sarif": str(report),
    }
    ran = ACTION.run_step("Lint", inputs, programs)
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("::warning file=tests/lint/OAS404/bad.yaml,line=9,col=7,")
    [run] = json.loads(report.read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["OAS404"]


@pytest.mark.slow
@pytest.mark.parametrize(("fail_on", "status"), [("warning", 1), ("error", 0), ("never", 0)])
def test_its_status_is_that_of_the_findings(fail_on: str, status: int, programs: Path) -> None:
    inputs = {"paths": f"spec/completion\n{BAD}", "fail-on": fail_on}
    assert ACTION.run_step("Lint", inputs, programs).returncode == status


@pytest.mark.slow
@pytest.mark.parametrize("sarif", [False, True])
def test_it_says_what_it_can_not_read(sarif: bool, programs: Path) -> None:  # noqa: FBT001
    inputs = {"paths": ".", "sarif": str(programs / "lint.sarif") if sarif else ""}
    ran = ACTION.run_step("Lint", inputs, programs)
    assert ran.returncode == 2
    assert "give the document itself" in ran.stdout


@pytest.mark.parametrize(
    ("path", "linted"),
    [
        ("openapi.json", True),
        ("api/openapi.yaml", True),
        ("spec/completion/specloom.toml", True),
        ("spec/completion/openapi.yml", True),
        ("spec/completion/overlay.yaml", True),
        ("my-openapi.json", False),
        ("openapi.json.bak", False),
        ("src/openapi/main.json", False),
    ],
)
def test_hook_takes_documents_and_projects(path: str, linted: bool) -> None:  # noqa: FBT001
    assert bool(re.search(HOOK["files"], path)) == linted


@pytest.mark.slow
def test_hook_looks_at_the_files_that_it_is_given(programs: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own program
        [programs / HOOK["entry"].split()[0], *shlex.split(HOOK["entry"])[1:], BROKEN,
         "spec/completion/openapi.json", "spec/completion/specloom.toml"],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.count("error[") == 1
