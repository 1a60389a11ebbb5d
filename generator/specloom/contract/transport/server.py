"""The command that `[contract] serve` names into a server that runs as long as it is needed.

Knows nothing of what it serves.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.config import FILE_NAME
from specloom.contract.plan.rules import NOT_SERVED
from specloom.diagnostics import Collector, Location

from .target import Target, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.contract.plan.settings import Settings

_STARTUP_SECONDS: Final = 30.0
_SHUTDOWN_SECONDS: Final = 10.0


@contextmanager
def served(
    settings: Settings, folder: Path, log: Path, collector: Collector
) -> Iterator[tuple[str, str]]:
    """The base URL and the key of a server that runs within the block.

    Raises HaltedError if it doesn't start.
    """
    place = Location(str(folder / FILE_NAME))
    port, key = _free_port(), f"app-{secrets.token_hex(16)}"
    url = settings.serve_url.replace("{port}", str(port))
    command = _command(settings, port, key, place, collector)
    with (
        _ended_by_sigterm(),
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - the command is the project's own
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):
        try:
            if not wait_for(Target(url), _STARTUP_SECONDS, lambda: process.poll() is None):
                collector.halt(NOT_SERVED, f"{command[0]} does not answer; see {log}", place)
            yield url, key
        finally:
            _end(process)


def _command(
    settings: Settings, port: int, key: str, place: Location, collector: Collector
) -> list[str]:
    """What to run. Raises HaltedError if that can't be run."""
    if settings.serve is None:
        collector.halt(NOT_SERVED, "neither --url nor `[contract] serve` is given", place)
    try:
        words = shlex.split(settings.serve)
    except ValueError as error:
        collector.halt(NOT_SERVED, f"`serve` is no command: {error}", place)
    if not words:
        collector.halt(NOT_SERVED, "`serve` is blank", place)
    program = _find(words[0])
    if program is None:
        collector.halt(NOT_SERVED, f"no command is called {words[0]!r}", place)
    filled = (word.replace("{port}", str(port)).replace("{key}", key) for word in words[1:])
    return [program, *filled]


def _find(name: str) -> str | None:
    """A command beside this Python, whose environment need not be active, or on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Have SIGTERM end the block as Ctrl-C does, so that nothing is left running."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is told of signals
        return
    usual = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and what it started, even if it is gone itself."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SHUTDOWN_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
