"""A composite GitHub action, its steps run as GitHub runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]


class CompositeAction:
    """One of `.github/actions`, by the name of its folder."""

    def __init__(self, name: str) -> None:
        self.folder = ROOT / ".github" / "actions" / name
        self.declared: dict[str, Any] = yaml.safe_load(
            (self.folder / "action.yml").read_text("utf-8")
        )
        self.steps: list[dict[str, Any]] = self.declared["runs"]["steps"]
        inputs = self.declared["inputs"].items()
        self.defaults = {name: declared["default"] for name, declared in inputs}

    def run_step(
        self, name: str, inputs: Mapping[str, str], programs: Path
    ) -> subprocess.CompletedProcess[str]:
        """Run a step's script, with programs of ours before those of the machine."""
        step = next(step for step in self.steps if step.get("name") == name)
        given = {**self.defaults, **inputs}
        environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "GITHUB_ACTION_PATH": str(self.folder),
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
    """Make a program of ours in a folder."""
    path = folder / name
    path.write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
