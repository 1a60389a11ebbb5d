"""The README's chapter "When the document changes": its commands, run in their order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CHAPTER = re.compile(r"^## When the document changes\n(.*?)(?=^## \w)", re.MULTILINE | re.DOTALL)


def chapter() -> str:
    found = CHAPTER.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    return found[1]


def blocks(language: str) -> list[str]:
    found: list[str] = re.findall(
        rf"^```{language}\n(.*?)^```", chapter(), re.MULTILINE | re.DOTALL
    )
    return found


def run(command: str, folder: Path) -> tuple[int, str]:
    identity = [
        f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    ]
    environment = {
        **dict.fromkeys(identity, "tests"),
        "HOME": str(folder.parent),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    done = subprocess.run(  # noqa: S602 (our own README)
        command,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_story_runs_as_it_is_told(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    for part in ("spec/completion", "tests/diff/successor"):
        shutil.copytree(ROOT / part, repository / part)
    (tmp_path / "Downloads").mkdir()
    shutil.copy(HERE / "openapi.json", tmp_path / "Downloads")
    status, said = run("git init -q && git add . && git commit -q -m before", repository)
    assert status == 0, said
    told = ""
    for command in "".join(blocks("sh")).splitlines():
        status, said = run(command, repository)
        assert status == (1 if "# exits with 1" in command else 0), f"{command}\n{said}"
        told += said
    shown = [line for block in (*blocks("text"), *blocks("md")) for line in block.splitlines()]
    assert [line for line in shown if line.strip(" -…") and line.strip() not in told] == []
    assert (repository / "generated/completion/dify_completion").is_dir()
