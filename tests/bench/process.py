"""Whole processes: what they print, and their CPU time."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.measure import Work

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "generated/completion"


def python(program: str, *arguments: str) -> list[str]:
    """A command that runs a Python program given as text."""
    return [sys.executable, "-c", program, *arguments]


def installed(name: str, *arguments: str) -> list[str]:
    """A command that was installed beside this Python."""
    return [str(Path(sys.executable).with_name(name)), *arguments]


def output_of(command: list[str]) -> str:
    """Run a command to its end, able to import the generated client; CalledProcessError."""
    environment = os.environ | {"PYTHONPATH": str(CLIENT)}
    done = subprocess.run(  # noqa: S603 (commands of ours)
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def cpu_of_process(command: list[str]) -> Work:
    """Make a work of a command: the CPU time of its whole process, in milliseconds."""

    def timed() -> Iterator[float]:
        before = _cpu_of_children()
        output_of(command)
        yield (_cpu_of_children() - before) * 1000

    return timed


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
