"""The action that compares a branch with its base: what it runs, in a repository made for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "actions" / "diff-spec"
ACTION: dict[str, Any] = yaml.safe_load((FOLDER / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"][1:]}
DEFAULTS = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"200": {description: OK}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """One whose branch `change` is about to take away what `main` has."""
    folder = tmp_path / "repository"
    (folder / "spec").mkdir(parents=True)
    path = folder / "spec" / "openapi.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "change")
    path.write_text(DOCUMENT.replace("/pets", "/animals"), encoding="utf-8")
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Change")


def run(folder: Path, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as GitHub does, `specloom` being this one."""
    programs = folder.parent / "programs"
    programs.mkdir()
    main = "from specloom.cli import main; main()"
    for name, script in {
        "specloom": f'exec "{sys.executable}" -c "{main}" "$@"',
        "python": 'printf "%s\\n" "$@"',
    }.items():
        (programs / name).write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    given = {**DEFAULTS, **{name.replace("_", "-"): value for name, value in inputs.items()}}
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GITHUB_ACTION_PATH": str(FOLDER),
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
        **{
            variable: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
            for variable, value in STEPS[step]["env"].items()
        },
    }
    return subprocess.run(  # noqa: S603 - our own script
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[step]["run"]],  # noqa: S607
        capture_output=True, text=True, env=environment, check=False, cwd=folder,
    )  # fmt: skip


def test_no_script_holds_an_input() -> None:
    assert [step["run"] for step in STEPS.values() if "${{" in step["run"]] == []


def test_every_input_is_read() -> None:
    text = (FOLDER / "action.yml").read_text(encoding="utf-8")
    assert [name for name in DEFAULTS if f"inputs.{name} }}}}" not in text] == []


def test_it_installs_its_own_specloom_or_the_one_that_is_asked_for(repository: Path) -> None:
    ran = run(repository, "Install", version="1.2; echo $(id)")
    assert ran.stdout.splitlines()[-1] == "specloom==1.2; echo $(id)"


def test_what_a_branch_breaks_fails_at_its_line_and_is_summed_up(repository: Path) -> None:
    ran = run(repository, "Diff", directory="spec/openapi.yaml")
    assert ran.returncode == 1, ran.stderr
    assert (
        "::error file=spec/openapi.yaml,line=5,col=5,title=DIF102 operation-moved::" in ran.stdout
    )
    summary = (repository.parent / "summary.md").read_text(encoding="utf-8")
    assert "Breaking for clients (1)" in summary
    assert git(repository, "worktree", "list").count("\n") == 1


def test_what_has_changed_in_the_base_since_is_not_the_branchs_doing(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "main")
    (repository / "spec" / "openapi.yaml").write_text(DOCUMENT.replace("200", "201"), "utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "change")
    ran = run(repository, "Diff", directory="spec/openapi.yaml", fail_on="never")
    assert ran.returncode == 0, ran.stderr
    assert "DIF300" not in ran.stdout


def test_a_base_that_is_not_there_is_fetched(repository: Path) -> None:
    clone = repository.parent / "clone"
    url = repository.as_uri()
    git(repository, "clone", "--quiet", "--depth=1", "--branch=change", url, str(clone))
    ran = run(clone, "Diff", directory="spec/openapi.yaml", fail_on="client-breaking")
    assert ran.returncode == 1, ran.stderr
    assert "DIF102" in ran.stdout


def test_the_base_of_a_whole_clone_is_there_already(repository: Path) -> None:
    clone = repository.parent / "clone"
    git(repository, "clone", "--quiet", "--branch=change", repository.as_uri(), str(clone))
    ran = run(clone, "Diff", directory="spec/openapi.yaml", fail_on="never")
    assert ran.returncode == 0, ran.stderr
    assert "DIF102" in ran.stdout
    assert git(clone, "rev-parse", "--is-shallow-repository") == "false\n"


def test_a_directory_that_is_not_there_is_no_success(repository: Path) -> None:
    ran = run(repository, "Diff", directory="spce")
    assert (ran.returncode, ran.stderr) == (2, "spce is not there\n")


def test_a_document_that_is_new_changes_nothing(repository: Path) -> None:
    (repository / "new.yaml").write_text(DOCUMENT, encoding="utf-8")
    ran = run(repository, "Diff", directory="new.yaml")
    assert (ran.returncode, ran.stdout) == (0, "new.yaml is new: main does not have it\n")


@pytest.mark.parametrize("base", ["--upload-pack=touch made", "no such branch"])
def test_a_base_that_is_none_is_refused(base: str, repository: Path) -> None:
    ran = run(repository, "Diff", directory="spec/openapi.yaml", base=base)
    assert ran.returncode > 1
    assert not (repository / "made").exists()
