"""Servers in process groups of their own: where they are reached; gone when their blocks end."""

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

from tests.bench.process import ROOT, installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

API_KEY = "app-load"
COMMAND = tuple(installed("completion-server"))
BARE = (sys.executable, "-m", "tests.load.bare")
_LONGEST_START = 30.0
_LONGEST_END = 15.0


@dataclass(frozen=True)
class Server:
    """A server that runs: its address, and the id of its first process."""

    host: str
    port: int
    pid: int


@contextmanager
def completion_server(workers: int) -> Iterator[Server]:
    """Run the completion server with so many workers, on an empty folder."""
    with TemporaryDirectory() as folder:
        options = ["--port", "0", "--data", f"{folder}/data", "--api-key", API_KEY]
        with _running([*COMMAND, *options, "--workers", str(workers)], folder) as server:
            yield server


@contextmanager
def bare_server(workers: int, body: bytes) -> Iterator[Server]:
    """Run a server that answers GET /v1/info with this body, and does nothing else."""
    with (
        TemporaryDirectory() as folder,
        _running([*BARE, str(workers), body.decode()], folder) as server,
    ):
        yield server


@contextmanager
def _running(command: Sequence[str], folder: str) -> Iterator[Server]:
    log = Path(folder, "log")
    with (
        log.open("wb") as stderr,
        subprocess.Popen(  # noqa: S603 (commands of ours)
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield _announced(process, log)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LONGEST_END)
            _kill(process)


def _announced(process: subprocess.Popen[str], log: Path) -> Server:
    assert process.stdout is not None
    limit = threading.Timer(_LONGEST_START, _kill, [process])
    limit.start()
    line = process.stdout.readline()
    limit.cancel()
    found = re.fullmatch(r"serving http://([\d.]+):(\d+)/v1\n", line)
    if found is None:
        raise RuntimeError(f"the server did not start: {line}{log.read_text(errors='replace')}")
    return Server(found[1], int(found[2]), process.pid)


def _kill(process: subprocess.Popen[str]) -> None:
    """End whatever is left of the process group, which is the server's alone."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
