"""The action for contract tests: what it runs, and that no input of it is run as a script."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from completion_server import serve
from tests.composite_action import CompositeAction, program

ROOT = Path(__file__).parents[2]
ACTION = CompositeAction("contract-test")


def test_no_script_holds_an_input() -> None:
    assert [step["run"] for step in ACTION.steps if "${{" in step.get("run", "")] == []


def test_what_is_read_is_declared_and_what_is_declared_is_read() -> None:
    text = (ACTION.folder / "action.yml").read_text(encoding="utf-8")
    assert [name for name in ACTION.defaults if f"inputs.{name} }}}}" not in text] == []
    assert text.count("${{ inputs.") >= len(ACTION.defaults)


@pytest.mark.parametrize(
    ("version", "installed"),
    [
        ("", f"{ACTION.folder}/../../..[contract]"),
        ("1.2; echo $(id)", "specloom[contract]==1.2; echo $("),
    ],
)
def test_it_installs_its_own_specloom_or_the_one_that_is_asked_for(
    version: str, installed: str, tmp_path: Path
) -> None:
    program(tmp_path, "python", 'printf "%s\\n" "$@"')
    ran = ACTION.run_step("Install", {"version": version}, tmp_path)
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
    ran = ACTION.run_step("Test", inputs, tmp_path)
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
        ran = ACTION.run_step("Test", inputs, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "report" / "report.json").is_file()
    assert server.api_key not in ran.stdout + ran.stderr
