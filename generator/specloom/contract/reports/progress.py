"""A run's phases and counts into what is seen while it runs: a live line, or plain lines.

Knows nothing of how the run is made.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from .visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Progress(Protocol):
    """Is told what a run does."""

    def __call__(self, stage: str, /) -> None:
        """Say that a phase begins, or something of the run."""

    def count(self, cases: int, failures: int) -> None:
        """Say how many cases were made so far, and how many failures met."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A live line with counts if standard error is a terminal, else a line to a phase."""
    if not sys.stderr.isatty():
        yield Plain()
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:.0f} cases", markup=False),
        TextColumn("{task.fields[failures]} failures", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield Live(shown, shown.add_task("starting", total=None, failures=0))


class Plain:
    """A line to a phase; counts are left to the end."""

    def __call__(self, stage: str, /) -> None:
        """Write a line."""
        sys.stderr.write(f"{on_one_line(stage)}\n")
        sys.stderr.flush()

    def count(self, cases: int, failures: int) -> None:
        """Say nothing: a log would be flooded."""


@dataclass
class Live:
    """The phase that runs with its counts, and above it what is done."""

    shown: RichProgress
    task: TaskID

    def __call__(self, stage: str, /) -> None:
        """Show a phase; what holds for the whole run stays above."""
        text = on_one_line(stage)
        if ":" in text:
            self.shown.console.print(text, markup=False, highlight=False)
        else:
            self.shown.update(self.task, description=text)

    def count(self, cases: int, failures: int) -> None:
        """Show the counts."""
        self.shown.update(self.task, completed=cases, failures=failures)
