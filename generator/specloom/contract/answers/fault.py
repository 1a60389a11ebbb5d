"""What a check finds wrong with an answer.

Knows nothing of how it is found, nor of what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `place` is a pointer into the answer's body or its list of events."""

    check: str
    message: str
    place: str = ""
