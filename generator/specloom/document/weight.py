"""How much a tree holds: what copies it more than once must know when to stop."""

from __future__ import annotations

from typing import Any, Final

_TEXT_PER_VALUE: Final = 100
"""Characters that weigh as much as a value."""


def weight(value: Any) -> int:
    """How many values a tree holds, itself among them; a long text counts for more than one."""
    total = 0
    pending = [value]
    while pending:
        value = pending.pop()
        total += 1
        if isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, str):
            total += len(value) // _TEXT_PER_VALUE
    return total
