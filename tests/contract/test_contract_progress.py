"""What is seen while a contract test runs: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

from specloom.contract.reports.progress import shown_progress

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_to_a_phase_and_no_counts(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as progress:
        progress("target: http://127.0.0.1/v1\x1b[2J")
        progress("Fuzzing")
        progress.count(12, 3)
    assert capsys.readouterr().err == "target: http://127.0.0.1/v1\\x1b[2J\nFuzzing\n"


def test_a_terminal_sees_the_phase_with_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with shown_progress() as progress:
        progress("target: [bold]x[/bold]\x1b[2J")
        progress("Fuzzing")
        progress.count(12, 3)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())
    assert "target: [bold]x[/bold]\\x1b[2J" in shown
    assert "Fuzzing 12 cases 3 failures" in shown
