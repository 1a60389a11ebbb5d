"""mypy and basedpyright see the client as a user should: right uses pass, wrong ones are told."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "generated/completion/dify_completion"
WRONG = re.compile(r"# (?P<mypy>[a-z-]+), (?P<basedpyright>report[\w ]+)$")


@dataclass(frozen=True)
class Found:
    """What a checker reports; its words may change."""

    file: str
    line: int
    rule: str
    message: str = field(default="", compare=False)


def run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.stdout


def mypy() -> list[Found]:
    """Strict, as pyproject.toml says; without a cache, which two processes would fight over."""
    uses = [str(HERE / name) for name in ("public_api.py", "mistakes.py")]
    output = run("mypy", "--cache-dir=/dev/null", "--output=json", str(PACKAGE), *uses)
    reported = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return [
        Found(Path(each["file"]).name, each["line"], each["code"], each["message"])
        for each in reported
        if each["severity"] == "error"
    ]


def basedpyright() -> list[Found]:
    """By the mode that pyrightconfig.json sets for each file."""
    output = run(
        "basedpyright", "--outputjson", "--pythonpath", sys.executable, "--project", str(HERE)
    )
    reported = json.loads(output)["generalDiagnostics"]
    return [
        Found(
            Path(each["file"]).name,
            each["range"]["start"]["line"] + 1,
            each.get("rule", ""),
            each["message"],
        )
        for each in reported
    ]


def expected(checker: str) -> set[Found]:
    lines = (HERE / "mistakes.py").read_text(encoding="utf-8").splitlines()
    return {
        Found("mistakes.py", number, rule)
        for number, line in enumerate(lines, start=1)
        if (found := WRONG.search(line))
        for rule in found[checker].split()
    }


@pytest.mark.slow
@pytest.mark.parametrize("check", [mypy, basedpyright])
def test_each_mistake_is_reported_and_nothing_else(check: Callable[[], list[Found]]) -> None:
    found, mistakes = set(check()), expected(check.__name__)
    assert found - mistakes == set()
    assert mistakes - found == set()
