"""A command in a process of its own into what it printed, its CPU time and its peak of memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
_LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Ran:
    """How a command ended; -9 if it took too long."""

    status: int
    output: str
    errors: str
    cpu_s: float
    peak_mb: float


def run(command: list[str], folder: Path, *, seconds: float, imports: Path | None = None) -> Ran:
    """Run a command to its end, or for some seconds of the clock."""
    # An output that is known from an earlier run is not made again: no run knows of another.
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / ".cache"), "COLUMNS": "200"}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, [imports or ROOT, ROOT]))
    with tempfile.TemporaryDirectory() as temporary:
        files = [Path(temporary) / name for name in ("output", "errors", "usage")]
        launcher = [sys.executable, "-S", str(_LAUNCHER), str(files[2]), *command]
        with files[0].open("wb") as output, files[1].open("wb") as errors:
            process = subprocess.Popen(  # noqa: S603 (commands of ours)
                launcher,
                cwd=folder,
                env=environment,
                stdout=output,
                stderr=errors,
                start_new_session=True,
            )
            status = _wait(process, seconds)
        texts = [file.read_text("utf-8", "replace") for file in files[:2]]
        cpu_s, peak_mb = (files[2].read_text() if files[2].exists() else "0 0").split()
    return Ran(status, texts[0], texts[1], float(cpu_s), float(peak_mb))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def python(*arguments: str) -> list[str]:
    """A command for this Python."""
    return [sys.executable, *arguments]


def installed(name: str, *arguments: str) -> list[str]:
    """A command that was installed beside this Python."""
    return [str(Path(sys.executable).with_name(name)), *arguments]
