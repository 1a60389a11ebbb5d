"""The action for contract tests: what it runs, and that no input of it is run as a script."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from completion_server import serve

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "actions" / "contract-test"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
DEFAULTS = {name: declared["default"] for name, declared in ACTION["inputs"].items()}


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


def test_no_script_holds_an_input() -> None:
    assert [step["run"] for step in STEPS if "${{" in step.get("run", "")] == []


def test_what_is_read_is_declared_and_what_is_declared_is_read() -> None:
    text = (FOLDER / "action.yml").read_text(encoding="utf-8")
    assert [name for name in DEFAULTS if f"inputs.{name} }}}}" not in text] == []
    assert text.count("${{ inputs.") >= len(DEFAULTS)


@pytest.mark.parametrize(
    ("version", "installed"),
    [("", f"{FOLDER}/../../..[contract]"), ("1.2; echo $(id)", "specloom[contract]==1.2; echo $(")],
)
def test_it_installs_its_own_specloom_or_the_one_that_is_asked_for(
    version: str, installed: str, tmp_path: Path
) -> None:
    program(tmp_path, "python", 'printf "%s\\n" "$@"')
    ran = run_step("Install", {"version": version}, tmp_path)
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-1].startswith(installed)


def test_inputs_become_options_whatever_they_hold(tmp_path: Path) -> None:
    program(tmp_path, "specloom", 'printf "%s\\n" "$@"')
    inputs = {
        "directory": "--help",
        "only": "getInfo\nGET /a b*\n",
        "skip": '"; touch x; "',
        "read-only": "true",
        "max-time": "60",
        "profile": "deep",
        "shard": "2/5",
        "rate": "9/s",
    }
    ran = run_step("Test", inputs, tmp_path)
    assert ran.stdout.splitlines() == [
        "contract", "--profile=deep", "--seed=1", "--shard=2/5", "--report=build/contract",
        "--max-time=60", "--rate=9/s", "--read-only", "--only=getInfo", "--only=GET /a b*",
        '--skip="; touch x; "', "--format=github", "--", "--help",
    ]  # fmt: skip


@pytest.mark.slow
def test_it_tests_a_server_and_shows_no_key(tmp_path: Path) -> None:
    main = "from specloom.cli import main; main()"
    program(tmp_path, "specloom", f'exec "{sys.executable}" -c "{main}" "$@"')
    with serve(word_delay=0.0) as server:
        inputs = {
            "directory": "spec/completion",
            "url": server.base_url,
            "api-key": server.api_key,
            "profile": "quick",
            "only": "getAppInfo",
            "report": str(tmp_path / "report"),
        }
        ran = run_step("Test", inputs, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "report" / "report.json").is_file()
    assert server.api_key not in ran.stdout + ran.stderr
