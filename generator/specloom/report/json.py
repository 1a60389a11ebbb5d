"""Diagnostics into a JSON list for programs; its keys stay as they are.

Knows nothing of what found them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Diagnostic


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array of `{code, severity, message, file, line, column, pointer}`, one line each."""
    lines = [json.dumps(_plain(found), ensure_ascii=False) for found in diagnostics]
    return "[" + ",".join("\n  " + line for line in lines) + ("\n]" if lines else "]")


def _plain(found: Diagnostic) -> dict[str, str | int]:
    return {
        "code": found.rule.code,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.location.file,
        "line": found.location.line,
        "column": found.location.column,
        "pointer": found.location.pointer,
    }
