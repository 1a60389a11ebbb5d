"""The same document gives the same bytes: again, in another process, from a wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec/completion"
GENERATED = ROOT / "generated/completion"
SPECLOOM = "from specloom.cli import main; main()"


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def copied(folder: Path) -> Path:
    """A copy of the document and its settings, whose output goes below the folder."""
    return shutil.copytree(SPEC, folder / "spec/completion")


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_what_is_generated_is_fresh() -> None:
    done = run("-c", SPECLOOM, "generate", str(SPEC), "--check", cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("width", ["88", "100"])
def test_ruff_finds_nothing_by_its_own_defaults(width: str) -> None:
    arguments = ["check", "--isolated", "--no-cache", "--line-length", width, str(GENERATED)]
    done = run("-m", "ruff", *arguments, cwd=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_hash_seed_changes_no_byte(seed: str, tmp_path: Path) -> None:
    spec = copied(tmp_path)
    for _ in range(2):
        done = run("-c", SPECLOOM, "generate", str(spec), cwd=tmp_path, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stdout + done.stderr
        assert content(GENERATED) == content(tmp_path / "generated/completion")
    assert "0 files written" in done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel of specloom installs."""
    return unpacked(ROOT, tmp_path_factory.mktemp("specloom"))


def unpacked(project: Path, folder: Path) -> Path:
    """Build a project's wheel and unpack it."""
    built = run(
        "-m", "pip", "wheel", str(project), "--no-deps", "--quiet", "-w", str(folder), cwd=folder
    )
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_generates_the_same_bytes_elsewhere(wheel: Path, tmp_path: Path) -> None:
    spec = copied(tmp_path)
    # `-P` and the path keep the checkout out: what runs is the wheel's.
    where = "import specloom; print(specloom.__file__)"
    environment = {"PYTHONPATH": str(wheel), "PYTHONSAFEPATH": "1"}
    assert run("-c", where, cwd=tmp_path, **environment).stdout.startswith(str(wheel))
    done = run("-c", SPECLOOM, "generate", str(spec), cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert content(GENERATED) == content(tmp_path / "generated/completion")


@pytest.mark.slow
def test_the_generated_distribution_needs_no_specloom(tmp_path: Path) -> None:
    site = unpacked(GENERATED, tmp_path)
    assert not list(site.glob("specloom*"))
    program = (
        "import sys; sys.modules['specloom'] = None; sys.path.insert(0, sys.argv[1]);"
        "import dify_completion as package; from dify_completion import *;"
        "assert package.__file__.startswith(sys.argv[1]); package.DifyCompletion(api_key='k')"
    )
    done = run("-W", "error", "-c", program, str(site), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (site / "dify_completion/py.typed").is_file()
