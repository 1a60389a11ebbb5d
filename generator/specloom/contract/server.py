"""The command that `[contract] serve` names into a server that runs as long as it is needed.

Knows nothing of what it serves.
"""

from __future__ import annotations

import secrets
import shlex
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.config import FILE_NAME
from specloom.diagnostics import Collector, Location

from .rules import NOT_SERVED
from .target import Target, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .settings import Settings

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
    if settings.serve is None:
        collector.halt(NOT_SERVED, "neither --url nor `[contract] serve` is given", place)
    key = f"app-{secrets.token_hex(16)}"
    port = _free_port()
    url = settings.serve_url.format(port=port)
    command = shlex.split(settings.serve.format(port=port, key=key))
    program = _find(command[0])
    if program is None:
        collector.halt(NOT_SERVED, f"no command is called {command[0]!r}", place)
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - the command is the project's own
            [program, *command[1:]], stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            if not wait_for(Target(url), _STARTUP_SECONDS, lambda: process.poll() is None):
                collector.halt(NOT_SERVED, f"{command[0]} does not answer; see {log}", place)
            yield url, key
        finally:
            _end(process)


def _find(name: str) -> str | None:
    """A command beside this Python, whose environment need not be active, or on the path."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
