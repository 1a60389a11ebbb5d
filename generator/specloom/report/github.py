"""Diagnostics into workflow commands, which GitHub shows beside the lines that they are about.

Knows nothing of what found them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Severity
from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Diagnostic

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """A command a line: `::error file=…,line=…,col=…,title=…::message`."""
    return "\n".join(_command(found) for found in diagnostics)


def _command(found: Diagnostic) -> str:
    place, rule = found.location, found.rule
    properties = {
        "file": _relative(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{rule.code} {rule.name}",
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(filter(None, (found.message, found.hint)))
    return f"::{_COMMANDS[found.severity]} {listed}::{_escaped(printable(message))}"


def _relative(file: str) -> str:
    """A path as GitHub takes it: from the folder that the command is run in."""
    path, here = Path(file), Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _property(text: str) -> str:
    return _escaped(printable(text)).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    """A text that can't end the command, nor begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
