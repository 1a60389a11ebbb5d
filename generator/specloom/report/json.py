"""Diagnostics into a JSON list for programs; its keys stay as they are.

Knows nothing of what found them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from specloom.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of objects, one line each: the place, the rule, what it found and the remedy."""
    lines = [_line(found) for found in diagnostics]
    return "[" + ",".join("\n  " + line for line in lines) + ("\n]" if lines else "]")


def _line(found: Diagnostic) -> str:
    plain = _plain(found)
    line = json.dumps(plain, ensure_ascii=False)
    # A terminal obeys some characters, and shows lines in another order for others.
    return line if printable(line) == line else json.dumps(plain)


def _plain(found: Diagnostic) -> dict[str, str | int | None]:
    return {
        "code": found.rule.code,
        "rule": found.rule.name,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
        "file": found.location.file,
        "line": found.location.line,
        "column": found.location.column,
        "pointer": found.location.pointer,
    }
