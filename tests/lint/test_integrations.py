"""Lint in other people's repositories: the action, the hook, and what each of them runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "lint" / "OAS404" / "bad.yaml"
BROKEN = ROOT / "tests" / "lint" / "OAS201" / "bad.yaml"
FOLDER = ROOT / ".github" / "actions" / "lint-spec"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
DEFAULTS = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def run_step(
    name: str, inputs: Mapping[str, str], programs: Path
) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub does, with programs of ours before those of the machine."""
    step = next(step for step in STEPS if step.get("name") == name)
    given = {**DEFAULTS, **inputs}
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GITHUB_ACTION_PATH": str(FOLDER),
        **{
            variable: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for variable, value in step["env"].items()
        },
    }
    return subprocess.run(  # noqa: S603 - our own script
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],  # noqa: S607
        capture_output=True, text=True, env=environment, check=False, cwd=ROOT,
    )  # fmt: skip


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that holds the program itself."""
    main = "from specloom.cli import main; main()"
    program(tmp_path, "specloom", f'exec "{sys.executable}" -c "{main}" "$@"')
    return tmp_path


def test_no_script_holds_an_input() -> None:
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_what_is_read_is_declared_and_what_is_declared_is_read() -> None:
    text = (FOLDER / "action.yml").read_text(encoding="utf-8")
    read = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)
    assert sorted(read) == sorted(DEFAULTS)


@pytest.mark.parametrize(
    ("version", "installed"),
    [("", f"{FOLDER}/../../.."), ("1.2; echo $(id)", "specloom==1.2; echo $(id)")],
)
def test_it_installs_its_own_specloom_or_the_one_that_is_asked_for(
    version: str, installed: str, tmp_path: Path
) -> None:
    program(tmp_path, "python", 'printf "%s\\n" "$@"')
    assert run_step("Install", {"version": version}, tmp_path).stdout.splitlines()[-1] == installed


def test_inputs_become_options_whatever_they_hold(tmp_path: Path) -> None:
    program(tmp_path, "specloom", 'printf "%s\\n" "$@"')
    inputs = {
        "paths": "--help\na b/$(id).yaml\n",
        "select": '"; touch x; "',
        "ignore": "OAS1,OAS2",
        "upstream": "true",
        "fail-on": "warning",
    }
    assert run_step("Lint", inputs, tmp_path).stdout.splitlines() == [
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
    ran = run_step("Lint", inputs, programs)
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("::warning file=tests/lint/OAS404/bad.yaml,line=9,col=7,")
    [run] = json.loads(report.read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["OAS404"]


@pytest.mark.slow
@pytest.mark.parametrize(("fail_on", "status"), [("warning", 1), ("error", 0), ("never", 0)])
def test_its_status_is_that_of_the_findings(fail_on: str, status: int, programs: Path) -> None:
    inputs = {"paths": f"spec/completion\n{BAD}", "fail-on": fail_on}
    assert run_step("Lint", inputs, programs).returncode == status


@pytest.mark.parametrize(
    ("path", "linted"),
    [
        ("openapi.json", True),
        ("api/openapi.yaml", True),
        ("spec/completion/specloom.toml", True),
        ("spec/completion/openapi.yml", True),
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
