"""Servers as processes: a command and options become an address, a process and its log.

A server says on its standard output where it serves. It and all that it started are gone when its
block ends, whatever happens. Knows nothing of what is asked of it.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import completion_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-c", "from completion_server.cli import main; raise SystemExit(main())")
PACKAGES = Path(completion_server.__file__).parents[1]
LONGEST_START = 30.0
LONGEST_END = 15.0


@dataclass(frozen=True)
class ServerProcess:
    """A server that runs: its base URL, its first process, and the file of its log."""

    base_url: str
    process: subprocess.Popen[str]
    log: Path

    def log_lines(self) -> list[str]:
        """Give what it has logged so far."""
        return self.log.read_text(encoding="utf-8").splitlines()

    def stop(self, number: signal.Signals) -> int:
        """Send a signal and give the status with which the server ends; TimeoutExpired."""
        self.process.send_signal(number)
        return self.process.wait(LONGEST_END)

    def kill(self) -> None:
        """Kill it and whatever it started, none of which can do anything about it."""
        _kill(self.process)
        self.process.wait()


@contextmanager
def running_completion_server(
    *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[ServerProcess]:
    """Run the command `completion-server` on a free port; raises as `running` does."""
    path = {"PYTHONPATH": str(PACKAGES)}
    with running((*COMMAND, "--port", "0", *options), path | dict(environment or {})) as server:
        yield server


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str] | None = None
) -> Iterator[ServerProcess]:
    """Run a server, with more in its environment; RuntimeError with its log if it doesn't start."""
    # Unbuffered output would hide a line that is never flushed.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with (
        TemporaryDirectory() as folder,
        Path(folder, "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 (commands of ours)
            command,
            cwd=ROOT,
            env=inherited | dict(environment or {}),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield ServerProcess(_announced(process, log.name), process, Path(log.name))
        finally:
            _end(process)


def _announced(process: subprocess.Popen[str], log: str) -> str:
    assert process.stdout is not None
    limit = threading.Timer(LONGEST_START, _kill, [process])
    limit.start()
    line = process.stdout.readline()
    limit.cancel()
    found = re.fullmatch(r"serving (http://127\.0\.0\.1:\d+/v1)\n", line)
    if found is None:
        said = Path(log).read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the server did not start: {line}{said}")
    return found[1]


def _end(process: subprocess.Popen[str]) -> None:
    try:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(LONGEST_END)
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[str]) -> None:
    """End whatever is left of the process group, which is the server's alone."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
