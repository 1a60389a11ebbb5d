"""How the command line behaves towards what it writes to: a terminal, a file or a pipe."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress(*, plain: bool) -> Iterator[Callable[[str], None]]:
    """What tells the stage that runs: a spinner on a terminal, elsewhere lines if asked for."""
    if not sys.stderr.isatty():
        yield _write_line if plain else (lambda _: None)
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    with Console(stderr=True).status("") as status:
        yield status.update


def _write_line(stage: str) -> None:
    sys.stderr.write(f"{stage}\n")
    sys.stderr.flush()


@contextmanager
def quiet_when_cut_off() -> Iterator[None]:
    """Let a reader such as `head` go away early without complaint."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
